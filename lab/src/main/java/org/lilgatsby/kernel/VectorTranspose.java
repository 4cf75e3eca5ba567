package org.lilgatsby.kernel;

import static org.lilgatsby.kernel.VectorWidth.PANEL;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorShuffle;
import jdk.incubator.vector.VectorSpecies;

/**
 * Packing of a matrix that is stored transposed, in blocks of four by four whatever the width of vectors elsewhere:
 * lanes stay within 128 bits, and a block needs no memory in between. Done an element at a time, packing takes as long
 * as a third of the product.
 */
final class VectorTranspose {
    private static final VectorSpecies<Float> FOUR = FloatVector.SPECIES_128;
    private static final VectorShuffle<Float> SWAP_1 = VectorShuffle.fromOp(FOUR, lane -> lane ^ 1);
    private static final VectorShuffle<Float> SWAP_2 = VectorShuffle.fromOp(FOUR, lane -> lane ^ 2);
    private static final VectorMask<Float> UPPER_1 = VectorMask.fromValues(FOUR, false, true, false, true);
    private static final VectorMask<Float> UPPER_2 = VectorMask.fromValues(FOUR, false, false, true, true);

    private VectorTranspose() {}

    /** One panel: panel[k][c] = w[c][k] for k &lt; rows, c &lt; columns. */
    static void pack(float[] panel, int panelAt, float[] w, int at, int ld, int rows, int columns) {
        int wholeRows = rows - rows % 4;
        int wholeColumns = columns - columns % 4;
        for (int c = 0; c < wholeColumns; c += 4) {
            blocks(panel, panelAt + c, w, at + c * ld, ld, wholeRows);
        }
        single(panel, panelAt, w, at, ld, 0, rows, wholeColumns, columns);
        single(panel, panelAt, w, at, ld, wholeRows, rows, 0, wholeColumns);
    }

    /**
     * panel[k][c] = w[c][k] for c &lt; 4 and k &lt; rows, a multiple of 4. Rows that are one apart exchange the upper
     * lanes of the one, those with an odd number, and the lower ones of the other; then rows that are two apart those
     * with bit 1 and without.
     */
    private static void blocks(float[] panel, int panelAt, float[] w, int at, int ld, int rows) {
        for (int k = 0; k < rows; k += 4) {
            FloatVector a = FloatVector.fromArray(FOUR, w, at + k);
            FloatVector b = FloatVector.fromArray(FOUR, w, at + ld + k);
            FloatVector c = FloatVector.fromArray(FOUR, w, at + 2 * ld + k);
            FloatVector d = FloatVector.fromArray(FOUR, w, at + 3 * ld + k);
            FloatVector a1 = a.blend(b.rearrange(SWAP_1), UPPER_1);
            FloatVector b1 = a.rearrange(SWAP_1).blend(b, UPPER_1);
            FloatVector c1 = c.blend(d.rearrange(SWAP_1), UPPER_1);
            FloatVector d1 = c.rearrange(SWAP_1).blend(d, UPPER_1);
            int row = panelAt + k * PANEL;
            a1.blend(c1.rearrange(SWAP_2), UPPER_2).intoArray(panel, row);
            b1.blend(d1.rearrange(SWAP_2), UPPER_2).intoArray(panel, row + PANEL);
            a1.rearrange(SWAP_2).blend(c1, UPPER_2).intoArray(panel, row + 2 * PANEL);
            b1.rearrange(SWAP_2).blend(d1, UPPER_2).intoArray(panel, row + 3 * PANEL);
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
