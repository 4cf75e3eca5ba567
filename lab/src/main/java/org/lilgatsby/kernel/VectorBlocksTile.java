package org.lilgatsby.kernel;

import static org.lilgatsby.kernel.PackedMatrix.PANEL;
import static org.lilgatsby.kernel.VectorWidth.FLOATS;
import static org.lilgatsby.kernel.VectorWidth.LENGTH;

import jdk.incubator.vector.FloatVector;

/**
 * The inner loop of attention's products with heads of two vectors: a tile of 4 rows would have 8 sums, no more than
 * the latency of a fused multiply-add hides, so two blocks of {@link Kernels#ATTENTION_BLOCK} rows go together. On the
 * diagonal one block begins or ends four terms apart from the other. All matrices but out have rows of
 * {@link PackedMatrix#PANEL} floats; see {@link VectorTile} for the order of sums.
 */
final class VectorBlocksTile {
    /** Rows of a tile. */
    static final int ROWS = 2 * Kernels.ATTENTION_BLOCK;

    private VectorBlocksTile() {}

    /** Whether rows of so many columns make a tile: two vectors, of a processor with registers for 16 sums. */
    static boolean fits(int columns) {
        return LENGTH == 16 && columns == 2 * LENGTH;
    }

    /** out[r][c] = sum over k &lt; depth of a[k][r]*b[k][c], for the second four rows k &lt; depth + 4. */
    static void transposed(float[] out, int outAt, int outLd, float[] a, int aAt, float[] b, int bAt, int depth) {
        FloatVector s00 = FloatVector.zero(FLOATS);
        FloatVector s01 = s00;
        FloatVector s10 = s00;
        FloatVector s11 = s00;
        FloatVector s20 = s00;
        FloatVector s21 = s00;
        FloatVector s30 = s00;
        FloatVector s31 = s00;
        FloatVector s40 = s00;
        FloatVector s41 = s00;
        FloatVector s50 = s00;
        FloatVector s51 = s00;
        FloatVector s60 = s00;
        FloatVector s61 = s00;
        FloatVector s70 = s00;
        FloatVector s71 = s00;
        for (int k = 0; k < depth; k++) {
            FloatVector b0 = FloatVector.fromArray(FLOATS, b, bAt + k * PANEL);
            FloatVector b1 = FloatVector.fromArray(FLOATS, b, bAt + k * PANEL + LENGTH);
            FloatVector x = FloatVector.broadcast(FLOATS, a[aAt + k * PANEL]);
            s00 = x.fma(b0, s00);
            s01 = x.fma(b1, s01);
            x = FloatVector.broadcast(FLOATS, a[aAt + k * PANEL + 1]);
            s10 = x.fma(b0, s10);
            s11 = x.fma(b1, s11);
            x = FloatVector.broadcast(FLOATS, a[aAt + k * PANEL + 2]);
            s20 = x.fma(b0, s20);
            s21 = x.fma(b1, s21);
            x = FloatVector.broadcast(FLOATS, a[aAt + k * PANEL + 3]);
            s30 = x.fma(b0, s30);
            s31 = x.fma(b1, s31);
            x = FloatVector.broadcast(FLOATS, a[aAt + k * PANEL + 4]);
            s40 = x.fma(b0, s40);
            s41 = x.fma(b1, s41);
            x = FloatVector.broadcast(FLOATS, a[aAt + k * PANEL + 5]);
            s50 = x.fma(b0, s50);
            s51 = x.fma(b1, s51);
            x = FloatVector.broadcast(FLOATS, a[aAt + k * PANEL + 6]);
            s60 = x.fma(b0, s60);
            s61 = x.fma(b1, s61);
            x = FloatVector.broadcast(FLOATS, a[aAt + k * PANEL + 7]);
            s70 = x.fma(b0, s70);
            s71 = x.fma(b1, s71);
        }
        for (int k = depth; k < depth + Kernels.ATTENTION_BLOCK; k++) {
            FloatVector b0 = FloatVector.fromArray(FLOATS, b, bAt + k * PANEL);
            FloatVector b1 = FloatVector.fromArray(FLOATS, b, bAt + k * PANEL + LENGTH);
            FloatVector x = FloatVector.broadcast(FLOATS, a[aAt + k * PANEL + 4]);
            s40 = x.fma(b0, s40);
            s41 = x.fma(b1, s41);
            x = FloatVector.broadcast(FLOATS, a[aAt + k * PANEL + 5]);
            s50 = x.fma(b0, s50);
            s51 = x.fma(b1, s51);
            x = FloatVector.broadcast(FLOATS, a[aAt + k * PANEL + 6]);
            s60 = x.fma(b0, s60);
            s61 = x.fma(b1, s61);
            x = FloatVector.broadcast(FLOATS, a[aAt + k * PANEL + 7]);
            s70 = x.fma(b0, s70);
            s71 = x.fma(b1, s71);
        }
        s00.intoArray(out, outAt);
        s01.intoArray(out, outAt + LENGTH);
        s10.intoArray(out, outAt + outLd);
        s11.intoArray(out, outAt + outLd + LENGTH);
        s20.intoArray(out, outAt + 2 * outLd);
        s21.intoArray(out, outAt + 2 * outLd + LENGTH);
        s30.intoArray(out, outAt + 3 * outLd);
        s31.intoArray(out, outAt + 3 * outLd + LENGTH);
        s40.intoArray(out, outAt + 4 * outLd);
        s41.intoArray(out, outAt + 4 * outLd + LENGTH);
        s50.intoArray(out, outAt + 5 * outLd);
        s51.intoArray(out, outAt + 5 * outLd + LENGTH);
        s60.intoArray(out, outAt + 6 * outLd);
        s61.intoArray(out, outAt + 6 * outLd + LENGTH);
        s70.intoArray(out, outAt + 7 * outLd);
        s71.intoArray(out, outAt + 7 * outLd + LENGTH);
    }

    /**
     * out[r][c] = (accumulate ? out[r][c] : 0) + sum over k &lt; depth of a[r][k]*b[k][c], for the second four rows
     * from k = lead on.
     */
    static void product(
            float[] out, int outAt, int outLd, boolean accumulate,
            float[] a, int aAt, float[] b, int bAt, int lead, int depth) {
        FloatVector s00 = FloatVector.zero(FLOATS);
        FloatVector s01 = s00;
        FloatVector s10 = s00;
        FloatVector s11 = s00;
        FloatVector s20 = s00;
        FloatVector s21 = s00;
        FloatVector s30 = s00;
        FloatVector s31 = s00;
        FloatVector s40 = s00;
        FloatVector s41 = s00;
        FloatVector s50 = s00;
        FloatVector s51 = s00;
        FloatVector s60 = s00;
        FloatVector s61 = s00;
        FloatVector s70 = s00;
        FloatVector s71 = s00;
        if (accumulate) {
            s00 = FloatVector.fromArray(FLOATS, out, outAt);
            s01 = FloatVector.fromArray(FLOATS, out, outAt + LENGTH);
            s10 = FloatVector.fromArray(FLOATS, out, outAt + outLd);
            s11 = FloatVector.fromArray(FLOATS, out, outAt + outLd + LENGTH);
            s20 = FloatVector.fromArray(FLOATS, out, outAt + 2 * outLd);
            s21 = FloatVector.fromArray(FLOATS, out, outAt + 2 * outLd + LENGTH);
            s30 = FloatVector.fromArray(FLOATS, out, outAt + 3 * outLd);
            s31 = FloatVector.fromArray(FLOATS, out, outAt + 3 * outLd + LENGTH);
            s40 = FloatVector.fromArray(FLOATS, out, outAt + 4 * outLd);
            s41 = FloatVector.fromArray(FLOATS, out, outAt + 4 * outLd + LENGTH);
            s50 = FloatVector.fromArray(FLOATS, out, outAt + 5 * outLd);
            s51 = FloatVector.fromArray(FLOATS, out, outAt + 5 * outLd + LENGTH);
            s60 = FloatVector.fromArray(FLOATS, out, outAt + 6 * outLd);
            s61 = FloatVector.fromArray(FLOATS, out, outAt + 6 * outLd + LENGTH);
            s70 = FloatVector.fromArray(FLOATS, out, outAt + 7 * outLd);
            s71 = FloatVector.fromArray(FLOATS, out, outAt + 7 * outLd + LENGTH);
        }
        for (int k = 0; k < lead; k++) {
            FloatVector b0 = FloatVector.fromArray(FLOATS, b, bAt + k * PANEL);
            FloatVector b1 = FloatVector.fromArray(FLOATS, b, bAt + k * PANEL + LENGTH);
            FloatVector x = FloatVector.broadcast(FLOATS, a[aAt + k]);
            s00 = x.fma(b0, s00);
            s01 = x.fma(b1, s01);
            x = FloatVector.broadcast(FLOATS, a[aAt + PANEL + k]);
            s10 = x.fma(b0, s10);
            s11 = x.fma(b1, s11);
            x = FloatVector.broadcast(FLOATS, a[aAt + 2 * PANEL + k]);
            s20 = x.fma(b0, s20);
            s21 = x.fma(b1, s21);
            x = FloatVector.broadcast(FLOATS, a[aAt + 3 * PANEL + k]);
            s30 = x.fma(b0, s30);
            s31 = x.fma(b1, s31);
        }
        for (int k = lead; k < depth; k++) {
            FloatVector b0 = FloatVector.fromArray(FLOATS, b, bAt + k * PANEL);
            FloatVector b1 = FloatVector.fromArray(FLOATS, b, bAt + k * PANEL + LENGTH);
            FloatVector x = FloatVector.broadcast(FLOATS, a[aAt + k]);
            s00 = x.fma(b0, s00);
            s01 = x.fma(b1, s01);
            x = FloatVector.broadcast(FLOATS, a[aAt + PANEL + k]);
            s10 = x.fma(b0, s10);
            s11 = x.fma(b1, s11);
            x = FloatVector.broadcast(FLOATS, a[aAt + 2 * PANEL + k]);
            s20 = x.fma(b0, s20);
            s21 = x.fma(b1, s21);
            x = FloatVector.broadcast(FLOATS, a[aAt + 3 * PANEL + k]);
            s30 = x.fma(b0, s30);
            s31 = x.fma(b1, s31);
            x = FloatVector.broadcast(FLOATS, a[aAt + 4 * PANEL + k]);
            s40 = x.fma(b0, s40);
            s41 = x.fma(b1, s41);
            x = FloatVector.broadcast(FLOATS, a[aAt + 5 * PANEL + k]);
            s50 = x.fma(b0, s50);
            s51 = x.fma(b1, s51);
            x = FloatVector.broadcast(FLOATS, a[aAt + 6 * PANEL + k]);
            s60 = x.fma(b0, s60);
            s61 = x.fma(b1, s61);
            x = FloatVector.broadcast(FLOATS, a[aAt + 7 * PANEL + k]);
            s70 = x.fma(b0, s70);
            s71 = x.fma(b1, s71);
        }
        s00.intoArray(out, outAt);
        s01.intoArray(out, outAt + LENGTH);
        s10.intoArray(out, outAt + outLd);
        s11.intoArray(out, outAt + outLd + LENGTH);
        s20.intoArray(out, outAt + 2 * outLd);
        s21.intoArray(out, outAt + 2 * outLd + LENGTH);
        s30.intoArray(out, outAt + 3 * outLd);
        s31.intoArray(out, outAt + 3 * outLd + LENGTH);
        s40.intoArray(out, outAt + 4 * outLd);
        s41.intoArray(out, outAt + 4 * outLd + LENGTH);
        s50.intoArray(out, outAt + 5 * outLd);
        s51.intoArray(out, outAt + 5 * outLd + LENGTH);
        s60.intoArray(out, outAt + 6 * outLd);
        s61.intoArray(out, outAt + 6 * outLd + LENGTH);
        s70.intoArray(out, outAt + 7 * outLd);
        s71.intoArray(out, outAt + 7 * outLd + LENGTH);
    }
}
