package org.lilgatsby.analysis;

import java.util.Arrays;

/**
 * Sizes of at least 0, in ascending order; a NaN is the largest. Zeros are counted, not stored. Reused from step to
 * step.
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

    /** Takes the given sizes in a range of places, and zeros for all others. */
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

    /** Takes the union of two others. */
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

    /** Number of sizes. */
    int size() {
        return size;
    }

    /** Number of zeros. */
    int zeros() {
        return zeros;
    }

    /** The size at a rank, from 0. */
    double at(int rank) {
        return rank < zeros ? 0 : moved[rank - zeros];
    }

    /** The sum of the sizes, in ascending order. */
    double sum() {
        double sum = 0;
        for (int i = 0; i < size - zeros; i++) {
            sum += moved[i];
        }
        return sum;
    }

    /** Number of different sizes. */
    int distinct() {
        int distinct = zeros > 0 ? 1 : 0;
        for (int i = 0; i < size - zeros; i++) {
            distinct += i == 0 || moved[i] != moved[i - 1] ? 1 : 0;
        }
        return distinct;
    }
}
