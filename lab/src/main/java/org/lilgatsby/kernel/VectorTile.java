package org.lilgatsby.kernel;

import static org.lilgatsby.kernel.PackedMatrix.PANEL;
import static org.lilgatsby.kernel.VectorWidth.FLOATS;
import static org.lilgatsby.kernel.VectorWidth.LENGTH;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;

/**
 * The inner loop of every matrix product: a tile of 8 rows and 2 vectors of columns whose sums stay in
 * registers while k goes on, 16 fused multiply-adds for 8 broadcasts of a and 2 loads of b.
 *
 * <p>out[r][c] = start[r][c] + sum over k &lt; depth of a[r][k]*b[k][c], where {@code start} null stands for 0.
 * Local variables, not arrays or helpers that return vectors: those would be boxed.
 */
final class VectorTile {
    /** Rows of a tile. */
    static final int ROWS = 8;

    private VectorTile() {}

    /**
     * Some rows times one panel of a packed matrix.
     *
     * @param rows from 1 to {@link #ROWS}; the rows missing are the last one again, computed and stored to the same bits
     * @param columns from 1 to {@link PackedMatrix#PANEL}
     */
    static void rowsByPanel(
            float[] out, int outAt, int outLd, float[] start, int startAt, int startLd,
            float[] a, int aAt, int aLd, float[] b, int bAt, int depth, int rows, int columns) {
        int c = 0;
        for (; c <= columns - 2 * LENGTH; c += 2 * LENGTH) {
            rowsByTwoVectors(out, outAt + c, outLd, start, startAt + c, startLd, a, aAt, aLd, b, bAt + c, depth, rows);
        }
        for (; c < columns; c += LENGTH) {
            VectorMask<Float> mask = FLOATS.indexInRange(c, columns);
            rowsByVector(out, outAt + c, outLd, start, startAt + c, startLd, a, aAt, aLd, b, bAt + c, depth, rows, mask);
        }
    }

    private static void rowsByTwoVectors(
            float[] out, int outAt, int outLd, float[] start, int startAt, int startLd,
            float[] a, int aAt, int aLd, float[] b, int bAt, int depth, int rows) {
        int last = rows - 1;
        int r1 = Math.min(1, last);
        int r2 = Math.min(2, last);
        int r3 = Math.min(3, last);
        int r4 = Math.min(4, last);
        int r5 = Math.min(5, last);
        int r6 = Math.min(6, last);
        FloatVector c00 = FloatVector.zero(FLOATS);
        FloatVector c01 = c00;
        FloatVector c10 = c00;
        FloatVector c11 = c00;
        FloatVector c20 = c00;
        FloatVector c21 = c00;
        FloatVector c30 = c00;
        FloatVector c31 = c00;
        FloatVector c40 = c00;
        FloatVector c41 = c00;
        FloatVector c50 = c00;
        FloatVector c51 = c00;
        FloatVector c60 = c00;
        FloatVector c61 = c00;
        FloatVector c70 = c00;
        FloatVector c71 = c00;
        if (start != null) {
            c00 = FloatVector.fromArray(FLOATS, start, startAt);
            c01 = FloatVector.fromArray(FLOATS, start, startAt + LENGTH);
            c10 = FloatVector.fromArray(FLOATS, start, startAt + r1 * startLd);
            c11 = FloatVector.fromArray(FLOATS, start, startAt + r1 * startLd + LENGTH);
            c20 = FloatVector.fromArray(FLOATS, start, startAt + r2 * startLd);
            c21 = FloatVector.fromArray(FLOATS, start, startAt + r2 * startLd + LENGTH);
            c30 = FloatVector.fromArray(FLOATS, start, startAt + r3 * startLd);
            c31 = FloatVector.fromArray(FLOATS, start, startAt + r3 * startLd + LENGTH);
            c40 = FloatVector.fromArray(FLOATS, start, startAt + r4 * startLd);
            c41 = FloatVector.fromArray(FLOATS, start, startAt + r4 * startLd + LENGTH);
            c50 = FloatVector.fromArray(FLOATS, start, startAt + r5 * startLd);
            c51 = FloatVector.fromArray(FLOATS, start, startAt + r5 * startLd + LENGTH);
            c60 = FloatVector.fromArray(FLOATS, start, startAt + r6 * startLd);
            c61 = FloatVector.fromArray(FLOATS, start, startAt + r6 * startLd + LENGTH);
            c70 = FloatVector.fromArray(FLOATS, start, startAt + last * startLd);
            c71 = FloatVector.fromArray(FLOATS, start, startAt + last * startLd + LENGTH);
        }
        int a1 = aAt + r1 * aLd;
        int a2 = aAt + r2 * aLd;
        int a3 = aAt + r3 * aLd;
        int a4 = aAt + r4 * aLd;
        int a5 = aAt + r5 * aLd;
        int a6 = aAt + r6 * aLd;
        int a7 = aAt + last * aLd;
        for (int k = 0; k < depth; k++) {
            FloatVector b0 = FloatVector.fromArray(FLOATS, b, bAt + k * PANEL);
            FloatVector b1 = FloatVector.fromArray(FLOATS, b, bAt + k * PANEL + LENGTH);
            FloatVector f = FloatVector.broadcast(FLOATS, a[aAt + k]);
            c00 = f.fma(b0, c00);
            c01 = f.fma(b1, c01);
            f = FloatVector.broadcast(FLOATS, a[a1 + k]);
            c10 = f.fma(b0, c10);
            c11 = f.fma(b1, c11);
            f = FloatVector.broadcast(FLOATS, a[a2 + k]);
            c20 = f.fma(b0, c20);
            c21 = f.fma(b1, c21);
            f = FloatVector.broadcast(FLOATS, a[a3 + k]);
            c30 = f.fma(b0, c30);
            c31 = f.fma(b1, c31);
            f = FloatVector.broadcast(FLOATS, a[a4 + k]);
            c40 = f.fma(b0, c40);
            c41 = f.fma(b1, c41);
            f = FloatVector.broadcast(FLOATS, a[a5 + k]);
            c50 = f.fma(b0, c50);
            c51 = f.fma(b1, c51);
            f = FloatVector.broadcast(FLOATS, a[a6 + k]);
            c60 = f.fma(b0, c60);
            c61 = f.fma(b1, c61);
            f = FloatVector.broadcast(FLOATS, a[a7 + k]);
            c70 = f.fma(b0, c70);
            c71 = f.fma(b1, c71);
        }
        c00.intoArray(out, outAt);
        c01.intoArray(out, outAt + LENGTH);
        c10.intoArray(out, outAt + r1 * outLd);
        c11.intoArray(out, outAt + r1 * outLd + LENGTH);
        c20.intoArray(out, outAt + r2 * outLd);
        c21.intoArray(out, outAt + r2 * outLd + LENGTH);
        c30.intoArray(out, outAt + r3 * outLd);
        c31.intoArray(out, outAt + r3 * outLd + LENGTH);
        c40.intoArray(out, outAt + r4 * outLd);
        c41.intoArray(out, outAt + r4 * outLd + LENGTH);
        c50.intoArray(out, outAt + r5 * outLd);
        c51.intoArray(out, outAt + r5 * outLd + LENGTH);
        c60.intoArray(out, outAt + r6 * outLd);
        c61.intoArray(out, outAt + r6 * outLd + LENGTH);
        c70.intoArray(out, outAt + last * outLd);
        c71.intoArray(out, outAt + last * outLd + LENGTH);
    }

    private static void rowsByVector(
            float[] out, int outAt, int outLd, float[] start, int startAt, int startLd,
            float[] a, int aAt, int aLd, float[] b, int bAt, int depth, int rows, VectorMask<Float> mask) {
        for (int r = 0; r < rows; r++) {
            FloatVector sum = start == null
                    ? FloatVector.zero(FLOATS)
                    : FloatVector.fromArray(FLOATS, start, startAt + r * startLd, mask);
            for (int k = 0; k < depth; k++) {
                FloatVector f = FloatVector.broadcast(FLOATS, a[aAt + r * aLd + k]);
                sum = f.fma(FloatVector.fromArray(FLOATS, b, bAt + k * PANEL), sum);
            }
            sum.intoArray(out, outAt + r * outLd, mask);
        }
    }
}
