package org.lilgatsby.kernel;

/** The fixed shapes in which partial sums are joined. */
final class LaneTree {
    /** Virtual lanes of a sum along a row, at every hardware width. */
    static final int LANES = 16;

    private LaneTree() {}

    /** Joins the 16 lanes x from {@code at} on: x(i) with x(i+8), then i with i+4, i+2, i+1. */
    static float join(float[] x, int at) {
        float even = (x[at] + x[at + 8] + (x[at + 4] + x[at + 12]))
                + (x[at + 2] + x[at + 10] + (x[at + 6] + x[at + 14]));
        float odd = (x[at + 1] + x[at + 9] + (x[at + 5] + x[at + 13]))
                + (x[at + 3] + x[at + 11] + (x[at + 7] + x[at + 15]));
        return even + odd;
    }

    /**
     * Joins element {@code index} of the first {@code count} parts: the first part of the largest power of two
     * below count, then the rest, each joined likewise; (0+1)+(2+3) for four.
     */
    static float joinParts(float[][] parts, int from, int count, int index) {
        if (count == 1) {
            return parts[from][index];
        }
        int left = Integer.highestOneBit(count - 1);
        return joinParts(parts, from, left, index) + joinParts(parts, from + left, count - left, index);
    }
}
