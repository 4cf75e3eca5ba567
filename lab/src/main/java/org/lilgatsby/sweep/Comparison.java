package org.lilgatsby.sweep;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.apache.commons.statistics.descriptive.Mean;
import org.apache.commons.statistics.descriptive.Variance;

/**
 * A figure in two groups of runs.
 *
 * @param na runs of the first group
 * @param nb runs of the second
 * @param difference mean of the second group minus mean of the first, in the figure's unit
 * @param differenceInterval its 95 % bootstrap interval, each group resampled separately
 * @param cohensD the difference over the pooled standard deviation, with n - 1 in the denominator (Cohen, Statistical
 *     Power Analysis for the Behavioral Sciences, 1988); NaN if there is no deviation
 * @param cohensDPopulation the difference over the root mean of the two variances, with n in the denominator, as the
 *     published notebooks computed it; NaN if there is no deviation
 * @param kolmogorovSmirnov whether the distributions are the same
 * @param mannWhitney whether one group's values tend to be larger
 */
public record Comparison(
        int na,
        int nb,
        double difference,
        Interval differenceInterval,
        double cohensD,
        @JsonProperty("cohens_d_population") double cohensDPopulation,
        Optional<Significance> kolmogorovSmirnov,
        Optional<Significance> mannWhitney) {
    /**
     * Compares a figure's values in two groups.
     *
     * @throws IllegalArgumentException if a group has no value, or one that is not finite
     */
    public static Comparison of(double[] a, double[] b) {
        Sample first = Sample.of(List.of(a), Sample.Role.FIRST).getFirst();
        return first.with(Sample.of(List.of(b), Sample.Role.SECOND).getFirst());
    }

    /** Compares finite values; the interval of the difference is known. */
    static Comparison of(double[] a, double[] b, Interval differenceInterval) {
        double difference = Mean.of(b).getAsDouble() - Mean.of(a).getAsDouble();
        double squares = squares(a) + squares(b);
        double pooled = Math.sqrt(squares / (a.length + b.length - 2));
        double population = Math.sqrt((squares(a) / a.length + squares(b) / b.length) / 2);
        return new Comparison(
                a.length,
                b.length,
                difference,
                differenceInterval,
                pooled > 0 ? difference / pooled : Double.NaN,
                population > 0 ? difference / population : Double.NaN,
                Significance.kolmogorovSmirnov(a, b),
                Significance.mannWhitney(a, b));
    }

    /** Sum of the squared deviations from the mean. */
    private static double squares(double[] values) {
        return Variance.of(values).setBiased(true).getAsDouble() * values.length;
    }

    /**
     * The same figure in pairs of runs, one of each group, that share a seed.
     *
     * @param n number of pairs
     * @param meanDifference mean of the second minus the first, in the figure's unit
     * @param differenceInterval its 95 % bootstrap interval, pairs resampled
     * @param wilcoxon whether differences tend to one side
     */
    public record Paired(int n, double meanDifference, Interval differenceInterval, Optional<Significance> wilcoxon) {
        /**
         * Compares the values of pairs.
         *
         * @param a of the first runs, in the order of the pairs
         * @param b of the second runs, in the same order
         * @throws IllegalArgumentException if there is no pair, a value is not finite, or one has no partner
         */
        public static Paired of(double[] a, double[] b) {
            return Sample.paired(List.of(a), List.of(b)).getFirst();
        }

        /** Describes the differences of pairs; the interval of their mean is known. */
        static Paired of(double[] differences, Interval interval) {
            return new Paired(
                    differences.length,
                    Mean.of(differences).getAsDouble(),
                    interval,
                    Significance.wilcoxon(differences));
        }

        /** @throws IllegalArgumentException if a value is not finite, or has no partner */
        static double[] differences(double[] a, double[] b) {
            Distribution.requireFinite(a);
            Distribution.requireFinite(b);
            if (a.length != b.length) {
                throw new IllegalArgumentException("%d values cannot be paired with %d".formatted(a.length, b.length));
            }
            double[] differences = new double[a.length];
            Arrays.setAll(differences, i -> b[i] - a[i]);
            return differences;
        }
    }
}
