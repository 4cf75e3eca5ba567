package org.lilgatsby.kernel;

import static org.lilgatsby.kernel.PackedMatrix.PANEL;
import static org.lilgatsby.kernel.VectorWidth.FLOATS;
import static org.lilgatsby.kernel.VectorWidth.LENGTH;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;

/**
 * {@link VectorTile} for a first factor that is a panel too: out[r][c] = start[r][c] + sum over k &lt; depth of
 * a[k][r]*b[k][c], in order of k, both factors with rows of {@link PackedMatrix#PANEL} floats.
 */
final class VectorTransposedTile {
    /** Rows of the largest tile. */
    static final int MOST_ROWS = LENGTH < 16 ? 5 : VectorTile.ROWS;

    private VectorTransposedTile() {}

    /**
     * Rows to take next, so that as few as can be are left over: 64 are once 4 and 12 times 5.
     *
     * @param left at least 1
     */
    static int rows(int left) {
        return left % MOST_ROWS == 0 ? MOST_ROWS : Math.min(VectorTile.ROWS, left);
    }

    /**
     * {@link #MOST_ROWS} rows, or up to {@link VectorTile#ROWS}, out[rows][columns].
     *
     * @param start null for 0, or the values to start from, laid out as {@code out} (may be out itself)
     * @param rows at least 1; the panel a is read to the full number of rows all the same
     * @param columns at most {@link PackedMatrix#PANEL}
     */
    static void product(
            float[] out, int outAt, int outLd, float[] start,
            float[] a, int aAt, float[] b, int bAt, int depth, int rows, int columns) {
        if (rows == MOST_ROWS && LENGTH < 16) {
            int c = 0;
            for (; c <= columns - 2 * LENGTH; c += 2 * LENGTH) {
                fiveRows(out, outAt + c, outLd, start, a, aAt, b, bAt + c, depth);
            }
            if (c < columns) {
                edge(out, outAt, outLd, start, a, aAt, b, bAt, depth, rows, c, columns);
            }
            return;
        }
        int pairs = depth / 2;
        int c = 0;
        if (LENGTH == 16) {
            for (; c <= columns - 4 * LENGTH; c += 4 * LENGTH) {
                fourVectors(out, outAt + c, outLd, start, a, aAt, b, bAt + c, pairs, rows);
            }
        }
        for (; c <= columns - 2 * LENGTH; c += 2 * LENGTH) {
            twoVectors(out, outAt + c, outLd, start, a, aAt, b, bAt + c, pairs, rows);
        }
        if (c < columns) {
            edge(out, outAt, outLd, start, a, aAt, b, bAt, 2 * pairs, rows, c, columns);
        }
        if (depth % 2 != 0) {
            int k = (depth - 1) * PANEL;
            edge(out, outAt, outLd, out, a, aAt + k, b, bAt + k, 1, rows, 0, columns);
        }
    }

    private static void fourVectors(
            float[] out, int outAt, int outLd, float[] start, float[] a, int aAt, float[] b, int bAt, int pairs, int rows) {
        int o1 = outAt + Math.min(1, rows - 1) * outLd;
        int o2 = outAt + Math.min(2, rows - 1) * outLd;
        int o3 = outAt + (rows - 1) * outLd;
        FloatVector s00 = FloatVector.zero(FLOATS);
        FloatVector s01 = s00;
        FloatVector s02 = s00;
        FloatVector s03 = s00;
        FloatVector s10 = s00;
        FloatVector s11 = s00;
        FloatVector s12 = s00;
        FloatVector s13 = s00;
        FloatVector s20 = s00;
        FloatVector s21 = s00;
        FloatVector s22 = s00;
        FloatVector s23 = s00;
        FloatVector s30 = s00;
        FloatVector s31 = s00;
        FloatVector s32 = s00;
        FloatVector s33 = s00;
        if (start != null) {
            s00 = FloatVector.fromArray(FLOATS, start, outAt);
            s01 = FloatVector.fromArray(FLOATS, start, outAt + LENGTH);
            s02 = FloatVector.fromArray(FLOATS, start, outAt + 2 * LENGTH);
            s03 = FloatVector.fromArray(FLOATS, start, outAt + 3 * LENGTH);
            s10 = FloatVector.fromArray(FLOATS, start, o1);
            s11 = FloatVector.fromArray(FLOATS, start, o1 + LENGTH);
            s12 = FloatVector.fromArray(FLOATS, start, o1 + 2 * LENGTH);
            s13 = FloatVector.fromArray(FLOATS, start, o1 + 3 * LENGTH);
            s20 = FloatVector.fromArray(FLOATS, start, o2);
            s21 = FloatVector.fromArray(FLOATS, start, o2 + LENGTH);
            s22 = FloatVector.fromArray(FLOATS, start, o2 + 2 * LENGTH);
            s23 = FloatVector.fromArray(FLOATS, start, o2 + 3 * LENGTH);
            s30 = FloatVector.fromArray(FLOATS, start, o3);
            s31 = FloatVector.fromArray(FLOATS, start, o3 + LENGTH);
            s32 = FloatVector.fromArray(FLOATS, start, o3 + 2 * LENGTH);
            s33 = FloatVector.fromArray(FLOATS, start, o3 + 3 * LENGTH);
        }
        for (int k = 0; k < pairs; k++) {
            FloatVector b0 = FloatVector.fromArray(FLOATS, b, bAt + k * 2 * PANEL);
            FloatVector b1 = FloatVector.fromArray(FLOATS, b, bAt + k * 2 * PANEL + LENGTH);
            FloatVector b2 = FloatVector.fromArray(FLOATS, b, bAt + k * 2 * PANEL + 2 * LENGTH);
            FloatVector b3 = FloatVector.fromArray(FLOATS, b, bAt + k * 2 * PANEL + 3 * LENGTH);
            FloatVector x = FloatVector.broadcast(FLOATS, a[aAt + k * 2 * PANEL]);
            s00 = x.fma(b0, s00);
            s01 = x.fma(b1, s01);
            s02 = x.fma(b2, s02);
            s03 = x.fma(b3, s03);
            x = FloatVector.broadcast(FLOATS, a[aAt + k * 2 * PANEL + 1]);
            s10 = x.fma(b0, s10);
            s11 = x.fma(b1, s11);
            s12 = x.fma(b2, s12);
            s13 = x.fma(b3, s13);
            x = FloatVector.broadcast(FLOATS, a[aAt + k * 2 * PANEL + 2]);
            s20 = x.fma(b0, s20);
            s21 = x.fma(b1, s21);
            s22 = x.fma(b2, s22);
            s23 = x.fma(b3, s23);
            x = FloatVector.broadcast(FLOATS, a[aAt + k * 2 * PANEL + 3]);
            s30 = x.fma(b0, s30);
            s31 = x.fma(b1, s31);
            s32 = x.fma(b2, s32);
            s33 = x.fma(b3, s33);
            b0 = FloatVector.fromArray(FLOATS, b, bAt + k * 2 * PANEL + PANEL);
            b1 = FloatVector.fromArray(FLOATS, b, bAt + k * 2 * PANEL + PANEL + LENGTH);
            b2 = FloatVector.fromArray(FLOATS, b, bAt + k * 2 * PANEL + PANEL + 2 * LENGTH);
            b3 = FloatVector.fromArray(FLOATS, b, bAt + k * 2 * PANEL + PANEL + 3 * LENGTH);
            x = FloatVector.broadcast(FLOATS, a[aAt + k * 2 * PANEL + PANEL]);
            s00 = x.fma(b0, s00);
            s01 = x.fma(b1, s01);
            s02 = x.fma(b2, s02);
            s03 = x.fma(b3, s03);
            x = FloatVector.broadcast(FLOATS, a[aAt + k * 2 * PANEL + PANEL + 1]);
            s10 = x.fma(b0, s10);
            s11 = x.fma(b1, s11);
            s12 = x.fma(b2, s12);
            s13 = x.fma(b3, s13);
            x = FloatVector.broadcast(FLOATS, a[aAt + k * 2 * PANEL + PANEL + 2]);
            s20 = x.fma(b0, s20);
            s21 = x.fma(b1, s21);
            s22 = x.fma(b2, s22);
            s23 = x.fma(b3, s23);
            x = FloatVector.broadcast(FLOATS, a[aAt + k * 2 * PANEL + PANEL + 3]);
            s30 = x.fma(b0, s30);
            s31 = x.fma(b1, s31);
            s32 = x.fma(b2, s32);
            s33 = x.fma(b3, s33);
        }
        s00.intoArray(out, outAt);
        s01.intoArray(out, outAt + LENGTH);
        s02.intoArray(out, outAt + 2 * LENGTH);
        s03.intoArray(out, outAt + 3 * LENGTH);
        if (rows > 1) {
            s10.intoArray(out, o1);
            s11.intoArray(out, o1 + LENGTH);
            s12.intoArray(out, o1 + 2 * LENGTH);
            s13.intoArray(out, o1 + 3 * LENGTH);
        }
        if (rows > 2) {
            s20.intoArray(out, o2);
            s21.intoArray(out, o2 + LENGTH);
            s22.intoArray(out, o2 + 2 * LENGTH);
            s23.intoArray(out, o2 + 3 * LENGTH);
        }
        if (rows > 3) {
            s30.intoArray(out, o3);
            s31.intoArray(out, o3 + LENGTH);
            s32.intoArray(out, o3 + 2 * LENGTH);
            s33.intoArray(out, o3 + 3 * LENGTH);
        }
    }

    private static void twoVectors(
            float[] out, int outAt, int outLd, float[] start, float[] a, int aAt, float[] b, int bAt, int pairs, int rows) {
        int o1 = outAt + Math.min(1, rows - 1) * outLd;
        int o2 = outAt + Math.min(2, rows - 1) * outLd;
        int o3 = outAt + (rows - 1) * outLd;
        FloatVector s00 = FloatVector.zero(FLOATS);
        FloatVector s01 = s00;
        FloatVector s10 = s00;
        FloatVector s11 = s00;
        FloatVector s20 = s00;
        FloatVector s21 = s00;
        FloatVector s30 = s00;
        FloatVector s31 = s00;
        if (start != null) {
            s00 = FloatVector.fromArray(FLOATS, start, outAt);
            s01 = FloatVector.fromArray(FLOATS, start, outAt + LENGTH);
            s10 = FloatVector.fromArray(FLOATS, start, o1);
            s11 = FloatVector.fromArray(FLOATS, start, o1 + LENGTH);
            s20 = FloatVector.fromArray(FLOATS, start, o2);
            s21 = FloatVector.fromArray(FLOATS, start, o2 + LENGTH);
            s30 = FloatVector.fromArray(FLOATS, start, o3);
            s31 = FloatVector.fromArray(FLOATS, start, o3 + LENGTH);
        }
        for (int k = 0; k < pairs; k++) {
            FloatVector b0 = FloatVector.fromArray(FLOATS, b, bAt + k * 2 * PANEL);
            FloatVector b1 = FloatVector.fromArray(FLOATS, b, bAt + k * 2 * PANEL + LENGTH);
            FloatVector x = FloatVector.broadcast(FLOATS, a[aAt + k * 2 * PANEL]);
            s00 = x.fma(b0, s00);
            s01 = x.fma(b1, s01);
            x = FloatVector.broadcast(FLOATS, a[aAt + k * 2 * PANEL + 1]);
            s10 = x.fma(b0, s10);
            s11 = x.fma(b1, s11);
            x = FloatVector.broadcast(FLOATS, a[aAt + k * 2 * PANEL + 2]);
            s20 = x.fma(b0, s20);
            s21 = x.fma(b1, s21);
            x = FloatVector.broadcast(FLOATS, a[aAt + k * 2 * PANEL + 3]);
            s30 = x.fma(b0, s30);
            s31 = x.fma(b1, s31);
            b0 = FloatVector.fromArray(FLOATS, b, bAt + k * 2 * PANEL + PANEL);
            b1 = FloatVector.fromArray(FLOATS, b, bAt + k * 2 * PANEL + PANEL + LENGTH);
            x = FloatVector.broadcast(FLOATS, a[aAt + k * 2 * PANEL + PANEL]);
            s00 = x.fma(b0, s00);
            s01 = x.fma(b1, s01);
            x = FloatVector.broadcast(FLOATS, a[aAt + k * 2 * PANEL + PANEL + 1]);
            s10 = x.fma(b0, s10);
            s11 = x.fma(b1, s11);
            x = FloatVector.broadcast(FLOATS, a[aAt + k * 2 * PANEL + PANEL + 2]);
            s20 = x.fma(b0, s20);
            s21 = x.fma(b1, s21);
            x = FloatVector.broadcast(FLOATS, a[aAt + k * 2 * PANEL + PANEL + 3]);
            s30 = x.fma(b0, s30);
            s31 = x.fma(b1, s31);
        }
        s00.intoArray(out, outAt);
        s01.intoArray(out, outAt + LENGTH);
        if (rows > 1) {
            s10.intoArray(out, o1);
            s11.intoArray(out, o1 + LENGTH);
        }
        if (rows > 2) {
            s20.intoArray(out, o2);
            s21.intoArray(out, o2 + LENGTH);
        }
        if (rows > 3) {
            s30.intoArray(out, o3);
            s31.intoArray(out, o3 + LENGTH);
        }
    }

    /** Five whole rows of 2 vectors, one k at a time; with six the compiler keeps one of the sums in memory. */
    private static void fiveRows(
            float[] out, int outAt, int outLd, float[] start, float[] a, int aAt, float[] b, int bAt, int depth) {
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
        if (start != null) {
            s00 = FloatVector.fromArray(FLOATS, start, outAt);
            s01 = FloatVector.fromArray(FLOATS, start, outAt + LENGTH);
            s10 = FloatVector.fromArray(FLOATS, start, outAt + outLd);
            s11 = FloatVector.fromArray(FLOATS, start, outAt + outLd + LENGTH);
            s20 = FloatVector.fromArray(FLOATS, start, outAt + 2 * outLd);
            s21 = FloatVector.fromArray(FLOATS, start, outAt + 2 * outLd + LENGTH);
            s30 = FloatVector.fromArray(FLOATS, start, outAt + 3 * outLd);
            s31 = FloatVector.fromArray(FLOATS, start, outAt + 3 * outLd + LENGTH);
            s40 = FloatVector.fromArray(FLOATS, start, outAt + 4 * outLd);
            s41 = FloatVector.fromArray(FLOATS, start, outAt + 4 * outLd + LENGTH);
        }
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
    }

    /** What no tile covers, a vector at a time: the last columns, and the last k of an odd number. */
    private static void edge(
            float[] out, int outAt, int outLd, float[] start,
            float[] a, int aAt, float[] b, int bAt, int depth, int rows, int from, int columns) {
        for (int c = from; c < columns; c += LENGTH) {
            VectorMask<Float> mask = FLOATS.indexInRange(c, columns);
            for (int r = 0; r < rows; r++) {
                FloatVector sum = FloatVector.zero(FLOATS);
                if (start != null) {
                    sum = FloatVector.fromArray(FLOATS, start, outAt + r * outLd + c, mask);
                }
                for (int k = 0; k < depth; k++) {
                    FloatVector x = FloatVector.broadcast(FLOATS, a[aAt + k * PANEL + r]);
                    sum = x.fma(FloatVector.fromArray(FLOATS, b, bAt + k * PANEL + c), sum);
                }
                sum.intoArray(out, outAt + r * outLd + c, mask);
            }
        }
    }
}
