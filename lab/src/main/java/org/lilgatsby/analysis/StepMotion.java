package org.lilgatsby.analysis;

import org.lilgatsby.kernel.AnalysisKernels;
import org.lilgatsby.kernel.RowMoves;
import org.lilgatsby.kernel.RowMoves.Figure;
import org.lilgatsby.kernel.WordPairs;

/**
 * How far each row moved in one step. Only changed rows have figures, one place each: first the live ones, then the
 * dead ones, each in ascending order. The kernel measures rows of bfloat16 matrices, gathered and transposed for it;
 * float32 matrices, and sums that exceed the range of float, are measured in double.
 */
final class StepMotion {
    private final int[] liveRows;
    private final int[] deadRows;
    private final int[] rows; // [place]
    private final WordPairs pairs;
    private final RowMoves moves; // by place
    private final double[] cellsL2; // [place]
    private final int[] hashes; // [row]
    private int live;
    private int moved;

    /** For a frame that has been started. */
    StepMotion(HistoryState frame, LiveDeadSplit split) {
        liveRows = split.live().toArray();
        deadRows = split.dead().toArray();
        int whole = Math.ceilDiv(frame.rows(), AnalysisKernels.ROWS) * AnalysisKernels.ROWS;
        rows = new int[frame.rows()];
        pairs = new WordPairs(whole, frame.words());
        moves = new RowMoves(whole);
        cellsL2 = new double[frame.rows()];
        hashes = frame.hashes();
    }

    /** How many live rows changed: they are at the places below. */
    int live() {
        return live;
    }

    /** How many rows changed. */
    int moved() {
        return moved;
    }

    /** The row at a place. */
    int row(int place) {
        return rows[place];
    }

    /** A figure of every row that changed. */
    double[] of(Figure figure) {
        return moves.of(figure);
    }

    /** L2 norm of the cell distances of every row that changed. */
    double[] cellsL2() {
        return cellsL2;
    }

    /** A number for each row, by its id, shared by rows with equal bits. */
    int[] hashes() {
        return hashes;
    }

    /** Measures the step that a frame has just made. */
    void measure(HistoryState frame) {
        live = select(frame, liveRows, 0);
        moved = select(frame, deadRows, live);
        for (int place = 0; place < moved; place++) {
            hashes[rows[place]] = frame.hash(rows[place]);
        }
        if (frame.format() == FloatFormat.BF16) {
            measureGathered(frame);
        } else {
            for (int place = 0; place < moved; place++) {
                measureInDouble(frame, place);
            }
        }
        double[] squares = of(Figure.CELL_SQUARES);
        for (int place = 0; place < moved; place++) {
            cellsL2[place] = Math.sqrt(squares[place]);
        }
    }

    private int select(HistoryState frame, int[] from, int place) {
        int next = place;
        for (int row : from) {
            if (frame.changed(row)) {
                rows[next++] = row;
            }
        }
        return next;
    }

    private void measureGathered(HistoryState frame) {
        for (int place = 0; place < moved; place++) {
            frame.gather(pairs, place, rows[place]);
        }
        int whole = Math.ceilDiv(moved, AnalysisKernels.ROWS) * AnalysisKernels.ROWS;
        pairs.clear(moved, whole);
        frame.kernels().moves(moves, pairs, whole);
        double[] l2 = of(Figure.L2);
        for (int place = 0; place < moved; place++) {
            if (Double.isNaN(l2[place])) {
                measureInDouble(frame, place);
            }
        }
    }

    private void measureInDouble(HistoryState frame, int place) {
        TokenStep step = TokenStep.of(frame.matrixBefore(), frame.matrix(), rows[place]);
        of(Figure.L2)[place] = step.l2();
        of(Figure.L_INFINITY)[place] = step.lInfinity();
        of(Figure.ULP_L1)[place] = step.ulp().l1();
        of(Figure.ULP_L2)[place] = step.ulp().l2();
        of(Figure.ULP_L_INFINITY)[place] = step.ulp().lInfinity();
        of(Figure.CELLS_L1)[place] = step.cells().l1();
        of(Figure.CELL_SQUARES)[place] = step.cells().squares();
        of(Figure.CELLS_L_INFINITY)[place] = step.cells().lInfinity();
    }
}
