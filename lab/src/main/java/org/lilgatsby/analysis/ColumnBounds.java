package org.lilgatsby.analysis;

import java.util.Arrays;

/**
 * What bounds the components of each column.
 *
 * @param low the smallest; NaN if one is NaN
 * @param high the largest; NaN if one is NaN
 * @param lastBit the exponent of the largest power of 2 that divides all; {@link Integer#MAX_VALUE} if all are 0, and
 *     unspecified if one is not finite
 */
record ColumnBounds(double[] low, double[] high, int[] lastBit) {
    private static final int FRACTION_BITS = 52;

    /** Bits of a whole number in double. */
    private static final int DIGITS = FRACTION_BITS + 1;

    /** The bounds of the given rows. */
    static ColumnBounds of(Matrix matrix, Tokens rows) {
        double[] low = new double[matrix.columns()];
        double[] high = new double[low.length];
        int[] lastBit = new int[low.length];
        Arrays.fill(low, Double.POSITIVE_INFINITY);
        Arrays.fill(high, Double.NEGATIVE_INFINITY);
        Arrays.fill(lastBit, Integer.MAX_VALUE);
        double[] row = new double[low.length];
        for (int i = 0; i < rows.size(); i++) {
            matrix.copyRow(rows.id(i), row, 0);
            for (int j = 0; j < row.length; j++) {
                low[j] = Math.min(low[j], row[j]);
                high[j] = Math.max(high[j], row[j]);
                lastBit[j] = Math.min(lastBit[j], lastBit(row[j]));
            }
        }
        return new ColumnBounds(low, high, lastBit);
    }

    static ColumnBounds of(DistinctRows rows) {
        return of(rows.matrix(), rows.rows());
    }

    /** The exponent of the largest power of 2 that divides a finite number; the largest integer for 0. */
    private static int lastBit(double value) {
        long bits = Double.doubleToRawLongBits(value) & Long.MAX_VALUE;
        int exponent = (int) (bits >>> FRACTION_BITS);
        long fraction = bits & (1L << FRACTION_BITS) - 1 | (exponent == 0 ? 0 : 1L << FRACTION_BITS);
        int zeros = Long.numberOfTrailingZeros(fraction);
        return fraction == 0
                ? Integer.MAX_VALUE
                : Math.max(exponent, 1) + zeros + Double.MIN_EXPONENT - 1 - FRACTION_BITS;
    }

    /** Whether all components are finite. */
    boolean areFinite() {
        for (int j = 0; j < low.length; j++) {
            if (!Double.isFinite(low[j]) || !Double.isFinite(high[j])) {
                return false;
            }
        }
        return true;
    }

    /**
     * Whether in each column any sum of {@code n} of its components is exact in double, in whatever order they are
     * added.
     */
    boolean areSumsExact(int n) {
        if (!areFinite()) {
            return false;
        }
        for (int j = 0; j < low.length; j++) {
            double largest = Math.max(Math.abs(low[j]), Math.abs(high[j]));
            if (largest > 0 && !(n * largest < Math.scalb(1.0, lastBit[j] + DIGITS))) {
                return false;
            }
        }
        return true;
    }
}
