package org.lilgatsby.analysis;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

class FloatRowsTest {
    @Property(tries = 200)
    void figuresAreThoseOfAMatrix(@ForAll long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        int columns = 1 + random.nextInt(9);
        int rows = 1 + random.nextInt(20);
        boolean any = random.nextInt(3) == 0; // infinities and NaN among them
        float[] values = new float[rows * columns];
        for (int i = 0; i < values.length; i++) {
            values[i] = any ? Float.intBitsToFloat(random.nextInt()) : (float) random.nextGaussian();
        }
        Matrix matrix = Matrix.ofFloats(values, rows, columns);
        FloatRows drawn = new FloatRows(values, columns);
        assertArrayEquals(
                Centroid.of(matrix, Tokens.all(rows)).position().toArray(),
                drawn.centroid().position().toArray());
        assertEquals(RowNorms.extremes(DistinctRows.of(matrix, Tokens.all(rows))), drawn.norms());
    }
}
