package org.lilgatsby.analysis;

import java.util.Arrays;
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
    /** The gap of the given tokens; empty if fewer than two distinct rows are among them. */
    public static Optional<LargestGap> of(Matrix matrix, Tokens tokens) {
        int[] rows = Census.of(matrix, tokens).representatives();
        Arrays.sort(rows);
        double[][] values = RowValues.of(matrix, rows).rows();
        LargestGap largest = null;
        for (int a = 0; a < rows.length; a++) {
            for (int b = a + 1; b < rows.length; b++) {
                for (int j = 0; j < matrix.columns(); j++) {
                    double distance = Math.abs(values[a][j] - values[b][j]);
                    if (largest == null || distance > largest.distance) {
                        largest = at(matrix, rows[a], rows[b], j, distance);
                    }
                }
            }
        }
        return Optional.ofNullable(largest);
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
