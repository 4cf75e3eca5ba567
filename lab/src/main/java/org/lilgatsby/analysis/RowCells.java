package org.lilgatsby.analysis;

import java.lang.foreign.MemorySegment;
import org.lilgatsby.kernel.AnalysisKernels;

/**
 * Cell distances (L-infinity on the lattice) between some rows of a matrix; a comparison stops as soon as it exceeds a
 * limit. Rows compared in all their components are cached as indices. Not thread-safe.
 */
final class RowCells {
    /** Components compared one by one at first: nearly all pairs differ in these. */
    private static final int PREFIX = 12;

    /** Components compared before the limit is looked at again. */
    private static final int BLOCK = 512;

    private final Matrix matrix;
    private final AnalysisKernels kernels;
    private final FloatFormat format;
    private final int columns;
    private final int[] rows;
    private final int limit;
    private final short[][] indices; // of rows in a 16-bit format, where needed

    /**
     * Distances between the given rows.
     *
     * @param limit in cells, below 32767
     */
    RowCells(Matrix matrix, AnalysisKernels kernels, int[] rows, int limit) {
        this.matrix = matrix;
        this.kernels = kernels;
        this.rows = rows;
        this.limit = limit;
        format = matrix.format();
        columns = matrix.columns();
        indices = new short[rows.length][];
    }

    /**
     * The distance between two of the rows, given by their places.
     *
     * @param firstColumn where to begin to look for a difference; any column
     * @return cells, or -1 if it exceeds the limit
     */
    int between(int a, int b, int firstColumn) {
        boolean seen = indices[a] != null && indices[b] != null;
        if (!seen && differ(rows[a], rows[b], firstColumn)) {
            return -1;
        }
        return format.bytes() == Short.BYTES ? narrow(indices(a), indices(b)) : wide(rows[a], rows[b]);
    }

    private boolean differ(int a, int b, int firstColumn) {
        int column = firstColumn;
        for (int i = Math.min(PREFIX, columns); i > 0; i--) {
            if (format.cells(matrix.bits(a, column), matrix.bits(b, column)) > limit) {
                return true;
            }
            column = column + 1 == columns ? 0 : column + 1;
        }
        return false;
    }

    private short[] indices(int place) {
        if (indices[place] == null) {
            short[] row = new short[columns];
            MemorySegment.copy(matrix.row(rows[place]), Matrix.SHORT, 0, row, 0, columns);
            for (int j = 0; j < columns; j++) {
                int sign = row[j] >> 15; // like FloatFormat.orderedIndex, but vectorized by the compiler
                row[j] = (short) ((row[j] & 0x7FFF ^ sign) - sign);
            }
            indices[place] = row;
        }
        return indices[place];
    }

    private int narrow(short[] a, short[] b) {
        int furthest = 0;
        for (int from = 0; from < columns && furthest <= limit; from += BLOCK) {
            furthest = Math.max(furthest, kernels.furthest(a, from, b, from, Math.min(BLOCK, columns - from)));
        }
        return furthest <= limit ? furthest : -1;
    }

    private int wide(int a, int b) {
        long furthest = 0;
        for (int j = 0; j < columns && furthest <= limit; j++) {
            furthest = Math.max(furthest, format.cells(matrix.bits(a, j), matrix.bits(b, j)));
        }
        return furthest <= limit ? (int) furthest : -1;
    }
}
