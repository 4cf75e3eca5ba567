package org.lilgatsby.analysis;

import static org.junit.jupiter.api.Assertions.*;
import static org.lilgatsby.analysis.Matrices.row;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.lilgatsby.kernel.KernelChoice;
import org.lilgatsby.kernel.ScalarAnalysisKernels;

class GeometryTest {
    private static final List<Threshold> THRESHOLDS =
            List.of(new Threshold.TwoEpsilon(), new Threshold.Cells(40), new Threshold.Absolute(0.25));

    @Test
    void agreesWithTheFiguresOfEachMatrixInBothFormats() {
        SplittableRandom random = new SplittableRandom(11);
        for (FloatFormat format : new FloatFormat[] {FloatFormat.BF16, FloatFormat.F32}) {
            Matrix[] matrices = new Matrix[300];
            float[][] values = new float[18][5];
            for (int t = 0; t < matrices.length; t++) {
                if (t % 7 != 3) {
                    values[random.nextInt(18)][random.nextInt(5)] = random.nextInt(-3, 4) * 0.0625f;
                    values[random.nextInt(9)] = values[0].clone();
                }
                matrices[t] = format == FloatFormat.BF16 ? Matrices.bf16(values) : Matrices.f32(values);
            }
            Tokens tokens = Tokens.of(0, 1, 2, 5, 6, 7, 8, 9, 10, 13, 17);
            PairwiseGeometry geometry = PairwiseGeometry.of(
                    History.of(matrices), tokens, THRESHOLDS, KernelChoice.AUTO.createAnalysisKernels());
            for (int place = 0; place < matrices.length; place++) {
                check(matrices[place], tokens, Metric.L2, geometry.l2(), place);
                check(matrices[place], tokens, Metric.L_INFINITY, geometry.lInfinity(), place);
                for (AdjacencySeries series : geometry.adjacency()) {
                    Adjacency graph = Adjacency.of(matrices[place], tokens, series.threshold());
                    assertEquals(graph.limit(), series.limit().at(place), 1e-15);
                    assertEquals(graph.nodes(), series.nodes().at(place));
                    assertEquals(graph.edges().size(), series.edges().at(place));
                    assertEquals(graph.components().size(), series.components().at(place));
                    assertEquals(
                            graph.largestComponent(), series.largestComponent().at(place));
                    assertEquals(graph.isolated(), series.isolated().at(place));
                    assertEquals(graph.density(), series.density().at(place));
                    assertEquals(graph.complete(), series.complete(place));
                }
            }
        }
    }

    private static void check(Matrix matrix, Tokens tokens, Metric metric, DistanceSeries actual, int place) {
        Distances expected = Distances.of(matrix, tokens, metric);
        Tokens distinct = Tokens.of(IntStream.of(Census.of(matrix, tokens).representatives())
                .sorted()
                .toArray());
        check(expected.allPairs(), distances(matrix, tokens, metric), actual.allPairs(), place);
        check(expected.distinctPairs(), distances(matrix, distinct, metric), actual.distinctPairs(), place);
    }

    private static void check(Distances.Extremes expected, double[] pairs, DistanceSeries.Figures actual, int place) {
        Summary summary = Summary.of(pairs);
        assertEquals(summary.count(), expected.count());
        assertEquals(summary.min(), expected.min());
        assertEquals(summary.max(), expected.max());
        assertEquals(expected.min(), actual.min().at(place), 1e-15);
        assertEquals(expected.mean(), actual.mean().at(place), 1e-13);
        assertEquals(summary.median(), actual.median().at(place), 1e-15);
        assertEquals(expected.max(), actual.max().at(place), 1e-15);
    }

    /** The distance of every pair of tokens. */
    private static double[] distances(Matrix matrix, Tokens tokens, Metric metric) {
        return IntStream.range(0, tokens.size())
                .boxed()
                .flatMapToDouble(a -> IntStream.range(a + 1, tokens.size())
                        .mapToDouble(b -> metric.distance(matrix, tokens.id(a), tokens.id(b))))
                .toArray();
    }

    @Test
    void aCollapsedGroupIsAtExactlyZeroAndALoneTokenHasNoDistance() {
        Matrix matrix = Matrices.bf16(row(0.1f, 8.2f), row(0.1f, 8.2f), row(3, 4));
        PairwiseGeometry pair =
                PairwiseGeometry.of(History.of(matrix), Tokens.of(0, 1), THRESHOLDS, new ScalarAnalysisKernels());
        assertEquals(0, pair.l2().allPairs().max().at(0));
        assertTrue(Double.isNaN(pair.l2().distinctPairs().max().at(0)));
        assertEquals(1, pair.adjacency().get(0).density().at(0));
        PairwiseGeometry lone =
                PairwiseGeometry.of(History.of(matrix), Tokens.of(2), THRESHOLDS, new ScalarAnalysisKernels());
        assertTrue(Double.isNaN(lone.lInfinity().allPairs().mean().at(0)));
        PairwiseGeometry none =
                PairwiseGeometry.of(History.of(matrix), Tokens.of(), List.of(), new ScalarAnalysisKernels());
        assertTrue(Double.isNaN(none.lInfinity().allPairs().median().at(0)));
    }

    @Property(tries = 300)
    void theWeightedMedianIsTheMedianOfTheNumbersRepeated(
            @ForAll long seed, @ForAll @IntRange(min = 1, max = 40) int n, @ForAll boolean near) {
        SplittableRandom random = new SplittableRandom(seed);
        double[] numbers = new double[n];
        long[] counts = new long[n];
        double[] repeated = {};
        for (int i = 0; i < n; i++) {
            numbers[i] = near ? 1 + random.nextInt(5) * 1e-9 : Math.scalb(random.nextInt(3), random.nextInt(-30, 30));
            counts[i] = random.nextInt(1, 5);
            int from = repeated.length;
            repeated = Arrays.copyOf(repeated, from + (int) counts[i]);
            Arrays.fill(repeated, from, repeated.length, numbers[i]);
        }
        assertEquals(Summary.of(repeated).median(), new WeightedMedian().of(numbers, counts, n, 0));
        int zeros = random.nextInt(60);
        double[] withZeros = Arrays.copyOf(repeated, repeated.length + zeros);
        assertEquals(Summary.of(withZeros).median(), new WeightedMedian().of(numbers, counts, n, zeros));
        assertEquals(0, new WeightedMedian().of(numbers, counts, 0, 3));
    }

    /**
     * Four tokens on a line at 0, 0, 1 and 4: six pairs at 0, 1, 1, 3, 4 and 4. Over two bins [0, 2) and [2, 4] three
     * and three; over four bins one, two, none and three; over one bin six.
     */
    @Test
    void theDeviationAndTheEntropyOfKnownDistances() {
        History history = History.of(Matrices.bf16(row(0), row(0), row(1), row(4)));
        double half = 1;
        double quarters = -(1 / 6.0 * log2(1 / 6.0) + 2 / 6.0 * log2(2 / 6.0) + 3 / 6.0 * log2(3 / 6.0));
        for (var expected : Map.of(1, 0.0, 2, half, 4, quarters).entrySet()) {
            DistanceSeries found =
                    geometry(history, Tokens.all(4), expected.getKey()).l2();
            assertEquals(expected.getValue(), found.entropy().at(0), 1e-15);
            assertEquals(expected.getKey(), found.bins());
        }
        DistanceSeries.Figures all =
                geometry(history, Tokens.all(4), 2).lInfinity().allPairs();
        double mean = 13 / 6.0;
        assertEquals(mean, all.mean().at(0), 1e-15);
        assertEquals(
                (0 + 1 + 1 + 9 + 16 + 16) / 6.0,
                mean * mean + Math.pow(all.deviation().at(0), 2),
                1e-14);
        DistanceSeries.Figures distinct =
                geometry(history, Tokens.all(4), 2).lInfinity().distinctPairs();
        assertEquals(
                Math.sqrt(26 / 3.0 - Math.pow(8 / 3.0, 2)), distinct.deviation().at(0), 1e-14);
    }

    @Test
    void equalDistancesHaveNoEntropyAndAsManyAsBinsHaveAllOfIt() {
        History equal = History.of(Matrices.bf16(row(0), row(3)), Matrices.bf16(row(2), row(2)));
        DistanceSeries found = geometry(equal, Tokens.all(2), 8).l2();
        assertArrayEquals(new double[] {0, 0}, found.entropy().toArray());
        assertArrayEquals(new double[] {0, 0}, found.allPairs().deviation().toArray());
        History even = History.of(Matrices.bf16(row(0), row(1), row(3))); // 1, 2 and 3
        assertEquals(log2(3), geometry(even, Tokens.all(3), 3).l2().entropy().at(0), 1e-15);
        assertTrue(Double.isNaN(geometry(even, Tokens.of(1), 3).l2().entropy().at(0)), "there is no pair");
        History infinite = History.of(Matrices.bf16(row(0), row(1), row(Float.POSITIVE_INFINITY)));
        assertTrue(
                Double.isNaN(geometry(infinite, Tokens.all(3), 3).l2().entropy().at(0)));
    }

    @Test
    void componentsAtANumberInEitherMetric() {
        // (0, 0), (3, 4), (6, 8), (6, 20): 5, 5 and 12 apart by L2, 4, 4 and 12 by L-infinity
        Matrix matrix = Matrices.bf16(row(0, 0), row(3, 4), row(6, 8), row(6, 20));
        for (Metric metric : List.of(Metric.L2, Metric.L_INFINITY)) {
            for (double limit : new double[] {3.9, 4, 4.9, 5, 12}) {
                Threshold threshold = new Threshold.Absolute(limit, metric);
                int expected = limit >= 12 ? 1 : limit >= (metric == Metric.L2 ? 5 : 4) ? 2 : 4;
                assertEquals(
                        expected,
                        Adjacency.of(matrix, Tokens.all(4), threshold)
                                .components()
                                .size());
                AdjacencySeries series = PairwiseGeometry.of(
                                History.of(matrix), Tokens.all(4), List.of(threshold), new ScalarAnalysisKernels())
                        .adjacency()
                        .getFirst();
                assertEquals(expected, series.components().at(0));
                List<Escape> escapes = Escape.of(
                        History.of(matrix),
                        LiveDeadSplit.ofDead(Tokens.of(0), 4),
                        threshold,
                        new ScalarAnalysisKernels());
                assertEquals(expected == 4, escapes.get(1).byComponent().first() == 0, metric + " up to " + limit);
            }
        }
    }

    private static double log2(double number) {
        return Math.log(number) / Math.log(2);
    }

    private static PairwiseGeometry geometry(History history, Tokens tokens, int bins) {
        return PairwiseGeometry.of(
                history, tokens, List.of(), bins, Places.all(history.size()), new ScalarAnalysisKernels());
    }
}
