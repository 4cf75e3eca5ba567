package org.lilgatsby.kernel;

import static org.lilgatsby.kernel.PackedMatrix.PANEL;
import static org.lilgatsby.kernel.VectorWidth.FLOATS;
import static org.lilgatsby.kernel.VectorWidth.LENGTH;

import jdk.incubator.vector.FloatVector;
import org.lilgatsby.bf16.Bf16;

/** Packing and the dense products of the linear layers. */
final class VectorMatmul {
    private VectorMatmul() {}

    static void pack(PackedMatrix b, float[] w, int at, int ld, boolean transposed, boolean rounded) {
        for (int j = 0; j < b.columns(); j += PANEL) {
            int columns = Math.min(PANEL, b.columns() - j);
            if (transposed) {
                packTransposed(b.values(), b.at(0, j), w, at + j * ld, ld, b.rows(), columns);
            } else {
                packRows(b.values(), b.at(0, j), w, at + j, ld, b.rows(), columns);
            }
            if (rounded) {
                VectorElementwise.round(b.values(), b.at(0, j), b.rows() * PANEL);
            }
        }
    }

    /** One panel of a matrix stored as it is multiplied: panel[k][c] = w[k][c]. */
    static void packRows(float[] panel, int panelAt, float[] w, int at, int ld, int rows, int columns) {
        for (int k = 0; k < rows; k++) {
            System.arraycopy(w, at + k * ld, panel, panelAt + k * PANEL, columns);
        }
    }

    /** One panel of a matrix stored transposed: panel[k][c] = w[c][k]. */
    static void packTransposed(float[] panel, int panelAt, float[] w, int at, int ld, int rows, int columns) {
        for (int c = 0; c < columns; c++) {
            for (int k = 0; k < rows; k++) {
                panel[panelAt + k * PANEL + c] = w[at + c * ld + k];
            }
        }
    }

    static void multiply(
            float[] out, int outAt, int outLd, float[] residual,
            float[] a, int aAt, int aLd, PackedMatrix b, float[] bias, int biasAt, int rows, boolean rounded) {
        for (int j = 0; j < b.columns(); j += PANEL) {
            int columns = Math.min(PANEL, b.columns() - j);
            for (int i = 0; i < rows; i += VectorTile.ROWS) {
                int tile = Math.min(VectorTile.ROWS, rows - i);
                int o = outAt + i * outLd + j;
                VectorTile.rowsByPanel(
                        out, o, outLd, bias, biasAt + j, 0, a, aAt + i * aLd, aLd, b.values(), b.at(0, j), b.rows(), tile, columns);
                if (residual != null) {
                    addResidual(out, o, outLd, residual, tile, columns, rounded);
                } else if (rounded) {
                    round(out, o, outLd, tile, columns);
                }
            }
        }
    }

    private static void round(float[] out, int outAt, int outLd, int rows, int columns) {
        for (int r = 0; r < rows; r++) {
            VectorElementwise.round(out, outAt + r * outLd, columns);
        }
    }

    private static void addResidual(
            float[] out, int outAt, int outLd, float[] residual, int rows, int columns, boolean rounded) {
        for (int r = 0; r < rows; r++) {
            int at = outAt + r * outLd;
            int end = at + columns;
            for (; at <= end - LENGTH; at += LENGTH) {
                FloatVector product = FloatVector.fromArray(FLOATS, out, at);
                FloatVector around = FloatVector.fromArray(FLOATS, residual, at);
                if (rounded) {
                    VectorMath.round(around.add(VectorMath.round(product))).intoArray(out, at);
                } else {
                    around.add(product).intoArray(out, at);
                }
            }
            for (; at < end; at++) {
                out[at] = rounded ? Bf16.round(residual[at] + Bf16.round(out[at])) : residual[at] + out[at];
            }
        }
    }

    static void columnSums(
            float[] db, int dbAt, float[] dy, int dyAt, int dyLd, int positions, int from, int to, boolean accumulate) {
        int j = from;
        for (; j <= to - LENGTH; j += LENGTH) {
            FloatVector sum = accumulate ? FloatVector.fromArray(FLOATS, db, dbAt + j) : FloatVector.zero(FLOATS);
            for (int t = 0; t < positions; t++) {
                sum = sum.add(FloatVector.fromArray(FLOATS, dy, dyAt + t * dyLd + j));
            }
            sum.intoArray(db, dbAt + j);
        }
        for (; j < to; j++) {
            float sum = accumulate ? db[dbAt + j] : 0f;
            for (int t = 0; t < positions; t++) {
                sum += dy[dyAt + t * dyLd + j];
            }
            db[dbAt + j] = sum;
        }
    }
}
