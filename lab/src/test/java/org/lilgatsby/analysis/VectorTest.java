package org.lilgatsby.analysis;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class VectorTest {
    /** The arc cosine of a rounded cosine is up to 1e-6 degrees here. */
    @Test
    void theAngleOfAVectorWithItselfIsZero() {
        SplittableRandom random = new SplittableRandom(1);
        for (int i = 0; i < 1_000; i++) {
            Vector vector =
                    new Vector(random.doubles(64).map(x -> (float) (x - 0.5)).toArray());
            assertEquals(0, vector.degrees(vector));
            assertEquals(0, vector.degrees(vector.dividedBy(0.25)));
            assertEquals(180, vector.degrees(vector.dividedBy(-1)));
        }
    }

    @Test
    void smallAnglesKeepTheirDigits() {
        double[] tangents = {1e-3, 1e-9, 1e-15};
        for (double tangent : tangents) {
            double expected = Math.toDegrees(Math.atan(tangent));
            assertEquals(expected, new Vector(1, 0).degrees(new Vector(1, tangent)), 1e-14 * expected);
        }
        assertEquals(90, new Vector(3, 0).degrees(new Vector(0, 0.5)));
        assertEquals(135, new Vector(1, 0).degrees(new Vector(-2, 2)), 1e-13);
    }

    @Test
    void aVectorWithoutLengthHasNoAngle() {
        assertEquals(Double.NaN, new Vector(0, 0).degrees(new Vector(1, 0)));
        assertEquals(Double.NaN, new Vector(1, 0).degrees(new Vector(0, 0)));
    }
}
