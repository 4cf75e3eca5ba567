package org.lilgatsby.analysis;

/**
 * Makes the arrays of an object, or only counts their bytes, so the allocating code itself counts what it needs. When
 * it only counts, every array has at most one element and the object cannot be used otherwise.
 */
final class ArrayMaker {
    private static final int HEADER = 16;
    private static final int REFERENCE = 8;

    private final boolean counts;
    private long bytes;

    private ArrayMaker(boolean counts) {
        this.counts = counts;
    }

    /** One that makes arrays. */
    static ArrayMaker making() {
        return new ArrayMaker(false);
    }

    /** One that only counts. */
    static ArrayMaker counting() {
        return new ArrayMaker(true);
    }

    /** Bytes of all arrays so far. */
    long bytes() {
        return bytes;
    }

    /** An array of doubles. */
    double[] doubles(int length) {
        return new double[room(length, Double.BYTES)];
    }

    /** Arrays of doubles. */
    double[][] doubles(int arrays, int length) {
        count(arrays, REFERENCE);
        double[][] all = new double[arrays][];
        for (int i = 0; i < arrays; i++) {
            all[i] = doubles(length);
        }
        return all;
    }

    /** An array of whole numbers. */
    int[] ints(int length) {
        return new int[room(length, Integer.BYTES)];
    }

    /** Arrays of whole numbers. */
    int[][] ints(int arrays, int length) {
        count(arrays, REFERENCE);
        int[][] all = new int[arrays][];
        for (int i = 0; i < arrays; i++) {
            all[i] = ints(length);
        }
        return all;
    }

    private int room(int length, int elementBytes) {
        count(length, elementBytes);
        return counts ? Math.min(1, length) : length;
    }

    private void count(int length, int elementBytes) {
        bytes += HEADER + (long) length * elementBytes;
    }
}
