package org.lilgatsby.analysis;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class PrincipalPlaneTest {
    private static final double CLOSE = 1e-12;

    @Test
    void axesAndSharesOfAnEllipse() {
        PrincipalPlane plane = PrincipalPlane.of(List.of(
                new Vector(1 + 3, 1, 5), new Vector(1 - 3, 1, 5), new Vector(1, 1 + 1, 5), new Vector(1, 1 - 1, 5)));

        assertEquals(new Vector(1, 1, 5), plane.origin());
        assertEquals(1, plane.first().get(0), CLOSE);
        assertEquals(1, plane.second().get(1), CLOSE);
        assertEquals(0.9, plane.firstShare(), CLOSE);
        assertEquals(0.1, plane.secondShare(), CLOSE);
        assertEquals(3, plane.x(new Vector(4, 1, 5)), CLOSE);
        assertEquals(-1, plane.y(new Vector(4, 0, 7)), CLOSE);
    }

    @Test
    void theLargestComponentOfAnAxisIsPositive() {
        PrincipalPlane plane = PrincipalPlane.of(List.of(new Vector(0, 0), new Vector(-2, -1)));

        assertEquals(2 / Math.sqrt(5), plane.first().get(0), CLOSE);
    }

    @Test
    void pointsOnALineHaveNoSecondAxis() {
        PrincipalPlane plane = PrincipalPlane.of(List.of(new Vector(0.1, 0.3), new Vector(0.2, 0.6), new Vector(0.7, 2.1)));

        assertEquals(1, plane.firstShare(), CLOSE);
        assertEquals(new Vector(0, 0), plane.second());
    }

    @Test
    void equalPointsHaveNoAxisAtAll() {
        PrincipalPlane plane = PrincipalPlane.of(List.of(new Vector(1, 2), new Vector(1, 2)));

        assertEquals(new Vector(0, 0), plane.first());
        assertEquals(0, plane.x(new Vector(1, 2)));
        assertTrue(Double.isNaN(plane.firstShare()));
    }

    @Test
    void noDirectionHasMoreVarianceThanTheFirst() {
        SplittableRandom random = new SplittableRandom(7);
        List<Vector> cloud = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            cloud.add(new Vector(random.nextDouble() * 3, random.nextDouble(), random.nextDouble() * 2, random.nextDouble()));
        }
        PrincipalPlane plane = PrincipalPlane.of(cloud);

        assertEquals(1, plane.first().norm(), CLOSE);
        assertEquals(1, plane.second().norm(), CLOSE);
        assertEquals(0, plane.first().dot(plane.second()), CLOSE);
        double most = cloud.stream().mapToDouble(v -> plane.x(v) * plane.x(v)).sum();
        for (int i = 0; i < 200; i++) {
            Vector other = new Vector(random.nextDouble() - 0.5, random.nextDouble() - 0.5, random.nextDouble() - 0.5, random.nextDouble() - 0.5);
            Vector unit = other.dividedBy(other.norm());
            double spread = cloud.stream().mapToDouble(v -> v.minus(plane.origin()).dot(unit)).map(d -> d * d).sum();
            assertTrue(spread <= most + CLOSE, unit + " has " + spread + ", more than " + most);
        }
    }

    @Test
    void withoutAVectorThereIsNoPlane() {
        assertThrows(IllegalArgumentException.class, () -> PrincipalPlane.of(List.of()));
    }
}
