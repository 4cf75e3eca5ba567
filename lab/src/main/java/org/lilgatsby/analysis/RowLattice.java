package org.lilgatsby.analysis;

import java.util.Optional;
import java.util.stream.IntStream;

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

    /**
     * Distinct rows; empty if one has a component that is not finite, if they need more than 30 bits, or if they differ
     * only in the signs of zeros.
     */
    static Optional<RowLattice> of(Matrix matrix, Tokens rows) {
        ColumnBounds bounds = ColumnBounds.of(matrix, rows);
        int[] columns = IntStream.range(0, matrix.columns())
                .filter(j -> bounds.low()[j] != bounds.high()[j])
                .toArray();
        int exponent = IntStream.of(columns).map(j -> bounds.lastBit()[j]).min().orElse(Integer.MIN_VALUE);
        if (!bounds.areFinite() || exponent < SMALLEST_EXPONENT) {
            return Optional.empty();
        }
        double perUnit = Math.scalb(1.0, -exponent);
        for (int column : columns) {
            if (!((bounds.high()[column] - bounds.low()[column]) * perUnit <= MOST)) {
                return Optional.empty();
            }
        }
        int[] cells = new int[Math.multiplyExact(rows.size(), columns.length)];
        double[] row = new double[matrix.columns()];
        int at = 0;
        for (int i = 0; i < rows.size(); i++) {
            matrix.copyRow(rows.id(i), row, 0);
            for (int column : columns) {
                cells[at++] = (int) ((row[column] - bounds.low()[column]) * perUnit);
            }
        }
        return Optional.of(new RowLattice(rows.size(), columns.length, Math.scalb(1.0, exponent), cells));
    }
}
