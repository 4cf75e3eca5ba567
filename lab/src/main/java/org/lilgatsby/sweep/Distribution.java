package org.lilgatsby.sweep;

import org.apache.commons.statistics.descriptive.DoubleStatistics;
import org.apache.commons.statistics.descriptive.Quantile;
import org.apache.commons.statistics.descriptive.Quantile.EstimationMethod;
import org.apache.commons.statistics.descriptive.Statistic;

/**
 * A figure over the runs of a group, in the figure's unit.
 *
 * @param n number of runs, at least 1
 * @param deviation standard deviation with n - 1 in the denominator; NaN for a single run
 * @param least the smallest value
 * @param lowerQuartile by linear interpolation between the two nearest values (Hyndman and Fan's type 7, the usual one
 *     of NumPy and R), as are the median and the upper quartile
 * @param greatest the largest value
 * @param meanInterval 95 % bootstrap interval of the mean
 */
public record Distribution(
        int n,
        double mean,
        double deviation,
        double least,
        double lowerQuartile,
        double median,
        double upperQuartile,
        double greatest,
        Interval meanInterval) {
    private static final Quantile QUARTILES =
            Quantile.withDefaults().with(EstimationMethod.HF7).withCopy(true);

    /**
     * The distribution of a figure's values.
     *
     * @param values one per run, in any order, though the interval's last digits depend on the order
     * @throws IllegalArgumentException if there is none, or one is not finite
     */
    public static Distribution of(double... values) {
        requireFinite(values);
        return of(values, Bootstrap.ofMean(values));
    }

    /**
     * The same without the interval, whose ends are NaN.
     *
     * @throws IllegalArgumentException if there is no value, or one is not finite
     */
    public static Distribution withoutInterval(double... values) {
        requireFinite(values);
        return of(values, Bootstrap.NONE);
    }

    /** The distribution of finite values whose interval is known. */
    static Distribution of(double[] values, Interval meanInterval) {
        DoubleStatistics moments = DoubleStatistics.builder(
                        Statistic.MIN, Statistic.MAX, Statistic.MEAN, Statistic.STANDARD_DEVIATION)
                .build(values);
        double[] quartiles = QUARTILES.evaluate(values, 0.25, 0.5, 0.75);
        return new Distribution(
                values.length,
                moments.getAsDouble(Statistic.MEAN),
                values.length == 1 ? Double.NaN : moments.getAsDouble(Statistic.STANDARD_DEVIATION),
                moments.getAsDouble(Statistic.MIN),
                quartiles[0],
                quartiles[1],
                quartiles[2],
                moments.getAsDouble(Statistic.MAX),
                meanInterval);
    }

    /** @throws IllegalArgumentException if there is no value, or one is not finite */
    static void requireFinite(double[] values) {
        if (values.length == 0) {
            throw new IllegalArgumentException("a distribution has at least one value");
        }
        for (int i = 0; i < values.length; i++) {
            if (!Double.isFinite(values[i])) {
                throw new IllegalArgumentException(
                        "value %d of %d is %s; leave out what is not finite".formatted(i, values.length, values[i]));
            }
        }
    }
}
