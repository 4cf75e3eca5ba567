package org.lilgatsby.analysis;

import java.util.Optional;

/**
 * Where the L-infinity distance of a group is largest: the two rows, the component in which they differ most, and that
 * difference on three scales.
 *
 * @param tokenA the token with the smaller id
 * @param tokenB the other token
 * @param component the column
 * @param distance the difference there: the largest L-infinity distance, in the unit of the matrix
 * @param ulp the true ULP there, of the larger of the two values in magnitude, in the unit of the matrix; NaN if one is
 *     not finite
 * @param cells the cell distance there, in the lattice of the matrix's format
 */
public record LargestGap(int tokenA, int tokenB, int component, double distance, double ulp, long cells) {
    /**
     * The gap of the given tokens; empty if fewer than two distinct rows are among them. Of equal gaps the one with the
     * smaller tokens, then the smaller component; a difference that is NaN counts only if it is the first. In a column
     * the largest difference is that of its ends, so no pair need be looked at.
     */
    public static Optional<LargestGap> of(Matrix matrix, Tokens tokens) {
        return of(DistinctRows.of(matrix, tokens));
    }

    /** The gap of the tokens of these rows. */
    public static Optional<LargestGap> of(DistinctRows distinct) {
        Matrix matrix = distinct.matrix();
        int[] rows = distinct.rows().toArray();
        if (rows.length < 2) {
            return Optional.empty();
        }
        double first = difference(matrix.value(rows[0], 0), matrix.value(rows[1], 0));
        LargestGap largest = at(matrix, rows[0], rows[1], 0, first);
        for (int j = 0; j < matrix.columns() && !Double.isNaN(first); j++) {
            double[] column = new double[rows.length];
            for (int i = 0; i < rows.length; i++) {
                column[i] = matrix.value(rows[i], j);
            }
            largest = widest(matrix, rows, j, column, largest);
        }
        return Optional.of(largest);
    }

    /** The widest gap of a column, if it comes before a known one: wider, or as wide and of smaller tokens. */
    private static LargestGap widest(Matrix matrix, int[] rows, int j, double[] column, LargestGap known) {
        int from = 0; // the first row of the widest gap so far
        double widest = Double.NEGATIVE_INFINITY;
        double low = Double.NaN; // of the rows behind
        double high = Double.NaN;
        for (int i = rows.length - 1; i >= 0; i--) {
            double below = difference(column[i], low);
            double above = difference(column[i], high);
            double far = Double.isNaN(below) || above > below ? above : below;
            if (far >= widest) {
                widest = far;
                from = i;
            }
            if (!Double.isNaN(column[i])) {
                low = Double.isNaN(low) ? column[i] : Math.min(low, column[i]);
                high = Double.isNaN(high) ? column[i] : Math.max(high, column[i]);
            }
        }
        if (!(widest >= known.distance)) {
            return known;
        }
        int to = from + 1;
        while (difference(column[from], column[to]) != widest) {
            to++;
        }
        boolean before = widest > known.distance
                || rows[from] < known.tokenA
                || rows[from] == known.tokenA && rows[to] < known.tokenB;
        return before ? at(matrix, rows[from], rows[to], j, widest) : known;
    }

    private static double difference(double a, double b) {
        return Math.abs(a - b);
    }

    private static LargestGap at(Matrix matrix, int a, int b, int column, double distance) {
        long bitsA = matrix.bits(a, column);
        long bitsB = matrix.bits(b, column);
        FloatFormat format = matrix.format();
        double ulp = Double.isFinite(format.value(bitsA)) && Double.isFinite(format.value(bitsB))
                ? Math.max(format.ulp(bitsA), format.ulp(bitsB))
                : Double.NaN;
        return new LargestGap(a, b, column, distance, ulp, format.cells(bitsA, bitsB));
    }
}
