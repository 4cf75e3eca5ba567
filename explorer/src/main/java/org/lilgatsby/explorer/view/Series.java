package org.lilgatsby.explorer.view;

import java.util.Arrays;

/**
 * A figure over the steps.
 *
 * @param steps ascending
 * @param values at each of them; NaN where undefined
 */
public record Series(int[] steps, double[] values) {
    /** @throws IllegalArgumentException if the lengths differ */
    public Series {
        if (steps.length != values.length) {
            throw new IllegalArgumentException(steps.length + " steps, but " + values.length + " values");
        }
    }

    /** The part from one step to another, both included. */
    public Series between(int from, int to) {
        int first = lowerBound(from);
        int end = to == Integer.MAX_VALUE ? steps.length : lowerBound(to + 1);
        return new Series(
                Arrays.copyOfRange(steps, first, Math.max(first, end)),
                Arrays.copyOfRange(values, first, Math.max(first, end)));
    }

    private int lowerBound(int step) {
        int place = Arrays.binarySearch(steps, step);
        return place < 0 ? -place - 1 : place;
    }
}
