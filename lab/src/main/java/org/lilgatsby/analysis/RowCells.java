package org.lilgatsby.analysis;

import java.lang.foreign.MemorySegment;

/**
 * Cell distances (L-infinity on the lattice) from one row of a matrix to others, given up as soon as a limit is
 * passed. Not for use by several threads.
 */
final class RowCells {
    /** Components compared one by one before a row is copied: nearly all rows differ in these. */
    private static final int PREFIX = 12;

    /** Components compared before the limit is looked at. */
    private static final int BLOCK = 256;

    private final Matrix matrix;
    private final Format format;
    private final int columns;
    private final int limit;
    private final long[] wide; // indices of the row that is measured from, where 32 bits do not hold them
    private final int[] narrow; // the same, where they do
    private final short[] other;
    private int row = -1;
    private boolean loaded;

    RowCells(Matrix matrix, int limit) {
        this.matrix = matrix;
        this.limit = limit;
        format = matrix.format();
        columns = matrix.columns();
        boolean sixteenBits = format.bytes() == Short.BYTES;
        wide = new long[sixteenBits ? 0 : columns];
        narrow = new int[sixteenBits ? columns : 0];
        other = new short[sixteenBits ? columns : 0];
    }

    /** Sets the row that is measured from. */
    void from(int newRow) {
        row = newRow;
        loaded = false;
    }

    /**
     * The distance to another row.
     *
     * @param firstColumn where to begin to look for a difference; any column
     * @return cells, or -1 if it exceeds the limit
     */
    int to(int otherRow, int firstColumn) {
        int probed = Math.min(PREFIX, columns);
        int column = firstColumn;
        for (int i = 0; i < probed; i++) {
            if (format.cells(matrix.bits(row, column), matrix.bits(otherRow, column)) > limit) {
                return -1;
            }
            column = column + 1 == columns ? 0 : column + 1;
        }
        load();
        return format.bytes() == Short.BYTES ? narrowTo(otherRow) : wideTo(otherRow);
    }

    private void load() {
        if (!loaded) {
            for (int j = 0; j < columns; j++) {
                long index = format.orderedIndex(matrix.bits(row, j));
                if (wide.length > 0) {
                    wide[j] = index;
                } else {
                    narrow[j] = (int) index;
                }
            }
            loaded = true;
        }
    }

    private int narrowTo(int otherRow) {
        MemorySegment.copy(matrix.row(otherRow), Matrix.SHORT, 0, other, 0, columns);
        int furthest = 0;
        for (int from = 0; from < columns && furthest <= limit; from += BLOCK) {
            furthest = Math.max(furthest, furthest(narrow, other, from, Math.min(from + BLOCK, columns)));
        }
        return furthest <= limit ? furthest : -1;
    }

    /** Largest distance in [from, to); the loop has no branch, so that the compiler makes vectors of it. */
    private static int furthest(int[] indices, short[] bits, int from, int to) {
        int furthest = 0;
        for (int j = from; j < to; j++) {
            int sign = bits[j] >> 31;
            int index = ((bits[j] & 0x7FFF) ^ sign) - sign;
            furthest = Math.max(furthest, Math.abs(indices[j] - index));
        }
        return furthest;
    }

    private int wideTo(int otherRow) {
        long furthest = 0;
        for (int j = 0; j < columns; j++) {
            long index = format.orderedIndex(matrix.bits(otherRow, j));
            long distance = Math.max(wide[j], index) - Math.min(wide[j], index);
            if (distance > limit || distance < 0) { // below zero: beyond 2^63
                return -1;
            }
            furthest = Math.max(furthest, distance);
        }
        return (int) furthest;
    }
}
