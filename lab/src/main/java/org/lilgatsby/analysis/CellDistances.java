package org.lilgatsby.analysis;

import java.util.stream.IntStream;

/**
 * All distances between some rows, in cells of the lattice (L-infinity).
 *
 * @param tokens the rows, in the order of the table
 * @param cells by both places, 0 on the diagonal; at most {@link Long#MAX_VALUE}
 */
public record CellDistances(int[] tokens, long[][] cells) {
    /** The distances between the largest black holes of a census of the matrix, at most {@code most} of them. */
    public static CellDistances ofBlackHoles(Matrix matrix, Census census, int most) {
        return of(
                matrix,
                census.blackHoles().stream()
                        .limit(most)
                        .mapToInt(BlackHole::representative)
                        .toArray());
    }

    /**
     * The distances between the given tokens' rows.
     *
     * @throws IndexOutOfBoundsException if a token is not a row of the matrix
     */
    public static CellDistances of(Matrix matrix, int... tokens) {
        long[][] cells = new long[tokens.length][tokens.length];
        for (int a = 0; a < tokens.length; a++) {
            for (int b = a + 1; b < tokens.length; b++) {
                cells[a][b] = between(matrix, tokens[a], tokens[b]);
                cells[b][a] = cells[a][b];
            }
        }
        return new CellDistances(tokens.clone(), cells);
    }

    /** The largest distance; 0 for fewer than two rows. */
    public long furthest() {
        return IntStream.range(0, cells.length)
                .mapToLong(a -> IntStream.range(0, cells.length)
                        .mapToLong(b -> cells[a][b])
                        .max()
                        .orElse(0))
                .max()
                .orElse(0);
    }

    private static long between(Matrix matrix, int a, int b) {
        long furthest = 0;
        for (int j = 0; j < matrix.columns(); j++) {
            furthest = Math.max(furthest, matrix.format().cells(matrix.bits(a, j), matrix.bits(b, j)));
        }
        return furthest;
    }
}
