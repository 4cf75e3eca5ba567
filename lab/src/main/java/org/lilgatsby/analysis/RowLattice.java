package org.lilgatsby.analysis;

import java.util.Arrays;
import java.util.Optional;

/**
 * Rows as whole numbers: every component as its distance from the smallest of its column, in a unit that divides all of
 * them. Differences of components are exact, in whole numbers and in double. Columns in which all rows are equal are
 * left out, since they add nothing to a distance.
 *
 * @param rows number of rows
 * @param columns number of columns in which they differ
 * @param unit a power of 2, in the unit of the matrix
 * @param cells [rows, columns], from 0 to {@value #MOST}
 */
record RowLattice(int rows, int columns, double unit, int[] cells) {
    private static final int MOST = 1 << 30;

    /** Smaller units have no inverse. */
    private static final int SMALLEST_EXPONENT = -1000;

    private static final int FRACTION_BITS = 52;

    /**
     * Distinct rows; empty if one has a component that is not finite, if they need more than 30 bits, or if they differ
     * only in the signs of zeros.
     */
    static Optional<RowLattice> of(Matrix matrix, int[] rows) {
        Ends ends = new Ends(matrix, rows);
        if (!ends.finite) {
            return Optional.empty();
        }
        int[] columns = ends.different();
        if (columns.length == 0) {
            return Optional.empty();
        }
        int exponent = smallestBit(matrix, rows, columns);
        if (exponent < SMALLEST_EXPONENT) {
            return Optional.empty();
        }
        double perUnit = Math.scalb(1.0, -exponent);
        for (int column : columns) {
            if (!((ends.high[column] - ends.low[column]) * perUnit <= MOST)) {
                return Optional.empty();
            }
        }
        int[] cells = new int[Math.multiplyExact(rows.length, columns.length)];
        double[] row = new double[matrix.columns()];
        int at = 0;
        for (int token : rows) {
            matrix.copyRow(token, row, 0);
            for (int column : columns) {
                cells[at++] = (int) ((row[column] - ends.low[column]) * perUnit);
            }
        }
        return Optional.of(new RowLattice(rows.length, columns.length, Math.scalb(1.0, exponent), cells));
    }

    /** The exponent of the largest power of 2 that divides all components of these columns. */
    private static int smallestBit(Matrix matrix, int[] rows, int[] columns) {
        int smallest = Integer.MAX_VALUE;
        double[] row = new double[matrix.columns()];
        for (int token : rows) {
            matrix.copyRow(token, row, 0);
            for (int column : columns) {
                long bits = Double.doubleToRawLongBits(row[column]) & Long.MAX_VALUE;
                int exponent = (int) (bits >>> FRACTION_BITS);
                long fraction = bits & (1L << FRACTION_BITS) - 1 | (exponent == 0 ? 0 : 1L << FRACTION_BITS);
                if (fraction != 0) {
                    int last = Math.max(exponent, 1) + Long.numberOfTrailingZeros(fraction);
                    smallest = Math.min(smallest, last + Double.MIN_EXPONENT - 1 - FRACTION_BITS);
                }
            }
        }
        return smallest;
    }

    /** The smallest and largest components of each column. */
    private static final class Ends {
        private final double[] low;
        private final double[] high;
        private boolean finite = true;

        Ends(Matrix matrix, int[] rows) {
            low = new double[matrix.columns()];
            high = new double[low.length];
            Arrays.fill(low, Double.POSITIVE_INFINITY);
            Arrays.fill(high, Double.NEGATIVE_INFINITY);
            double[] row = new double[low.length];
            for (int token : rows) {
                matrix.copyRow(token, row, 0);
                for (int j = 0; j < row.length; j++) {
                    low[j] = Math.min(low[j], row[j]);
                    high[j] = Math.max(high[j], row[j]);
                }
            }
            for (int j = 0; j < low.length; j++) {
                finite &= Double.isFinite(low[j]) && Double.isFinite(high[j]);
            }
        }

        int[] different() {
            int[] columns = new int[low.length];
            int count = 0;
            for (int j = 0; j < low.length; j++) {
                if (low[j] != high[j]) {
                    columns[count++] = j;
                }
            }
            return Arrays.copyOf(columns, count);
        }
    }
}
