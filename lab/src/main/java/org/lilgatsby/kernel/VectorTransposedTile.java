package org.lilgatsby.kernel;

import static org.lilgatsby.kernel.VectorWidth.FLOATS;
import static org.lilgatsby.kernel.VectorWidth.LENGTH;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;

/**
 * {@link VectorTile} for a transposed first factor: out[r][c] = start[r][c] + sum over k &lt; depth of
 * a[k][r]*b[k][c], both factors where they lie, nothing packed.
 */
final class VectorTransposedTile {
    private VectorTransposedTile() {}

    /**
     * All of out[rows][columns].
     *
     * @param start null for 0, or the values to start from, laid out as {@code out} (may be out itself)
     */
    static void product(
            float[] out, int outAt, int outLd, float[] start,
            float[] a, int aAt, int aLd, float[] b, int bAt, int bLd, int depth, int rows, int columns) {
        int c = 0;
        for (; c <= columns - 2 * LENGTH; c += 2 * LENGTH) {
            int r = 0;
            for (; r <= rows - VectorTile.ROWS; r += VectorTile.ROWS) {
                twoVectors(out, outAt + r * outLd + c, outLd, start, a, aAt + r, aLd, b, bAt + c, bLd, depth);
            }
            for (; r < rows; r++) {
                int o = outAt + r * outLd + c;
                VectorMask<Float> all = FLOATS.maskAll(true);
                oneVector(out, o, start, a, aAt + r, aLd, b, bAt + c, bLd, depth, all);
                oneVector(out, o + LENGTH, start, a, aAt + r, aLd, b, bAt + c + LENGTH, bLd, depth, all);
            }
        }
        for (; c < columns; c += LENGTH) {
            VectorMask<Float> mask = FLOATS.indexInRange(c, columns);
            for (int r = 0; r < rows; r++) {
                oneVector(out, outAt + r * outLd + c, start, a, aAt + r, aLd, b, bAt + c, bLd, depth, mask);
            }
        }
    }

    private static void twoVectors(
            float[] out, int outAt, int outLd, float[] start,
            float[] a, int aAt, int aLd, float[] b, int bAt, int bLd, int depth) {
        int o1 = outAt + outLd;
        int o2 = o1 + outLd;
        int o3 = o2 + outLd;
        int o4 = o3 + outLd;
        int o5 = o4 + outLd;
        int o6 = o5 + outLd;
        int o7 = o6 + outLd;
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
            c00 = FloatVector.fromArray(FLOATS, start, outAt);
            c01 = FloatVector.fromArray(FLOATS, start, outAt + LENGTH);
            c10 = FloatVector.fromArray(FLOATS, start, o1);
            c11 = FloatVector.fromArray(FLOATS, start, o1 + LENGTH);
            c20 = FloatVector.fromArray(FLOATS, start, o2);
            c21 = FloatVector.fromArray(FLOATS, start, o2 + LENGTH);
            c30 = FloatVector.fromArray(FLOATS, start, o3);
            c31 = FloatVector.fromArray(FLOATS, start, o3 + LENGTH);
            c40 = FloatVector.fromArray(FLOATS, start, o4);
            c41 = FloatVector.fromArray(FLOATS, start, o4 + LENGTH);
            c50 = FloatVector.fromArray(FLOATS, start, o5);
            c51 = FloatVector.fromArray(FLOATS, start, o5 + LENGTH);
            c60 = FloatVector.fromArray(FLOATS, start, o6);
            c61 = FloatVector.fromArray(FLOATS, start, o6 + LENGTH);
            c70 = FloatVector.fromArray(FLOATS, start, o7);
            c71 = FloatVector.fromArray(FLOATS, start, o7 + LENGTH);
        }
        int p = aAt;
        int q = bAt;
        for (int k = 0; k < depth; k++) {
            FloatVector b0 = FloatVector.fromArray(FLOATS, b, q);
            FloatVector b1 = FloatVector.fromArray(FLOATS, b, q + LENGTH);
            FloatVector f = FloatVector.broadcast(FLOATS, a[p]);
            c00 = f.fma(b0, c00);
            c01 = f.fma(b1, c01);
            f = FloatVector.broadcast(FLOATS, a[p + 1]);
            c10 = f.fma(b0, c10);
            c11 = f.fma(b1, c11);
            f = FloatVector.broadcast(FLOATS, a[p + 2]);
            c20 = f.fma(b0, c20);
            c21 = f.fma(b1, c21);
            f = FloatVector.broadcast(FLOATS, a[p + 3]);
            c30 = f.fma(b0, c30);
            c31 = f.fma(b1, c31);
            f = FloatVector.broadcast(FLOATS, a[p + 4]);
            c40 = f.fma(b0, c40);
            c41 = f.fma(b1, c41);
            f = FloatVector.broadcast(FLOATS, a[p + 5]);
            c50 = f.fma(b0, c50);
            c51 = f.fma(b1, c51);
            f = FloatVector.broadcast(FLOATS, a[p + 6]);
            c60 = f.fma(b0, c60);
            c61 = f.fma(b1, c61);
            f = FloatVector.broadcast(FLOATS, a[p + 7]);
            c70 = f.fma(b0, c70);
            c71 = f.fma(b1, c71);
            p += aLd;
            q += bLd;
        }
        c00.intoArray(out, outAt);
        c01.intoArray(out, outAt + LENGTH);
        c10.intoArray(out, o1);
        c11.intoArray(out, o1 + LENGTH);
        c20.intoArray(out, o2);
        c21.intoArray(out, o2 + LENGTH);
        c30.intoArray(out, o3);
        c31.intoArray(out, o3 + LENGTH);
        c40.intoArray(out, o4);
        c41.intoArray(out, o4 + LENGTH);
        c50.intoArray(out, o5);
        c51.intoArray(out, o5 + LENGTH);
        c60.intoArray(out, o6);
        c61.intoArray(out, o6 + LENGTH);
        c70.intoArray(out, o7);
        c71.intoArray(out, o7 + LENGTH);
    }

    private static void oneVector(
            float[] out, int outAt, float[] start, float[] a, int aAt, int aLd, float[] b, int bAt, int bLd, int depth,
            VectorMask<Float> mask) {
        FloatVector sum = start == null ? FloatVector.zero(FLOATS) : FloatVector.fromArray(FLOATS, start, outAt, mask);
        for (int k = 0; k < depth; k++) {
            FloatVector f = FloatVector.broadcast(FLOATS, a[aAt + k * aLd]);
            sum = f.fma(FloatVector.fromArray(FLOATS, b, bAt + k * bLd, mask), sum);
        }
        sum.intoArray(out, outAt, mask);
    }
}
