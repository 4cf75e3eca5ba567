package org.lilgatsby.analysis;

import java.util.Arrays;

/**
 * A place to cut a set of rows in two: by their ordered index in one column.
 *
 * @param column the column
 * @param last the largest index below the cut
 * @param left share of a sample's pairs that the cut leaves to be searched: 0.5 or less is good, 1 is worth nothing
 */
record RowPartition(int column, long last, double left) {
    /**
     * The cut of a column in the widest gap of the middle half of a sample.
     *
     * @param sample indices of some rows in that column, at least two; sorted here
     * @param limit cells; rows within this distance of each other must be searched together
     */
    static RowPartition of(long[] sample, int column, int limit) {
        Arrays.sort(sample);
        int n = sample.length;
        int below = n / 2;
        for (int i = Math.max(1, n / 4); i <= n - Math.max(1, n / 4); i++) {
            // Unsigned, since a gap from one end of the lattice to the other exceeds 63 bits.
            if (Long.compareUnsigned(sample[i] - sample[i - 1], sample[below] - sample[below - 1]) > 0) {
                below = i;
            }
        }
        long last = sample[below - 1] + (sample[below] - sample[below - 1] >>> 1);
        RowPartition cut = new RowPartition(column, last, 1);
        double within = 0;
        double nearBelow = 0;
        double nearAbove = 0;
        for (long index : sample) {
            within += index <= last ? 1 : 0;
            nearBelow += index <= last && index >= cut.nearBelow(limit) ? 1 : 0;
            nearAbove += index > last && index <= cut.nearAbove(limit) ? 1 : 0;
        }
        double above = n - within;
        return new RowPartition(
                column, last, (within * within + above * above + 2 * nearBelow * nearAbove) / ((double) n * n));
    }

    /** The smallest index below the cut that is within the limit of one above it. */
    long nearBelow(int limit) {
        long bound = last - limit + 1;
        return bound > last + 1 ? Long.MIN_VALUE : bound;
    }

    /** The largest index above the cut that is within the limit of one below it. */
    long nearAbove(int limit) {
        long bound = last + limit;
        return bound < last ? Long.MAX_VALUE : bound;
    }
}
