package org.lilgatsby.analysis;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Collections;
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
        PrincipalPlane plane =
                PrincipalPlane.of(List.of(new Vector(0.1, 0.3), new Vector(0.2, 0.6), new Vector(0.7, 2.1)));

        assertEquals(1, plane.firstShare(), CLOSE);
        assertEquals(new Vector(0, 0), plane.second());
    }

    @Test
    void equalPointsHaveNoAxisAtAll() {
        PrincipalPlane plane = PrincipalPlane.of(List.of(new Vector(1, 2), new Vector(1, 2)));

        assertEquals(new Vector(0, 0), plane.first());
        assertEquals(0, plane.x(new Vector(1, 2)));
        assertTrue(Double.isNaN(plane.firstShare()));

        PrincipalPlane many = PrincipalPlane.of(Collections.nCopies(49, new Vector(0.1, 0.7))); // their sum is rounded
        assertEquals(new Vector(0, 0), many.first());
        assertEquals(0, many.x(new Vector(0.1, 0.7)));
    }

    @Test
    void noDirectionHasMoreVarianceThanTheFirst() {
        SplittableRandom random = new SplittableRandom(7);
        List<Vector> cloud = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            cloud.add(new Vector(
                    random.nextDouble() * 3, random.nextDouble(), random.nextDouble() * 2, random.nextDouble()));
        }
        PrincipalPlane plane = PrincipalPlane.of(cloud);

        assertEquals(1, plane.first().norm(), CLOSE);
        assertEquals(1, plane.second().norm(), CLOSE);
        assertEquals(0, plane.first().dot(plane.second()), CLOSE);
        double most = cloud.stream().mapToDouble(v -> plane.x(v) * plane.x(v)).sum();
        for (int i = 0; i < 200; i++) {
            Vector other = new Vector(
                    random.nextDouble() - 0.5,
                    random.nextDouble() - 0.5,
                    random.nextDouble() - 0.5,
                    random.nextDouble() - 0.5);
            Vector unit = other.dividedBy(other.norm());
            double spread = cloud.stream()
                    .mapToDouble(v -> v.minus(plane.origin()).dot(unit))
                    .map(d -> d * d)
                    .sum();
            assertTrue(spread <= most + CLOSE, unit + " has " + spread + ", more than " + most);
        }
    }

    /** 50 times (3, 0) and (-3, 0): variance 450 along the first axis, 25 for (0, 5) and (0, -5) along the second. */
    @Test
    void theDirectionOfMostVarianceComesFirstNotThatOfTheLongestVector() {
        List<Vector> vectors = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            vectors.add(new Vector(i % 2 == 0 ? 3 : -3, 0));
        }
        vectors.add(new Vector(0, 5));
        vectors.add(new Vector(0, -5));
        PrincipalPlane plane = PrincipalPlane.of(vectors);

        assertEquals(1, plane.first().get(0), CLOSE);
        assertEquals(1, plane.second().get(1), CLOSE);
        assertEquals(450.0 / 500, plane.firstShare(), CLOSE);
        assertEquals(50.0 / 500, plane.secondShare(), CLOSE);
    }

    /** Rows as a run has them, and worse: few distinct, tiny differences, nearly on a line, more columns than rows. */
    @Test
    void everyCloudHasAPlaneAndTheSameBitsEachTime() {
        SplittableRandom random = new SplittableRandom(21);
        for (int run = 0; run < 2_000; run++) {
            int width = 1 + random.nextInt(70);
            int distinct = 1 + random.nextInt(6);
            double scale = Math.scalb(1.0, random.nextInt(-60, 20));
            double[][] places = new double[distinct][width];
            for (int i = 0; i < distinct; i++) {
                for (int j = 0; j < width; j++) {
                    double changed = random.nextInt(4) == 0 ? Math.scalb(random.nextInt(3), random.nextInt(-30, 0)) : 0;
                    places[i][j] = scale * (1 + j * 0.37 + changed);
                }
            }
            List<Vector> vectors = new ArrayList<>();
            for (int i = 0; i < 1 + random.nextInt(80); i++) {
                vectors.add(new Vector(places[random.nextInt(distinct)]));
            }
            PrincipalPlane plane = PrincipalPlane.of(vectors);
            PrincipalPlane again = PrincipalPlane.of(vectors);

            assertEquals(plane, again);
            boolean equal = vectors.stream().distinct().count() == 1;
            if (!equal) {
                assertEquals(1, plane.first().norm(), CLOSE);
                assertTrue(plane.firstShare() >= plane.secondShare() && plane.secondShare() >= 0, plane.toString());
                assertEquals(
                        plane.firstShare() + plane.secondShare(),
                        plane.shareOf(vectors).orElseThrow(),
                        1e-9);
            }
        }
    }

    /** Two rows, or three, lie in a plane: there no distance is shorter than it is. */
    @Test
    void threeRowsKeepTheirDistances() {
        Vector a = new Vector(1, 2, 3, 4);
        Vector b = new Vector(1, 2.5, 3, 4);
        Vector c = new Vector(1, 2, 3.001, 4.002);
        PrincipalPlane plane = PrincipalPlane.of(List.of(a, a, a, b, c, c));

        for (List<Vector> pair : List.of(List.of(a, b), List.of(a, c), List.of(b, c))) {
            Vector p = pair.getFirst();
            Vector q = pair.getLast();
            double drawn = Math.hypot(plane.x(p) - plane.x(q), plane.y(p) - plane.y(q));
            assertEquals(p.minus(q).norm(), drawn, 1e-12);
        }
        assertEquals(1, plane.shareOf(List.of(a, b, c)).orElseThrow(), CLOSE);
    }

    @Test
    void aPlaneCanTurnItsAxesToThoseOfAnother() {
        PrincipalPlane plane = PrincipalPlane.of(List.of(new Vector(0, 0), new Vector(2, 1)));
        PrincipalPlane other = PrincipalPlane.of(List.of(new Vector(0, 0), new Vector(-1, 4)));

        assertEquals(plane.first(), plane.alongside(other).first());
        assertEquals(other.first(), other.alongside(plane).first());
        Vector turned = plane.alongside(new PrincipalPlane(plane.origin(), new Vector(-1, 0), plane.second(), 1, 0))
                .first();
        assertEquals(plane.first().dividedBy(-1), turned);
    }

    @Test
    void whatIsNotFiniteHasNoPlane() {
        for (double odd : new double[] {Double.NaN, Double.POSITIVE_INFINITY}) {
            PrincipalPlane plane = PrincipalPlane.of(List.of(new Vector(odd, 1), new Vector(1, 2), new Vector(5, 1)));

            assertEquals(new Vector(0, 0), plane.first());
            assertTrue(Double.isNaN(plane.firstShare()) && Double.isNaN(plane.secondShare()));
        }
    }

    @Test
    void withoutAVectorThereIsNoPlane() {
        assertThrows(IllegalArgumentException.class, () -> PrincipalPlane.of(List.of()));
    }
}
