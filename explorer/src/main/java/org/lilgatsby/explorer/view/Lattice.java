package org.lilgatsby.explorer.view;

import java.util.List;
import java.util.stream.IntStream;
import org.lilgatsby.analysis.CellDistances;
import org.lilgatsby.analysis.Census;
import org.lilgatsby.analysis.FloatFormat;
import org.lilgatsby.analysis.Matrix;
import org.lilgatsby.analysis.Tokens;

/**
 * The distinct rows of a group on the lattice of their format.
 *
 * @param medoid the token whose row has the smallest sum of distances in cells to those of all tokens shown
 * @param rows the distinct rows, the most common first
 * @param cells for each row and component, how many cells it is above the medoid
 * @param distances L-infinity distance of each pair of rows, in cells
 * @param left distinct rows that are not shown, since there are too many
 */
public record Lattice(int step, Integer medoid, List<Row> rows, long[][] cells, long[][] distances, int left) {
    /** Rows whose distances fit on a screen. */
    private static final int MOST = 400;

    /** A distinct row, by the smallest of its tokens. */
    public record Row(int id, int size) {}

    /** The lattice of the given tokens' rows. */
    public static Lattice of(int step, Matrix matrix, Tokens tokens) {
        Census census = Census.of(matrix, tokens);
        int shown = Math.min(MOST, census.distinct());
        int[] ids = IntStream.of(census.representatives()).limit(shown).toArray();
        int[] sizes = IntStream.of(census.populations()).limit(shown).toArray();
        long[][] distances = CellDistances.of(matrix, ids).cells();
        int medoid = medoid(distances, sizes);
        List<Row> rows = IntStream.range(0, shown)
                .mapToObj(i -> new Row(ids[i], sizes[i]))
                .toList();
        long[][] cells =
                IntStream.of(ids).mapToObj(id -> above(matrix, ids[medoid], id)).toArray(long[][]::new);
        return new Lattice(step, shown == 0 ? null : ids[medoid], rows, cells, distances, census.distinct() - shown);
    }

    private static int medoid(long[][] distances, int[] sizes) {
        int best = 0;
        double least = Double.POSITIVE_INFINITY;
        for (int i = 0; i < distances.length; i++) {
            double sum = 0;
            for (int j = 0; j < distances.length; j++) {
                sum += (double) sizes[j] * distances[i][j];
            }
            if (sum < least) {
                least = sum;
                best = i;
            }
        }
        return best;
    }

    private static long[] above(Matrix matrix, int medoid, int row) {
        FloatFormat format = matrix.format();
        return IntStream.range(0, matrix.columns())
                .mapToLong(j -> format.orderedIndex(matrix.bits(row, j)) - format.orderedIndex(matrix.bits(medoid, j)))
                .toArray();
    }
}
