package org.lilgatsby.analysis;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.lilgatsby.analysis.Matrices.row;

import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.lilgatsby.kernel.ScalarAnalysisKernels;

/** An evolution that keeps the figures of some places agrees there with one that keeps them all. */
class KeptPlacesTest {
    private static final LiveDeadSplit SPLIT = LiveDeadSplit.ofDead(Tokens.of(1, 2), 4);
    private static final int SIZE = 1_300;

    /** Some rows move, some are equal now and then; short enough for chunks of the smallest size. */
    private static History history(int size) {
        return History.of(IntStream.range(0, size).map(place -> 3 * place).toArray(), place -> {
            SplittableRandom random = new SplittableRandom(place / 2);
            float[][] rows = new float[4][];
            for (int i = 0; i < rows.length; i++) {
                rows[i] = row(1 + random.nextInt(3) * 0x1p-7f, i == 0 ? random.nextInt(100) : 1);
            }
            return Matrices.bf16(rows);
        });
    }

    private static Evolution of(History history, Places kept) {
        return Evolution.of(history, SPLIT, kept, new ScalarAnalysisKernels());
    }

    @Test
    void keptFiguresAreThoseOfAllPlaces() {
        History history = history(SIZE);
        Evolution all = of(history, Places.all(SIZE));
        int[] places = {1_299, 0, 1, 2, 255, 256, 257, 700, 1_000};
        Evolution some = of(history, Places.of(places));
        for (Group group : Group.values()) {
            for (int place : places) {
                assertSame(all, some, place, e -> e.stepSizes().get(group).l2().median());
                assertSame(
                        all,
                        some,
                        place,
                        e -> e.stepSizes().get(group).lInfinity().max());
                assertSame(all, some, place, e -> e.stepSizes().get(group).zeroShare());
                assertSame(
                        all,
                        some,
                        place,
                        e -> e.lattice().get(group).cells().l1().mean());
                assertSame(
                        all, some, place, e -> e.lattice().get(group).ulp().l2().max());
                assertSame(all, some, place, e -> e.centroid().get(group).norm());
                assertSame(all, some, place, e -> e.centroid().get(group).displacement());
                assertSame(all, some, place, e -> e.centroid().get(group).pathLength());
                assertSame(all, some, place, e -> e.centroid().get(group).speed());
                assertSame(all, some, place, e -> e.centroid().get(group).cosine());
                assertSame(all, some, place, e -> e.centroid().get(group).efficiency());
                for (Regime regime : Regime.values()) {
                    assertEquals(
                            all.regimes().get(group).tokens().get(regime).at(place),
                            some.regimes().get(group).tokens().get(regime).at(place));
                }
            }
            assertEquals(
                    all.census().get(group).concentration(),
                    some.census().get(group).concentration());
            assertArrayEquals(
                    all.census().get(group).changes(), some.census().get(group).changes());
            assertEquals(
                    all.regimes().get(group).phases(), some.regimes().get(group).phases());
        }
        assertEquals(all.events(), some.events());
        assertEquals(all.phases(), some.phases());
        assertThrows(
                IndexOutOfBoundsException.class,
                () -> some.centroid().all().norm().at(3));
    }

    private static void assertSame(Evolution all, Evolution some, int place, Function<Evolution, FigureSeries> figure) {
        assertEquals(figure.apply(all).at(place), figure.apply(some).at(place), "place " + place);
    }

    @Test
    void keptMotionAndGeometryAreThoseOfAllPlaces() {
        History history = history(SIZE);
        Places kept = Places.of(0, 1, 255, 256, 258, 259, 700, 1_299);
        ScalarAnalysisKernels kernels = new ScalarAnalysisKernels();
        List<Threshold> thresholds = List.of(new Threshold.TwoEpsilon(), new Threshold.Cells(1));
        Motion all = Motion.of(history, SPLIT, kernels);
        Motion some = Motion.of(history, SPLIT, kept, kernels);
        PairwiseGeometry allPairs = PairwiseGeometry.of(history, SPLIT.all(), thresholds, kernels);
        PairwiseGeometry somePairs =
                PairwiseGeometry.of(history, SPLIT.all(), thresholds, DistanceSeries.BINS, kept, kernels);
        assertEquals(all.diffusion(), some.diffusion());
        for (int i = 0; i < kept.kept(); i++) {
            int place = kept.place(i);
            for (Group group : Group.values()) {
                assertEquals(
                        all.thermal().get(group).radius().at(place),
                        some.thermal().get(group).radius().at(place));
                assertEquals(
                        all.thermal().get(group).ratio().at(place),
                        some.thermal().get(group).ratio().at(place));
                assertEquals(
                        all.thermal().get(group).flow().at(place),
                        some.thermal().get(group).flow().at(place));
            }
            assertEquals(
                    allPairs.l2().allPairs().median().at(place),
                    somePairs.l2().allPairs().median().at(place));
            assertEquals(
                    allPairs.lInfinity().distinctPairs().max().at(place),
                    somePairs.lInfinity().distinctPairs().max().at(place));
            for (int t = 0; t < 2; t++) {
                assertEquals(
                        allPairs.adjacency().get(t).edges().at(place),
                        somePairs.adjacency().get(t).edges().at(place));
                assertEquals(
                        allPairs.adjacency().get(t).density().at(place),
                        somePairs.adjacency().get(t).density().at(place));
            }
        }
    }

    @Test
    void noPeakIsLostBetweenTwoKeptPlaces() {
        History history = history(SIZE);
        Evolution all = of(history, Places.all(SIZE));
        Places kept = Places.atMost(10, SIZE);
        Evolution some = of(history, kept);
        for (Group group : Group.values()) {
            int before = 0;
            for (int i = 1; i < 10; i++) {
                int place = kept.place(i);
                FigureSeries steps = all.stepSizes().get(group).l2().max();
                FigureSeries cells =
                        all.lattice().get(group).cells().lInfinity().max();
                assertEquals(
                        largest(steps, before, place),
                        some.stepSizes().get(group).peak().at(place));
                assertEquals(
                        largest(cells, before, place),
                        some.lattice().get(group).cells().lInfinity().peak().at(place));
                before = place;
            }
        }
        FigureSeries peak = all.stepSizes().all().peak();
        assertArrayEquals(
                all.stepSizes().all().l2().max().toArray(), peak.toArray(), "of every place the peak is its own");
    }

    private static double largest(FigureSeries figure, int from, int to) {
        return IntStream.rangeClosed(from + 1, to).mapToDouble(figure::at).max().orElseThrow();
    }

    @Test
    void placesAtEqualDistancesHoldTheFirstAndTheLast() {
        for (int size : new int[] {1, 2, 3, 9, 10, 11, 12, 19, 20, 1_000, 1_000_001}) {
            Places places = Places.atMost(10, size);
            assertTrue(places.kept() <= 10 && places.kept() >= Math.min(size, 6), size + ": " + places.kept());
            assertEquals(0, places.place(0));
            assertEquals(size - 1, places.place(places.kept() - 1));
        }
    }

    @Test
    void theNextKeptPlaceIsFound() {
        Places places = Places.of(7, 3, 0, 7);
        assertEquals(3, places.kept());
        assertEquals(0, places.from(0));
        assertEquals(3, places.from(1));
        assertEquals(7, places.from(4));
        assertEquals(7, places.from(8));
    }
}
