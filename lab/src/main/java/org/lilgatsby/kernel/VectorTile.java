package org.lilgatsby.kernel;

import static org.lilgatsby.kernel.PackedMatrix.PANEL;
import static org.lilgatsby.kernel.VectorWidth.FLOATS;
import static org.lilgatsby.kernel.VectorWidth.LENGTH;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;

/**
 * The inner loop of matrix products: a tile of 4 rows and 4 vectors of columns whose sums stay in registers
 * while k goes on, two k at a time, so that 32 fused multiply-adds come with 16 loads and little else: a core
 * that starts four instructions a cycle does two of them every cycle. Processors with 256-bit vectors have
 * half the registers and take tiles of 6 rows and 2 vectors: 4 rows would have 8 sums, no more than the latency of a fused
 * multiply-add hides.
 *
 * <p>out[r][c] = start[r][c] + sum over k &lt; depth of a[r][k]*panel[k][c], in order of k; {@code start} null stands
 * for 0. Sums are local variables and every operation is the vector API's own: past its inlining budget, the
 * JIT keeps vectors that go through arrays or through our own methods in memory.
 */
final class VectorTile {
    /** Rows of a tile, where blocks of four come together or fewer are left. */
    static final int ROWS = 4;

    /** Rows of the largest tile. */
    static final int MOST_ROWS = LENGTH < 16 ? 6 : ROWS;

    private VectorTile() {}

    /**
     * Rows to take next, so that as few as can be are left over: 128 are 20 times 6 and twice 4.
     *
     * @param left at least 1
     */
    static int rows(int left) {
        return left >= MOST_ROWS && left != 2 * ROWS ? MOST_ROWS : Math.min(ROWS, left);
    }

    /**
     * {@link #MOST_ROWS} rows, or up to {@link #ROWS}, times one panel, out[rows][from..to).
     *
     * @param rows at least 1; rows missing to {@link #ROWS} are the last one again, computed and stored to the same bits
     * @param to at most {@link PackedMatrix#PANEL}
     */
    static void product(
            float[] out, int outAt, int outLd, float[] start, int startAt, int startLd,
            float[] a, int aAt, int aLd, float[] panel, int panelAt, int depth, int rows, int from, int to) {
        if (rows == MOST_ROWS && LENGTH < 16) {
            int c = from;
            for (; c <= to - 2 * LENGTH; c += 2 * LENGTH) {
                sixRows(out, outAt + c, outLd, start, startAt + c, startLd, a, aAt, aLd, panel, panelAt + c, depth);
            }
            if (c < to) {
                edge(out, outAt, outLd, start, startAt, startLd, a, aAt, aLd, panel, panelAt, depth, rows, c, to);
            }
            return;
        }
        int pairs = depth / 2;
        int c = from;
        if (LENGTH == 16) {
            for (; c <= to - 4 * LENGTH; c += 4 * LENGTH) {
                fourVectors(out, outAt + c, outLd, start, startAt + c, startLd, a, aAt, aLd, panel, panelAt + c, pairs, rows);
            }
        }
        for (; c <= to - 2 * LENGTH; c += 2 * LENGTH) {
            twoVectors(out, outAt + c, outLd, start, startAt + c, startLd, a, aAt, aLd, panel, panelAt + c, pairs, rows);
        }
        if (c < to) {
            edge(out, outAt, outLd, start, startAt, startLd, a, aAt, aLd, panel, panelAt, 2 * pairs, rows, c, to);
        }
        if (depth % 2 != 0) {
            int k = depth - 1;
            edge(out, outAt, outLd, out, outAt, outLd, a, aAt + k, aLd, panel, panelAt + k * PANEL, 1, rows, from, to);
        }
    }

    private static void fourVectors(
            float[] out, int outAt, int outLd, float[] start, int startAt, int startLd,
            float[] a, int aAt, int aLd, float[] b, int bAt, int pairs, int rows) {
        int r1 = Math.min(1, rows - 1);
        int r2 = Math.min(2, rows - 1);
        int r3 = rows - 1;
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
            s00 = FloatVector.fromArray(FLOATS, start, startAt);
            s01 = FloatVector.fromArray(FLOATS, start, startAt + LENGTH);
            s02 = FloatVector.fromArray(FLOATS, start, startAt + 2 * LENGTH);
            s03 = FloatVector.fromArray(FLOATS, start, startAt + 3 * LENGTH);
            s10 = FloatVector.fromArray(FLOATS, start, startAt + r1 * startLd);
            s11 = FloatVector.fromArray(FLOATS, start, startAt + r1 * startLd + LENGTH);
            s12 = FloatVector.fromArray(FLOATS, start, startAt + r1 * startLd + 2 * LENGTH);
            s13 = FloatVector.fromArray(FLOATS, start, startAt + r1 * startLd + 3 * LENGTH);
            s20 = FloatVector.fromArray(FLOATS, start, startAt + r2 * startLd);
            s21 = FloatVector.fromArray(FLOATS, start, startAt + r2 * startLd + LENGTH);
            s22 = FloatVector.fromArray(FLOATS, start, startAt + r2 * startLd + 2 * LENGTH);
            s23 = FloatVector.fromArray(FLOATS, start, startAt + r2 * startLd + 3 * LENGTH);
            s30 = FloatVector.fromArray(FLOATS, start, startAt + r3 * startLd);
            s31 = FloatVector.fromArray(FLOATS, start, startAt + r3 * startLd + LENGTH);
            s32 = FloatVector.fromArray(FLOATS, start, startAt + r3 * startLd + 2 * LENGTH);
            s33 = FloatVector.fromArray(FLOATS, start, startAt + r3 * startLd + 3 * LENGTH);
        }
        int a1 = aAt + r1 * aLd;
        int a2 = aAt + r2 * aLd;
        int a3 = aAt + r3 * aLd;
        for (int k = 0; k < pairs; k++) {
            FloatVector b0 = FloatVector.fromArray(FLOATS, b, bAt + k * 2 * PANEL);
            FloatVector b1 = FloatVector.fromArray(FLOATS, b, bAt + k * 2 * PANEL + LENGTH);
            FloatVector b2 = FloatVector.fromArray(FLOATS, b, bAt + k * 2 * PANEL + 2 * LENGTH);
            FloatVector b3 = FloatVector.fromArray(FLOATS, b, bAt + k * 2 * PANEL + 3 * LENGTH);
            FloatVector x = FloatVector.broadcast(FLOATS, a[aAt + 2 * k]);
            s00 = x.fma(b0, s00);
            s01 = x.fma(b1, s01);
            s02 = x.fma(b2, s02);
            s03 = x.fma(b3, s03);
            x = FloatVector.broadcast(FLOATS, a[a1 + 2 * k]);
            s10 = x.fma(b0, s10);
            s11 = x.fma(b1, s11);
            s12 = x.fma(b2, s12);
            s13 = x.fma(b3, s13);
            x = FloatVector.broadcast(FLOATS, a[a2 + 2 * k]);
            s20 = x.fma(b0, s20);
            s21 = x.fma(b1, s21);
            s22 = x.fma(b2, s22);
            s23 = x.fma(b3, s23);
            x = FloatVector.broadcast(FLOATS, a[a3 + 2 * k]);
            s30 = x.fma(b0, s30);
            s31 = x.fma(b1, s31);
            s32 = x.fma(b2, s32);
            s33 = x.fma(b3, s33);
            b0 = FloatVector.fromArray(FLOATS, b, bAt + k * 2 * PANEL + PANEL);
            b1 = FloatVector.fromArray(FLOATS, b, bAt + k * 2 * PANEL + PANEL + LENGTH);
            b2 = FloatVector.fromArray(FLOATS, b, bAt + k * 2 * PANEL + PANEL + 2 * LENGTH);
            b3 = FloatVector.fromArray(FLOATS, b, bAt + k * 2 * PANEL + PANEL + 3 * LENGTH);
            x = FloatVector.broadcast(FLOATS, a[aAt + 2 * k + 1]);
            s00 = x.fma(b0, s00);
            s01 = x.fma(b1, s01);
            s02 = x.fma(b2, s02);
            s03 = x.fma(b3, s03);
            x = FloatVector.broadcast(FLOATS, a[a1 + 2 * k + 1]);
            s10 = x.fma(b0, s10);
            s11 = x.fma(b1, s11);
            s12 = x.fma(b2, s12);
            s13 = x.fma(b3, s13);
            x = FloatVector.broadcast(FLOATS, a[a2 + 2 * k + 1]);
            s20 = x.fma(b0, s20);
            s21 = x.fma(b1, s21);
            s22 = x.fma(b2, s22);
            s23 = x.fma(b3, s23);
            x = FloatVector.broadcast(FLOATS, a[a3 + 2 * k + 1]);
            s30 = x.fma(b0, s30);
            s31 = x.fma(b1, s31);
            s32 = x.fma(b2, s32);
            s33 = x.fma(b3, s33);
        }
        s00.intoArray(out, outAt);
        s01.intoArray(out, outAt + LENGTH);
        s02.intoArray(out, outAt + 2 * LENGTH);
        s03.intoArray(out, outAt + 3 * LENGTH);
        s10.intoArray(out, outAt + r1 * outLd);
        s11.intoArray(out, outAt + r1 * outLd + LENGTH);
        s12.intoArray(out, outAt + r1 * outLd + 2 * LENGTH);
        s13.intoArray(out, outAt + r1 * outLd + 3 * LENGTH);
        s20.intoArray(out, outAt + r2 * outLd);
        s21.intoArray(out, outAt + r2 * outLd + LENGTH);
        s22.intoArray(out, outAt + r2 * outLd + 2 * LENGTH);
        s23.intoArray(out, outAt + r2 * outLd + 3 * LENGTH);
        s30.intoArray(out, outAt + r3 * outLd);
        s31.intoArray(out, outAt + r3 * outLd + LENGTH);
        s32.intoArray(out, outAt + r3 * outLd + 2 * LENGTH);
        s33.intoArray(out, outAt + r3 * outLd + 3 * LENGTH);
    }

    private static void twoVectors(
            float[] out, int outAt, int outLd, float[] start, int startAt, int startLd,
            float[] a, int aAt, int aLd, float[] b, int bAt, int pairs, int rows) {
        int r1 = Math.min(1, rows - 1);
        int r2 = Math.min(2, rows - 1);
        int r3 = rows - 1;
        FloatVector s00 = FloatVector.zero(FLOATS);
        FloatVector s01 = s00;
        FloatVector s10 = s00;
        FloatVector s11 = s00;
        FloatVector s20 = s00;
        FloatVector s21 = s00;
        FloatVector s30 = s00;
        FloatVector s31 = s00;
        if (start != null) {
            s00 = FloatVector.fromArray(FLOATS, start, startAt);
            s01 = FloatVector.fromArray(FLOATS, start, startAt + LENGTH);
            s10 = FloatVector.fromArray(FLOATS, start, startAt + r1 * startLd);
            s11 = FloatVector.fromArray(FLOATS, start, startAt + r1 * startLd + LENGTH);
            s20 = FloatVector.fromArray(FLOATS, start, startAt + r2 * startLd);
            s21 = FloatVector.fromArray(FLOATS, start, startAt + r2 * startLd + LENGTH);
            s30 = FloatVector.fromArray(FLOATS, start, startAt + r3 * startLd);
            s31 = FloatVector.fromArray(FLOATS, start, startAt + r3 * startLd + LENGTH);
        }
        int a1 = aAt + r1 * aLd;
        int a2 = aAt + r2 * aLd;
        int a3 = aAt + r3 * aLd;
        for (int k = 0; k < pairs; k++) {
            FloatVector b0 = FloatVector.fromArray(FLOATS, b, bAt + k * 2 * PANEL);
            FloatVector b1 = FloatVector.fromArray(FLOATS, b, bAt + k * 2 * PANEL + LENGTH);
            FloatVector x = FloatVector.broadcast(FLOATS, a[aAt + 2 * k]);
            s00 = x.fma(b0, s00);
            s01 = x.fma(b1, s01);
            x = FloatVector.broadcast(FLOATS, a[a1 + 2 * k]);
            s10 = x.fma(b0, s10);
            s11 = x.fma(b1, s11);
            x = FloatVector.broadcast(FLOATS, a[a2 + 2 * k]);
            s20 = x.fma(b0, s20);
            s21 = x.fma(b1, s21);
            x = FloatVector.broadcast(FLOATS, a[a3 + 2 * k]);
            s30 = x.fma(b0, s30);
            s31 = x.fma(b1, s31);
            b0 = FloatVector.fromArray(FLOATS, b, bAt + k * 2 * PANEL + PANEL);
            b1 = FloatVector.fromArray(FLOATS, b, bAt + k * 2 * PANEL + PANEL + LENGTH);
            x = FloatVector.broadcast(FLOATS, a[aAt + 2 * k + 1]);
            s00 = x.fma(b0, s00);
            s01 = x.fma(b1, s01);
            x = FloatVector.broadcast(FLOATS, a[a1 + 2 * k + 1]);
            s10 = x.fma(b0, s10);
            s11 = x.fma(b1, s11);
            x = FloatVector.broadcast(FLOATS, a[a2 + 2 * k + 1]);
            s20 = x.fma(b0, s20);
            s21 = x.fma(b1, s21);
            x = FloatVector.broadcast(FLOATS, a[a3 + 2 * k + 1]);
            s30 = x.fma(b0, s30);
            s31 = x.fma(b1, s31);
        }
        s00.intoArray(out, outAt);
        s01.intoArray(out, outAt + LENGTH);
        s10.intoArray(out, outAt + r1 * outLd);
        s11.intoArray(out, outAt + r1 * outLd + LENGTH);
        s20.intoArray(out, outAt + r2 * outLd);
        s21.intoArray(out, outAt + r2 * outLd + LENGTH);
        s30.intoArray(out, outAt + r3 * outLd);
        s31.intoArray(out, outAt + r3 * outLd + LENGTH);
    }

    /** Six whole rows of 2 vectors, one k at a time: 12 sums, and 16 registers have room for no more. */
    private static void sixRows(
            float[] out, int outAt, int outLd, float[] start, int startAt, int startLd,
            float[] a, int aAt, int aLd, float[] b, int bAt, int depth) {
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
        if (start != null) {
            s00 = FloatVector.fromArray(FLOATS, start, startAt);
            s01 = FloatVector.fromArray(FLOATS, start, startAt + LENGTH);
            s10 = FloatVector.fromArray(FLOATS, start, startAt + startLd);
            s11 = FloatVector.fromArray(FLOATS, start, startAt + startLd + LENGTH);
            s20 = FloatVector.fromArray(FLOATS, start, startAt + 2 * startLd);
            s21 = FloatVector.fromArray(FLOATS, start, startAt + 2 * startLd + LENGTH);
            s30 = FloatVector.fromArray(FLOATS, start, startAt + 3 * startLd);
            s31 = FloatVector.fromArray(FLOATS, start, startAt + 3 * startLd + LENGTH);
            s40 = FloatVector.fromArray(FLOATS, start, startAt + 4 * startLd);
            s41 = FloatVector.fromArray(FLOATS, start, startAt + 4 * startLd + LENGTH);
            s50 = FloatVector.fromArray(FLOATS, start, startAt + 5 * startLd);
            s51 = FloatVector.fromArray(FLOATS, start, startAt + 5 * startLd + LENGTH);
        }
        int a1 = aAt + aLd;
        int a2 = aAt + 2 * aLd;
        int a3 = aAt + 3 * aLd;
        int a4 = aAt + 4 * aLd;
        int a5 = aAt + 5 * aLd;
        for (int k = 0; k < depth; k++) {
            FloatVector b0 = FloatVector.fromArray(FLOATS, b, bAt + k * PANEL);
            FloatVector b1 = FloatVector.fromArray(FLOATS, b, bAt + k * PANEL + LENGTH);
            FloatVector x = FloatVector.broadcast(FLOATS, a[aAt + k]);
            s00 = x.fma(b0, s00);
            s01 = x.fma(b1, s01);
            x = FloatVector.broadcast(FLOATS, a[a1 + k]);
            s10 = x.fma(b0, s10);
            s11 = x.fma(b1, s11);
            x = FloatVector.broadcast(FLOATS, a[a2 + k]);
            s20 = x.fma(b0, s20);
            s21 = x.fma(b1, s21);
            x = FloatVector.broadcast(FLOATS, a[a3 + k]);
            s30 = x.fma(b0, s30);
            s31 = x.fma(b1, s31);
            x = FloatVector.broadcast(FLOATS, a[a4 + k]);
            s40 = x.fma(b0, s40);
            s41 = x.fma(b1, s41);
            x = FloatVector.broadcast(FLOATS, a[a5 + k]);
            s50 = x.fma(b0, s50);
            s51 = x.fma(b1, s51);
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
    }

    /** What no tile covers, a vector at a time: the last columns, and the last k of an odd number. */
    private static void edge(
            float[] out, int outAt, int outLd, float[] start, int startAt, int startLd,
            float[] a, int aAt, int aLd, float[] panel, int panelAt, int depth, int rows, int from, int to) {
        for (int c = from; c < to; c += LENGTH) {
            VectorMask<Float> mask = FLOATS.indexInRange(c, to);
            for (int r = 0; r < rows; r++) {
                FloatVector sum = FloatVector.zero(FLOATS);
                if (start != null) {
                    sum = FloatVector.fromArray(FLOATS, start, startAt + r * startLd + c, mask);
                }
                for (int k = 0; k < depth; k++) {
                    FloatVector x = FloatVector.broadcast(FLOATS, a[aAt + r * aLd + k]);
                    sum = x.fma(FloatVector.fromArray(FLOATS, panel, panelAt + k * PANEL + c), sum);
                }
                sum.intoArray(out, outAt + r * outLd + c, mask);
            }
        }
    }
}
