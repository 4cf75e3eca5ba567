package org.lilgatsby.analysis;

import static org.junit.jupiter.api.Assertions.*;
import static org.lilgatsby.analysis.Matrices.row;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
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
                check(Distances.of(matrices[place], tokens, Metric.L2), geometry.l2(), place);
                check(Distances.of(matrices[place], tokens, Metric.L_INFINITY), geometry.lInfinity(), place);
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

    private static void check(Distances expected, DistanceSeries actual, int place) {
        check(expected.allPairs(), actual.allPairs(), place);
        check(expected.distinctPairs(), actual.distinctPairs(), place);
    }

    private static void check(Summary expected, DistanceSeries.Figures actual, int place) {
        assertEquals(expected.min(), actual.min().at(place), 1e-15);
        assertEquals(expected.mean(), actual.mean().at(place), 1e-13);
        assertEquals(expected.median(), actual.median().at(place), 1e-15);
        assertEquals(expected.max(), actual.max().at(place), 1e-15);
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
}
