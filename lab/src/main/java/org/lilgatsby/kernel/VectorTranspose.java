package org.lilgatsby.kernel;

import static org.lilgatsby.kernel.VectorWidth.LENGTH;
import static org.lilgatsby.kernel.VectorWidth.PANEL;

/**
 * Packs a matrix that is stored transposed, in square blocks as wide as a vector. An element at a time, packing would
 * take a third of the time of the product. Vectors of another width would be quicker in places, but the JIT compiles by
 * what it has seen: once it has seen two widths in the methods of the vector API, it keeps the sums of any tile
 * compiled after that in memory, or on the heap.
 */
final class VectorTranspose {
    private VectorTranspose() {}

    /** One panel: panel[k][c] = w[c][k] for k &lt; rows, c &lt; columns. */
    static void pack(float[] panel, int panelAt, float[] w, int at, int ld, int rows, int columns) {
        int wholeRows = rows - rows % LENGTH;
        int wholeColumns = columns - columns % LENGTH;
        for (int c = 0; c < wholeColumns; c += LENGTH) {
            blocks(panel, panelAt + c, w, at + c * ld, ld, wholeRows);
        }
        single(panel, panelAt, w, at, ld, 0, rows, wholeColumns, columns);
        single(panel, panelAt, w, at, ld, wholeRows, rows, 0, wholeColumns);
    }

    private static void blocks(float[] panel, int panelAt, float[] w, int at, int ld, int rows) {
        switch (LENGTH) {
            case 4 -> Transpose.blocks4(panel, panelAt, w, at, ld, rows);
            case 8 -> Transpose.blocks8(panel, panelAt, w, at, ld, rows);
            default -> Transpose.blocks16(panel, panelAt, w, at, ld, rows);
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
