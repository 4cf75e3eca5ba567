package org.lilgatsby.kernel;

/**
 * A matrix of {@code rows} x {@code columns} in the layout that matrix products read: panels of
 * {@link #PANEL} columns, each stored row after row, the last one filled up with zeros. The layout is
 * the same at every vector width.
 */
public final class PackedMatrix {
    /** Columns of a panel: four 512-bit vectors. */
    public static final int PANEL = 64;

    private final int rows;
    private final int columns;
    private final float[] values;

    /** Room for a matrix; its content is set by {@link Kernels#pack}. */
    public PackedMatrix(int rows, int columns) {
        this.rows = rows;
        this.columns = columns;
        this.values = new float[Math.multiplyExact(rows, Math.ceilDiv(columns, PANEL) * PANEL)];
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
        return (j / PANEL * rows + k) * PANEL + j % PANEL;
    }
}
