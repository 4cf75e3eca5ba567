package org.lilgatsby.explorer.view;

import com.fasterxml.jackson.annotation.JsonInclude;

/**
 * A curve as the screen needs it. With more states than points, each point is a bucket of consecutive states, with the
 * smallest and the largest value among them; the first and the last bucket begin and end with the range.
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
     * @throws IllegalArgumentException for fewer than one point
     */
    public static Curve of(Series series, int points) {
        if (points < 1) {
            throw new IllegalArgumentException("a curve needs at least one point, not " + points);
        }
        int n = series.steps().length;
        Integer until = n == 0 ? null : series.steps()[n - 1];
        if (n <= points) {
            return new Curve(series.steps(), null, series.values(), null, null, until);
        }
        int[] starts = new int[points];
        int[] ends = new int[points];
        double[] low = new double[points];
        double[] high = new double[points];
        for (int bucket = 0; bucket < points; bucket++) {
            int from = (int) ((long) bucket * n / points);
            int to = (int) ((bucket + 1L) * n / points);
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
}
