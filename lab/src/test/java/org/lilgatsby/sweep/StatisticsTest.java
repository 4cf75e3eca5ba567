package org.lilgatsby.sweep;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.lilgatsby.random.TorchGenerator;
import org.lilgatsby.safetensors.FiniteJson;
import tools.jackson.databind.JsonNode;

/** Against values that python/sweep/reference.py computed with NumPy and SciPy. */
class StatisticsTest {
    /** Sums in another order. */
    private static final double RELATIVE = 1e-11;

    private static JsonNode reference() {
        try (InputStream in = StatisticsTest.class.getResourceAsStream("/reference/statistics.json")) {
            return FiniteJson.mapper().build().readTree(in);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    static Stream<String> cases() {
        return reference().propertyNames().stream();
    }

    static Stream<String> pairs() {
        return cases().filter(name -> reference().get(name).has("paired"));
    }

    private static double[] values(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false)
                .mapToDouble(JsonNode::doubleValue)
                .toArray();
    }

    private static void assertNear(JsonNode expected, double found, String what) {
        if (expected.isNull()) {
            assertTrue(Double.isNaN(found), what + " is " + found);
            return;
        }
        double value = expected.doubleValue();
        assertEquals(value, found, Math.abs(value) * RELATIVE + 1e-20, what);
    }

    private static void assertNear(JsonNode expected, Interval found, String what) {
        assertNear(expected.get(0), found.low(), what + " low");
        assertNear(expected.get(1), found.high(), what + " high");
    }

    private static void assertNear(JsonNode expected, Optional<Significance> found, String what) {
        if (expected.get("p").isNull()) {
            assertTrue(found.isEmpty(), what);
            return;
        }
        Significance test = found.orElseThrow();
        assertEquals(what, test.test());
        assertNear(expected.get("statistic"), test.statistic(), what);
        assertNear(expected.get("p"), test.p(), what + " p");
        assertEquals(expected.get("exact").booleanValue(), test.exact(), what + " exact");
    }

    @ParameterizedTest
    @MethodSource("cases")
    void aDistribution(String name) {
        JsonNode expected = reference().get(name).get("describe_a");
        Distribution found = Distribution.of(values(reference().get(name).get("a")));
        assertEquals(expected.get("n").intValue(), found.n());
        assertNear(expected.get("mean"), found.mean(), "mean");
        assertNear(expected.get("deviation"), found.deviation(), "deviation");
        assertNear(expected.get("least"), found.least(), "least");
        assertNear(expected.get("quartiles").get(0), found.lowerQuartile(), "lower quartile");
        assertNear(expected.get("quartiles").get(1), found.median(), "median");
        assertNear(expected.get("quartiles").get(2), found.upperQuartile(), "upper quartile");
        assertNear(expected.get("greatest"), found.greatest(), "greatest");
        assertNear(expected.get("mean_interval"), found.meanInterval(), "interval");
    }

    @ParameterizedTest
    @MethodSource("cases")
    void aComparison(String name) {
        JsonNode expected = reference().get(name);
        double[] a = values(expected.get("a"));
        double[] b = values(expected.get("b"));
        Comparison found = Comparison.of(a, b);
        assertEquals(a.length, found.na());
        assertEquals(b.length, found.nb());
        assertNear(expected.get("difference"), found.difference(), "difference");
        assertNear(expected.get("difference_interval"), found.differenceInterval(), "interval");
        assertNear(expected.get("cohens_d"), found.cohensD(), "d");
        assertNear(expected.get("cohens_d_population"), found.cohensDPopulation(), "d of the population");
        assertNear(expected.get("mann_whitney"), found.mannWhitney(), "Mann-Whitney U");
        assertNear(expected.get("kolmogorov_smirnov"), found.kolmogorovSmirnov(), "Kolmogorov-Smirnov");
    }

    @ParameterizedTest
    @MethodSource("pairs")
    void pairsOfRuns(String name) {
        JsonNode groups = reference().get(name);
        JsonNode expected = groups.get("paired");
        Comparison.Paired found = Comparison.Paired.of(values(groups.get("a")), values(groups.get("b")));
        assertNear(expected.get("mean_difference"), found.meanDifference(), "difference");
        assertNear(expected.get("difference_interval"), found.differenceInterval(), "interval");
        assertNear(expected.get("wilcoxon"), found.wilcoxon(), "Wilcoxon signed-rank");
    }

    @Test
    void aSingleRunHasNoSpread() {
        Distribution one = Distribution.of(3);
        assertEquals(3, one.mean());
        assertEquals(3, one.median());
        assertTrue(Double.isNaN(one.deviation()));
        assertTrue(Double.isNaN(one.meanInterval().low()));
        Comparison two = Comparison.of(new double[] {1}, new double[] {2});
        assertEquals(1, two.difference());
        assertTrue(Double.isNaN(two.cohensD()) && Double.isNaN(two.cohensDPopulation()));
        assertTrue(two.kolmogorovSmirnov().isEmpty());
        assertTrue(two.mannWhitney().isEmpty());
        assertTrue(Comparison.Paired.of(new double[] {1}, new double[] {2})
                .wilcoxon()
                .isEmpty());
    }

    @Test
    void valuesStayInTheirOrder() {
        double[] values = {3, 1, 2, 5, 4};
        Distribution.of(values);
        assertArrayEquals(new double[] {3, 1, 2, 5, 4}, values);
    }

    @Test
    void pairsWithoutADifferenceHaveNoTest() {
        Comparison.Paired none = Comparison.Paired.of(new double[] {1, 2}, new double[] {1, 2});
        assertEquals(0, none.meanDifference());
        assertTrue(none.wilcoxon().isEmpty());
    }

    @Test
    void whatIsNotFiniteIsRefused() {
        assertThrows(IllegalArgumentException.class, Distribution::of);
        assertThrows(IllegalArgumentException.class, () -> Distribution.of(1, Double.NaN));
        assertThrows(
                IllegalArgumentException.class,
                () -> Comparison.of(new double[] {1}, new double[] {Double.POSITIVE_INFINITY}));
        assertThrows(IllegalArgumentException.class, () -> Comparison.Paired.of(new double[] {1}, new double[] {1, 2}));
    }

    /** The definition, one figure and one draw at a time. */
    private static double[] resampledMeans(double[] values, long seed) {
        TorchGenerator generator = new TorchGenerator(seed);
        double[] means = new double[10_000];
        for (int r = 0; r < means.length; r++) {
            double sum = 0;
            for (int i = 0; i < values.length; i++) {
                sum += values[(int) (Integer.toUnsignedLong(generator.nextInt()) * values.length >>> 32)];
            }
            means[r] = sum / values.length;
        }
        return means;
    }

    @Test
    void figuresThatAreDrawnTogetherHaveTheBitsOfEachAlone() {
        List<double[]> columns = new ArrayList<>();
        for (int column = 0; column < 19; column++) {
            double[] values = new double[column % 3 == 0 ? 5 : 7];
            for (int i = 0; i < values.length; i++) {
                values[i] = column == 4 ? 0.1 : Math.sin(column + 31 * i);
            }
            columns.add(values);
        }
        List<Sample> firsts = Sample.of(columns, Sample.Role.BOTH);
        List<Sample> seconds = Sample.of(columns.reversed(), Sample.Role.SECOND).reversed();
        for (int column = 0; column < columns.size(); column++) {
            double[] values = columns.get(column);
            double[] expected = resampledMeans(values, 42);
            assertArrayEquals(expected, Bootstrap.means(List.of(values), 42)[0]);
            assertEquals(Distribution.of(values), firsts.get(column).distribution());
            assertEquals(
                    Bootstrap.percentiles(expected),
                    firsts.get(column).distribution().meanInterval());
            assertEquals(
                    Bootstrap.ofDifference(expected, resampledMeans(values, 43)),
                    firsts.get(column).with(seconds.get(column)).differenceInterval());
        }
    }

    @Test
    void aGroupIsComparedOnlyInThePlaceItWasDrawnFor() {
        Sample alone =
                Sample.of(List.of(new double[] {1, 2}), Sample.Role.ALONE).getFirst();
        Sample first =
                Sample.of(List.of(new double[] {1, 2}), Sample.Role.FIRST).getFirst();
        assertThrows(IllegalStateException.class, () -> first.with(alone));
    }

    /** Of the 924 ways to choose 6 of 12 runs, 2 keep them apart. */
    @Test
    void smallGroupsThatDoNotOverlapHaveAnExactPInSpiteOfEqualValues() {
        Significance test = Comparison.of(new double[] {1, 1, 1, 1, 1, 1}, new double[] {2, 3, 3, 4, 5, 6})
                .kolmogorovSmirnov()
                .orElseThrow();
        assertEquals(1, test.statistic());
        assertEquals(2.0 / 924, test.p(), 1e-15);
        assertTrue(test.exact());
    }
}
