package org.lilgatsby.analysis;

import java.util.Arrays;
import org.lilgatsby.kernel.MotionKernels;
import org.lilgatsby.kernel.RowMoves;
import org.lilgatsby.kernel.RowMoves.Figure;

/**
 * How far each row came in one step. Only rows that changed are measured: those of bfloat16 matrices by
 * the kernel, for which they are gathered and transposed; in double those of float32 matrices, and
 * those whose sums leave the range of float.
 */
final class StepMotion {
    private static final Figure[] FIGURES = Figure.values();

    /** Added to the distance of two words of a row, so that they do not all fall on the same lines of the cache. */
    private static final int PADDING = 16;

    private final int ld;
    private final int[] after;
    private final int[] before;
    private final int[] slots;
    private final RowMoves gathered;
    private final double[][] moves; // [figure][row]
    private final double[] cellsL2;
    private final int[] hashes;

    /** For a frame that has been started. */
    StepMotion(Frame frame) {
        int whole = Math.ceilDiv(frame.rows(), MotionKernels.ROWS) * MotionKernels.ROWS;
        ld = whole + PADDING;
        after = new int[Math.multiplyExact(ld, frame.words())];
        before = new int[after.length];
        slots = new int[frame.rows()];
        gathered = new RowMoves(whole);
        moves = new double[FIGURES.length][frame.rows()];
        cellsL2 = new double[frame.rows()];
        hashes = frame.hashes();
    }

    /** A figure of every row; 0 for a row that did not change. */
    double[] of(Figure figure) {
        return moves[figure.ordinal()];
    }

    /** L2 norm of the cell distances of every row; 0 for a row that did not change. */
    double[] cellsL2() {
        return cellsL2;
    }

    /** A number for each row that rows with equal bits share. */
    int[] hashes() {
        return hashes;
    }

    /** Measures the step that a frame has just made. */
    void measure(Frame frame) {
        for (double[] figure : moves) {
            Arrays.fill(figure, 0);
        }
        if (frame.format() == Format.BF16) {
            measureGathered(frame);
        } else {
            for (int row = 0; row < frame.rows(); row++) {
                if (frame.changed(row)) {
                    hashes[row] = frame.hash(row);
                    measureInDouble(frame, row);
                }
            }
        }
        takeRoots();
    }

    private void takeRoots() {
        double[] squares = of(Figure.CELL_SQUARES);
        for (int row = 0; row < squares.length; row++) {
            cellsL2[row] = Math.sqrt(squares[row]);
        }
    }

    private void measureGathered(Frame frame) {
        int count = gather(frame);
        int whole = Math.ceilDiv(count, MotionKernels.ROWS) * MotionKernels.ROWS;
        frame.kernels().moves(gathered, after, before, frame.factors(), whole, frame.words(), ld);
        for (Figure figure : FIGURES) {
            float[] from = gathered.of(figure);
            double[] to = moves[figure.ordinal()];
            for (int slot = 0; slot < count; slot++) {
                to[slots[slot]] = from[slot];
            }
        }
        float[] l2 = gathered.of(Figure.L2);
        for (int slot = 0; slot < count; slot++) {
            hashes[slots[slot]] = gathered.hashes()[slot];
            if (Float.isNaN(l2[slot])) {
                measureInDouble(frame, slots[slot]);
            }
        }
    }

    private int gather(Frame frame) {
        int count = 0;
        for (int row = 0; row < frame.rows(); row++) {
            if (frame.changed(row)) {
                transpose(frame.present(), row * frame.words(), frame.words(), after, count);
                transpose(frame.before(), row * frame.words(), frame.words(), before, count);
                slots[count++] = row;
            }
        }
        return count;
    }

    private void transpose(int[] words, int from, int n, int[] to, int slot) {
        for (int k = 0; k < n; k++) {
            to[k * ld + slot] = words[from + k];
        }
    }

    private void measureInDouble(Frame frame, int row) {
        TokenStep step = TokenStep.of(frame.matrixBefore(), frame.matrix(), row);
        set(row, Figure.L2, step.l2());
        set(row, Figure.L_INFINITY, step.lInfinity());
        set(row, Figure.ULP_L1, step.ulp().l1());
        set(row, Figure.ULP_L2, step.ulp().l2());
        set(row, Figure.ULP_L_INFINITY, step.ulp().lInfinity());
        set(row, Figure.CELLS_L1, step.cells().l1());
        set(row, Figure.CELL_SQUARES, step.cells().squares());
        set(row, Figure.CELLS_L_INFINITY, step.cells().lInfinity());
    }

    private void set(int row, Figure figure, double value) {
        moves[figure.ordinal()][row] = value;
    }
}
