package org.lilgatsby.explorer.view;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.function.IntUnaryOperator;
import java.util.stream.IntStream;

/**
 * A curve as the screen needs it. With more states than points, each point is a bucket of consecutive states, with the
 * smallest and the largest value among them; the first and the last bucket begin and end with the range. Buckets are as
 * wide on the axis as each other, so that on a logarithmic one the first states are points of their own.
 *
 * @param steps the step of each value, or the first step of each bucket
 * @param ends the last step of each bucket; null for single values
 * @param values where there is a point for each state; null for buckets
 * @param low smallest finite value of each bucket, NaN without one; null for single values
 * @param high largest, likewise
 * @param until the last step that has been analysed
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Curve(int[] steps, int[] ends, double[] values, double[] low, double[] high, Integer until) {
    /**
     * A curve of at most {@code points} points.
     *
     * @param logarithmic whether it is drawn over log(1 + step)
     * @throws IllegalArgumentException for fewer than one point
     */
    public static Curve of(Series series, int points, boolean logarithmic) {
        if (points < 1) {
            throw new IllegalArgumentException("a curve needs at least one point, not " + points);
        }
        int n = series.steps().length;
        Integer until = n == 0 ? null : series.steps()[n - 1];
        if (n <= points) {
            return new Curve(series.steps(), null, series.values(), null, null, until);
        }
        int[] edges = logarithmic ? logarithmicEdges(series.steps(), points) : evenEdges(n, points);
        int buckets = edges.length - 1;
        int[] starts = new int[buckets];
        int[] ends = new int[buckets];
        double[] low = new double[buckets];
        double[] high = new double[buckets];
        for (int bucket = 0; bucket < buckets; bucket++) {
            int from = edges[bucket];
            int to = edges[bucket + 1];
            starts[bucket] = series.steps()[from];
            ends[bucket] = series.steps()[to - 1];
            low[bucket] = Double.NaN;
            high[bucket] = Double.NaN;
            for (int i = from; i < to; i++) {
                double value = series.values()[i];
                if (Double.isFinite(value)) {
                    low[bucket] = low[bucket] <= value ? low[bucket] : value;
                    high[bucket] = high[bucket] >= value ? high[bucket] : value;
                }
            }
        }
        return new Curve(starts, ends, null, low, high, until);
    }

    /** Where each bucket's states begin, and the end of the last. */
    private static int[] evenEdges(int states, int points) {
        return IntStream.rangeClosed(0, points)
                .map(bucket -> (int) ((long) bucket * states / points))
                .toArray();
    }

    /** The same for buckets of equal width in log(1 + step), without those that hold no state. */
    private static int[] logarithmicEdges(int[] steps, int points) {
        double start = Math.log1p(steps[0]);
        double width = Math.log1p(steps[steps.length - 1]) - start;
        IntUnaryOperator bucketOf = i -> (int) Math.min(points - 1, (Math.log1p(steps[i]) - start) / width * points);
        IntStream begun = IntStream.range(0, steps.length)
                .filter(i -> i == 0 || bucketOf.applyAsInt(i) != bucketOf.applyAsInt(i - 1));
        return IntStream.concat(begun, IntStream.of(steps.length)).toArray();
    }
}
