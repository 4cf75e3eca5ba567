package org.lilgatsby.sweep;

import java.util.Arrays;
import java.util.function.IntSupplier;
import org.apache.commons.statistics.descriptive.Quantile;
import org.apache.commons.statistics.descriptive.Quantile.EstimationMethod;
import org.lilgatsby.random.TorchGenerator;

/**
 * Percentile bootstrap intervals of a mean (Efron and Tibshirani, An Introduction to the Bootstrap, 1993, chapter 13):
 * the 2.5 % and 97.5 % quantiles of the means of 10,000 resamples, each as large as the sample and drawn with
 * replacement. A draw is a 32-bit word w of MT19937 and takes value number floor(w n / 2^32); the seed is fixed, so
 * equal values have equal intervals.
 */
final class Bootstrap {
    /** For a single group, and for the first of two. */
    static final long FIRST = 42;

    /** For the second of two groups, whose draws must be independent of the first's. */
    static final long SECOND = 43;

    private static final int RESAMPLES = 10_000;

    private static final Interval NONE = new Interval(Double.NaN, Double.NaN);
    private static final Quantile QUANTILE =
            Quantile.withDefaults().with(EstimationMethod.HF7).withCopy(false);

    private Bootstrap() {}

    /** The interval of the mean of some values. */
    static Interval ofMean(double[] values) {
        return values.length < 2 ? NONE : percentiles(means(values, FIRST));
    }

    /** The interval of mean(b) - mean(a). */
    static Interval ofDifference(double[] a, double[] b) {
        if (a.length < 2 || b.length < 2) {
            return NONE;
        }
        double[] differences = means(b, SECOND);
        double[] first = means(a, FIRST);
        Arrays.setAll(differences, i -> differences[i] - first[i]);
        return percentiles(differences);
    }

    private static Interval percentiles(double[] means) {
        double[] ends = QUANTILE.evaluate(means, 0.025, 0.975);
        return new Interval(ends[0], ends[1]);
    }

    private static double[] means(double[] values, long seed) {
        int n = values.length;
        TorchGenerator generator = new TorchGenerator(seed);
        IntSupplier place = () -> (int) (Integer.toUnsignedLong(generator.nextInt()) * n >>> 32);
        double[] means = new double[RESAMPLES];
        for (int r = 0; r < RESAMPLES; r++) {
            double sum = 0;
            for (int i = 0; i < n; i++) {
                sum += values[place.getAsInt()];
            }
            means[r] = sum / n;
        }
        return means;
    }
}
