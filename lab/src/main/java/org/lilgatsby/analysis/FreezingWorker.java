package org.lilgatsby.analysis;

import java.util.Arrays;
import org.lilgatsby.kernel.RowMoves.Figure;

/** All figures of {@link Freezing} for one chunk of a history. */
final class FreezingWorker implements HistoryScan.Worker {
    private static final MoveClass[] CLASSES = MoveClass.values();

    private final History history;
    private final LiveDeadSplit split;
    private final Freezing.Ends ends; // shared by the workers
    private final PerGroup<FrozenSeries.Target> targets; // shared; each worker has places of its own
    private Scratch scratch;

    /** What is released when the chunk is done. */
    private static final class Scratch {
        private final StepMotion motion;
        private final Freezing.Ends ends; // of this chunk
        private final long[] cells; // [columns]: of one row
        private final double[] differences; // [columns]: of one row, in values or in cells

        Scratch(HistoryState frame, LiveDeadSplit split) {
            motion = new StepMotion(frame, split);
            ends = new Freezing.Ends(frame.rows(), frame.columns(), ArrayMaker.making());
            cells = new long[frame.columns()];
            differences = new double[frame.columns()];
        }
    }

    FreezingWorker(History history, LiveDeadSplit split, Freezing.Ends ends, PerGroup<FrozenSeries.Target> targets) {
        this.history = history;
        this.split = split;
        this.ends = ends;
        this.targets = targets;
    }

    @Override
    public void start(HistoryState frame, int place) {
        scratch = new Scratch(frame, split);
    }

    @Override
    public void step(HistoryState frame, int place) {
        StepMotion motion = scratch.motion;
        motion.measure(frame);
        int step = history.step(place);
        judge(frame.columns(), step);
        FrozenSeries.Sums live = measure(frame, step, 0, motion.live());
        FrozenSeries.Sums dead = measure(frame, step, motion.live(), motion.moved());
        targets.live().put(place, live);
        targets.dead().put(place, dead);
        targets.all().put(place, live.plus(dead));
    }

    /** Notes the class of every step. */
    private void judge(int columns, int step) {
        StepMotion motion = scratch.motion;
        double[] cellsL1 = motion.of(Figure.CELLS_L1);
        double[] cellsL2 = motion.cellsL2();
        double[] cellsMax = motion.of(Figure.CELLS_L_INFINITY);
        double[] ulpL1 = motion.of(Figure.ULP_L1);
        double[] ulpL2 = motion.of(Figure.ULP_L2);
        double[] ulpMax = motion.of(Figure.ULP_L_INFINITY);
        for (int i = 0; i < motion.moved(); i++) {
            int row = motion.row(i);
            for (MoveClass each : CLASSES) {
                if (each.holds(cellsL1[i], cellsL2[i], cellsMax[i], columns)) {
                    scratch.ends.moved(row, TokenLife.Scale.CELLS, each, step);
                }
                if (each.holds(ulpL1[i], ulpL2[i], ulpMax[i], columns)) {
                    scratch.ends.moved(row, TokenLife.Scale.ULP, each, step);
                }
            }
        }
    }

    /** Sums over the changed rows at the given places of the motion. */
    private FrozenSeries.Sums measure(HistoryState frame, int step, int from, int to) {
        FrozenSeries.Sums sums = new FrozenSeries.Sums();
        for (int i = from; i < to; i++) {
            int row = scratch.motion.row(i);
            frame.displacement(row, scratch.cells);
            int axes = 0;
            for (int j = 0; j < scratch.cells.length; j++) {
                if (scratch.cells[j] != 0) {
                    axes++;
                    scratch.ends.moved(row * scratch.cells.length + j, step);
                }
            }
            if (axes > 0) {
                frame.difference(row, scratch.differences);
                double inValues = participation(scratch.differences);
                Arrays.setAll(scratch.differences, j -> scratch.cells[j]);
                sums.add(axes, inValues, participation(scratch.differences));
            }
        }
        return sums;
    }

    /** (sum d^2)^2 / sum d^4, with d as a multiple of the largest, so that nothing overflows or vanishes. */
    private static double participation(double[] differences) {
        double largest = 0;
        for (double difference : differences) {
            largest = Math.max(largest, Math.abs(difference));
        }
        double squares = 0;
        double fourths = 0;
        for (double difference : differences) {
            double square = difference / largest * (difference / largest);
            squares += square;
            fourths += square * square;
        }
        return squares * squares / fourths;
    }

    @Override
    public void end() {
        ends.add(scratch.ends);
        scratch = null;
    }
}
