package org.lilgatsby.kernel;

import static org.lilgatsby.kernel.CacheLine.FIRST;
import static org.lilgatsby.kernel.VectorWidth.FLOATS;
import static org.lilgatsby.kernel.VectorWidth.LENGTH;
import static org.lilgatsby.kernel.VectorWidth.PANEL;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorShuffle;

/**
 * Packing of a matrix that is stored transposed. Blocks of as many rows as a vector has lanes are transposed in
 * log2(lanes) passes; pass d exchanges the upper lanes, those with bit d, of row i with the lower ones of row i+d,
 * for every i without bit d. Done an element at a time, it takes as long as a third of the product.
 */
final class VectorTranspose {
    private static final VectorShuffle<Float> SWAP_1 = swap(1);
    private static final VectorShuffle<Float> SWAP_2 = swap(2);
    private static final VectorShuffle<Float> SWAP_4 = swap(4);
    private static final VectorShuffle<Float> SWAP_8 = swap(8);
    private static final VectorMask<Float> UPPER_1 = upper(1);
    private static final VectorMask<Float> UPPER_2 = upper(2);
    private static final VectorMask<Float> UPPER_4 = upper(4);
    private static final VectorMask<Float> UPPER_8 = upper(8);

    private VectorTranspose() {}

    private static VectorShuffle<Float> swap(int distance) {
        return VectorShuffle.fromOp(FLOATS, lane -> (lane ^ distance) % LENGTH);
    }

    private static VectorMask<Float> upper(int distance) {
        boolean[] upper = new boolean[LENGTH];
        for (int lane = 0; lane < LENGTH; lane++) {
            upper[lane] = (lane & distance) != 0;
        }
        return VectorMask.fromArray(FLOATS, upper, 0);
    }

    /** One panel: panel[k][c] = w[c][k] for k &lt; rows, c &lt; columns. */
    static void pack(float[] panel, int panelAt, float[] w, int at, int ld, int rows, int columns) {
        int wholeRows = rows - rows % LENGTH;
        int wholeColumns = columns - columns % LENGTH;
        if (wholeRows > 0) {
            float[] block = VectorScratch.atLeast(LENGTH * wholeRows);
            for (int c = 0; c < wholeColumns; c += LENGTH) {
                block(panel, panelAt + c, w, at + c * ld, ld, wholeRows, block);
            }
        }
        single(panel, panelAt, w, at, ld, 0, rows, wholeColumns, columns);
        single(panel, panelAt, w, at, ld, wholeRows, rows, 0, wholeColumns);
    }

    /** panel[k][c] = w[c][k] for as many c as a vector has lanes. */
    private static void block(float[] panel, int panelAt, float[] w, int at, int ld, int rows, float[] block) {
        for (int i = 0; i < LENGTH; i += 4) {
            firstTwo(block, FIRST + i * rows, w, at + i * ld, ld, rows);
        }
        for (int i = 0; LENGTH == 8 && i < 4; i++) {
            four(block, FIRST + i * rows, rows);
        }
        for (int i = 0; LENGTH == 16 && i < 4; i++) {
            lastTwo(block, FIRST + i * rows, rows);
        }
        for (int i = 0; i < LENGTH; i++) {
            scatter(panel, panelAt + i * PANEL, block, FIRST + i * rows, rows);
        }
    }

    /** Passes 0 and 1: four rows that are {@code ld} apart. */
    private static void firstTwo(float[] out, int outAt, float[] x, int at, int ld, int n) {
        for (int k = 0; k < n; k += LENGTH) {
            FloatVector a = FloatVector.fromArray(FLOATS, x, at + k);
            FloatVector b = FloatVector.fromArray(FLOATS, x, at + ld + k);
            FloatVector c = FloatVector.fromArray(FLOATS, x, at + 2 * ld + k);
            FloatVector d = FloatVector.fromArray(FLOATS, x, at + 3 * ld + k);
            FloatVector a1 = a.blend(b.rearrange(SWAP_1), UPPER_1);
            FloatVector b1 = a.rearrange(SWAP_1).blend(b, UPPER_1);
            FloatVector c1 = c.blend(d.rearrange(SWAP_1), UPPER_1);
            FloatVector d1 = c.rearrange(SWAP_1).blend(d, UPPER_1);
            a1.blend(c1.rearrange(SWAP_2), UPPER_2).intoArray(out, outAt + k);
            b1.blend(d1.rearrange(SWAP_2), UPPER_2).intoArray(out, outAt + n + k);
            a1.rearrange(SWAP_2).blend(c1, UPPER_2).intoArray(out, outAt + 2 * n + k);
            b1.rearrange(SWAP_2).blend(d1, UPPER_2).intoArray(out, outAt + 3 * n + k);
        }
    }

    /** Pass 2 alone, the last where vectors have eight lanes: rows i and i+4. */
    private static void four(float[] x, int at, int n) {
        for (int k = at; k < at + n; k += LENGTH) {
            FloatVector a = FloatVector.fromArray(FLOATS, x, k);
            FloatVector b = FloatVector.fromArray(FLOATS, x, k + 4 * n);
            a.blend(b.rearrange(SWAP_4), UPPER_4).intoArray(x, k);
            a.rearrange(SWAP_4).blend(b, UPPER_4).intoArray(x, k + 4 * n);
        }
    }

    /** Passes 2 and 3: rows i, i+4, i+8 and i+12. */
    private static void lastTwo(float[] x, int at, int n) {
        for (int k = at; k < at + n; k += LENGTH) {
            FloatVector a = FloatVector.fromArray(FLOATS, x, k);
            FloatVector b = FloatVector.fromArray(FLOATS, x, k + 4 * n);
            FloatVector c = FloatVector.fromArray(FLOATS, x, k + 8 * n);
            FloatVector d = FloatVector.fromArray(FLOATS, x, k + 12 * n);
            FloatVector a1 = a.blend(b.rearrange(SWAP_4), UPPER_4);
            FloatVector b1 = a.rearrange(SWAP_4).blend(b, UPPER_4);
            FloatVector c1 = c.blend(d.rearrange(SWAP_4), UPPER_4);
            FloatVector d1 = c.rearrange(SWAP_4).blend(d, UPPER_4);
            a1.blend(c1.rearrange(SWAP_8), UPPER_8).intoArray(x, k);
            b1.blend(d1.rearrange(SWAP_8), UPPER_8).intoArray(x, k + 4 * n);
            a1.rearrange(SWAP_8).blend(c1, UPPER_8).intoArray(x, k + 8 * n);
            b1.rearrange(SWAP_8).blend(d1, UPPER_8).intoArray(x, k + 12 * n);
        }
    }

    /** Vectors in a row to rows of the panel that are as many apart as a vector has lanes. */
    private static void scatter(float[] panel, int panelAt, float[] x, int at, int n) {
        for (int k = 0; k < n; k += LENGTH) {
            FloatVector.fromArray(FLOATS, x, at + k).intoArray(panel, panelAt + k * PANEL);
        }
    }

    private static void single(
            float[] panel, int panelAt, float[] w, int at, int ld,
            int fromRow, int toRow, int fromColumn, int toColumn) {
        for (int c = fromColumn; c < toColumn; c++) {
            for (int k = fromRow; k < toRow; k++) {
                panel[panelAt + k * PANEL + c] = w[at + c * ld + k];
            }
        }
    }
}
