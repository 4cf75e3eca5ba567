package org.lilgatsby.kernel;

/**
 * A matrix of {@code rows} x {@code columns} in the layout that the matrix products of one implementation read: panels
 * of a fixed number of columns, each stored row after row, the last padded with zeros, from
 * {@link CacheLine#ALIGNED_OFFSET} on. See {@link Kernels#packed}.
 */
public sealed class PackedMatrix permits PairedMatrix {
    private final int rows;
    private final int columns;
    private final int panel;
    private final float[] values;

    /** @param panel columns of a panel; public for kernels of another class loader, see {@link WidthLoader} */
    public PackedMatrix(int rows, int columns, int panel) {
        this.rows = rows;
        this.columns = columns;
        this.panel = panel;
        this.values = CacheLine.floats(Math.multiplyExact(rows, whole(columns, panel)));
    }

    /** Bytes of the panels of such a matrix. */
    public static long bytes(int rows, int columns, int panel) {
        return CacheLine.bytes((long) rows * whole(columns, panel));
    }

    private static int whole(int columns, int panel) {
        return Math.ceilDiv(columns, panel) * panel;
    }

    /** Rows, the length of the sum of a product. */
    public int rows() {
        return rows;
    }

    /** Columns of a product. */
    public int columns() {
        return columns;
    }

    /** The panels, live: kernels write and read them. */
    public float[] values() {
        return values;
    }

    /** Index in {@link #values} of row k, column j. */
    public int at(int k, int j) {
        return CacheLine.ALIGNED_OFFSET + (j / panel * rows + k) * panel + j % panel;
    }
}
