package org.lilgatsby.kernel;

/** The fixed shapes in which partial sums are joined. */
final class LaneTree {
    /** Virtual lanes of a sum along a row, at every hardware width. */
    static final int LANES = 16;

    private LaneTree() {}

    /** Joins the 16 lanes from {@code at} on: i with i+8, then i+4, i+2, i+1. Destroys them. */
    static float join(float[] lanes, int at) {
        for (int half = LANES / 2; half > 0; half /= 2) {
            for (int i = at; i < at + half; i++) {
                lanes[i] += lanes[i + half];
            }
        }
        return lanes[at];
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
