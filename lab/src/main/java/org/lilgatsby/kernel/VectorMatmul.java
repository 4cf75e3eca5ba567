package org.lilgatsby.kernel;

import static org.lilgatsby.kernel.PackedMatrix.PANEL;
import static org.lilgatsby.kernel.VectorWidth.FLOATS;
import static org.lilgatsby.kernel.VectorWidth.LENGTH;

import jdk.incubator.vector.FloatVector;

/** The dense products of the linear layers, and packing for them. */
final class VectorMatmul {
    private static final ScalarKernels SCALAR = new ScalarKernels();

    private VectorMatmul() {}

    static void pack(PackedMatrix b, float[] w, int at, int ld, boolean transposed, boolean rounded) {
        for (int j = 0; j < b.columns(); j += PANEL) {
            int columns = Math.min(PANEL, b.columns() - j);
            if (transposed) {
                VectorTranspose.pack(b.values(), b.at(0, j), w, at + j * ld, ld, b.rows(), columns);
            } else {
                packRows(b.values(), b.at(0, j), w, at + j, ld, b.rows(), columns);
            }
        }
        if (rounded) {
            VectorMath.round(b.values(), 0, b.values().length);
        }
    }

    /** One panel of a matrix stored as it is multiplied: panel[k][c] = w[k][c]. */
    static void packRows(float[] panel, int panelAt, float[] w, int at, int ld, int rows, int columns) {
        for (int k = 0; k < rows; k++) {
            int from = at + k * ld;
            int to = panelAt + k * PANEL;
            int c = 0;
            for (; c <= columns - LENGTH; c += LENGTH) {
                FloatVector.fromArray(FLOATS, w, from + c).intoArray(panel, to + c);
            }
            for (; c < columns; c++) {
                panel[to + c] = w[from + c];
            }
        }
    }

    static void multiply(
            float[] out, int outAt, int outLd, float[] residual,
            float[] a, int aAt, int aLd, PackedMatrix b, float[] bias, int biasAt, int rows, boolean rounded) {
        for (int j = 0; j < b.columns(); j += PANEL) {
            int columns = Math.min(PANEL, b.columns() - j);
            int tile;
            for (int i = 0; i < rows; i += tile) {
                tile = VectorTile.rows(rows - i);
                int o = outAt + i * outLd + j;
                VectorTile.product(
                        out, o, outLd, bias, biasAt + j, 0,
                        a, aAt + i * aLd, aLd, b.values(), b.at(0, j), b.rows(), tile, 0, columns);
                if (rounded) {
                    VectorMath.round(out, o, outLd, tile, columns);
                }
                if (residual != null) {
                    addRows(out, residual, o, outLd, tile, columns);
                    if (rounded) {
                        VectorMath.round(out, o, outLd, tile, columns);
                    }
                }
            }
        }
    }

    private static void addRows(float[] out, float[] residual, int at, int ld, int rows, int columns) {
        for (int r = 0; r < rows; r++) {
            VectorElementwise.add(out, at + r * ld, residual, at + r * ld, columns, true);
        }
    }

    /** Both factors go through panels in scratch memory, unless they lie as panels already. */
    static void weightGradient(
            float[] dw, int dwAt, int dwLd, float[] x, int xAt, int xLd, float[] dy, int dyAt, int dyLd,
            int positions, int from, int to, int columns, boolean accumulate) {
        int panel = positions * PANEL;
        float[] scratch = VectorScratch.atLeast((1 + Math.ceilDiv(columns, PANEL)) * panel);
        boolean dyIsPanel = dyLd == PANEL && columns == PANEL;
        if (!dyIsPanel) {
            for (int j = 0; j < columns; j += PANEL) {
                packRows(scratch, panel + j * positions, dy, dyAt + j, dyLd, positions, Math.min(PANEL, columns - j));
            }
        }
        for (int i = from; i < to; i += PANEL) {
            int rows = Math.min(PANEL, to - i);
            boolean xIsPanel = xLd == PANEL && rows == PANEL;
            if (!xIsPanel) {
                packRows(scratch, 0, x, xAt + i, xLd, positions, rows);
            }
            for (int j = 0; j < columns; j += PANEL) {
                int tile;
                for (int r = 0; r < rows; r += tile) {
                    tile = VectorTransposedTile.rows(rows - r);
                    VectorTransposedTile.product(
                            dw, dwAt + (i + r) * dwLd + j, dwLd, accumulate ? dw : null,
                            xIsPanel ? x : scratch, xIsPanel ? xAt + i + r : r,
                            dyIsPanel ? dy : scratch, dyIsPanel ? dyAt : panel + j * positions,
                            positions, tile, Math.min(PANEL, columns - j));
                }
            }
        }
    }

    /** Four vectors of columns at a time, since each addition waits for the one before. */
    static void columnSums(
            float[] db, int dbAt, float[] dy, int dyAt, int dyLd, int positions, int from, int to, boolean accumulate) {
        FloatVector zero = FloatVector.zero(FLOATS);
        int j = from;
        for (; j <= to - 4 * LENGTH; j += 4 * LENGTH) {
            FloatVector s0 = accumulate ? FloatVector.fromArray(FLOATS, db, dbAt + j) : zero;
            FloatVector s1 = accumulate ? FloatVector.fromArray(FLOATS, db, dbAt + j + LENGTH) : zero;
            FloatVector s2 = accumulate ? FloatVector.fromArray(FLOATS, db, dbAt + j + 2 * LENGTH) : zero;
            FloatVector s3 = accumulate ? FloatVector.fromArray(FLOATS, db, dbAt + j + 3 * LENGTH) : zero;
            for (int t = 0; t < positions; t++) {
                int row = dyAt + t * dyLd + j;
                s0 = s0.add(FloatVector.fromArray(FLOATS, dy, row));
                s1 = s1.add(FloatVector.fromArray(FLOATS, dy, row + LENGTH));
                s2 = s2.add(FloatVector.fromArray(FLOATS, dy, row + 2 * LENGTH));
                s3 = s3.add(FloatVector.fromArray(FLOATS, dy, row + 3 * LENGTH));
            }
            s0.intoArray(db, dbAt + j);
            s1.intoArray(db, dbAt + j + LENGTH);
            s2.intoArray(db, dbAt + j + 2 * LENGTH);
            s3.intoArray(db, dbAt + j + 3 * LENGTH);
        }
        for (; j <= to - LENGTH; j += LENGTH) {
            FloatVector sum = accumulate ? FloatVector.fromArray(FLOATS, db, dbAt + j) : zero;
            for (int t = 0; t < positions; t++) {
                sum = sum.add(FloatVector.fromArray(FLOATS, dy, dyAt + t * dyLd + j));
            }
            sum.intoArray(db, dbAt + j);
        }
        SCALAR.columnSums(db, dbAt, dy, dyAt, dyLd, positions, j, to, accumulate);
    }
}
