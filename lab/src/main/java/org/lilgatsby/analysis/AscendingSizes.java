package org.lilgatsby.analysis;

import java.util.Arrays;

/**
 * Sizes, from 0 on, in ascending order; a NaN is the largest. Zeros are counted, not stored. Reused from step to step.
 */
final class AscendingSizes {
    private final int size;
    private final double[] moved;
    private int zeros;

    /** Room for a number of sizes. */
    AscendingSizes(int size) {
        this.size = size;
        moved = new double[size];
        zeros = size;
    }

    /** Takes those from one place to another of the given ones, and zeros for all others. */
    void sort(double[] sizes, int from, int to) {
        int n = 0;
        for (int i = from; i < to; i++) {
            if (sizes[i] != 0) {
                moved[n++] = sizes[i];
            }
        }
        Arrays.sort(moved, 0, n);
        zeros = size - n;
    }

    /** Takes those of two others together. */
    void merge(AscendingSizes a, AscendingSizes b) {
        int ofA = a.size - a.zeros;
        int ofB = b.size - b.zeros;
        int i = 0;
        int j = 0;
        while (i + j < ofA + ofB) {
            boolean fromA = j == ofB || i < ofA && (a.moved[i] <= b.moved[j] || Double.isNaN(b.moved[j]));
            moved[i + j] = fromA ? a.moved[i++] : b.moved[j++];
        }
        zeros = size - ofA - ofB;
    }

    /** How many sizes there are. */
    int size() {
        return size;
    }

    /** How many of them are zero. */
    int zeros() {
        return zeros;
    }

    /** The size that {@code rank} others precede. */
    double at(int rank) {
        return rank < zeros ? 0 : moved[rank - zeros];
    }

    /** Their sum, in ascending order. */
    double sum() {
        double sum = 0;
        for (int i = 0; i < size - zeros; i++) {
            sum += moved[i];
        }
        return sum;
    }

    /** How many different ones there are. */
    int distinct() {
        int distinct = zeros > 0 ? 1 : 0;
        for (int i = 0; i < size - zeros; i++) {
            distinct += i == 0 || moved[i] != moved[i - 1] ? 1 : 0;
        }
        return distinct;
    }
}
