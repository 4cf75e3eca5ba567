package org.lilgatsby.kernel;

/**
 * How far each row of a bfloat16 matrix moved from its earlier to its later state, on three scales: values, ULP of the
 * earlier component, and cells of the lattice. Filled by {@link AnalysisKernels}; the arrays are live, one element per
 * row, and reused, so that a step allocates nothing.
 */
public final class RowMoves {
    /**
     * A sum of squares, of values or of ULP, is safe in float up to this bound, and one of values down to its inverse:
     * what underflows is then too small to matter, and nothing overflows.
     */
    public static final float LARGEST_SQUARES = 0x1p100f;

    private final double[][] figures;

    /** Room for a number of rows. */
    public RowMoves(int rows) {
        figures = new double[Figure.values().length][rows];
    }

    /** What is measured for a row. */
    public enum Figure {
        /** L2 norm of the difference of the values; NaN if the row's sums are not safe in float. */
        L2,
        /** L-infinity norm of the difference of the values. */
        L_INFINITY,
        /** Sum over the components of |difference| / ULP of the earlier component. */
        ULP_L1,
        /** L2 norm of the differences in ULP. */
        ULP_L2,
        /** Largest difference in ULP. */
        ULP_L_INFINITY,
        /** Sum over the components of the cell distance, the difference of their ordered indices. */
        CELLS_L1,
        /** Sum of the squared cell distances; exact up to 2^24. */
        CELL_SQUARES,
        /** Largest cell distance. */
        CELLS_L_INFINITY
    }

    /** A figure of every row. */
    public double[] of(Figure figure) {
        return figures[figure.ordinal()];
    }
}
