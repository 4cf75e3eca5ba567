package org.lilgatsby.analysis;

import java.util.Arrays;
import java.util.List;
import org.lilgatsby.kernel.RowMoves.Figure;

/** All figures of {@link Evolution} for one chunk of a history. */
final class EvolutionWorker implements HistoryScan.Worker {
    private static final Regime[] REGIMES = Regime.values();
    private static final int[] NONE = new int[REGIMES.length];

    private final History history;
    private final PerGroup<CensusWorker> census;
    private final CentroidWorker centroid;
    private final StepSizes.Worker stepSizes;
    private final LatticeSeries.Worker lattice;
    private final PerGroup<RegimeSeries.Target> regimeCounts;
    private final LiveDeadSplit split;
    private final int[] inRegimeLive = new int[REGIMES.length];
    private final int[] inRegimeDead = new int[REGIMES.length];
    private final int[][] lastIn; // [regime][row]: last step in it; not kept for rows that stood still
    private Scratch scratch;

    /** Scratch memory, released when the chunk is done. */
    private record Scratch(StepMotion motion, Labels before, Labels labels) {}

    EvolutionWorker(History history, LiveDeadSplit split, PerGroup<double[]> origins, Evolution.Targets targets) {
        int rows = history.rows();
        this.history = history;
        this.regimeCounts = targets.regimes();
        this.split = split;
        census = PerGroup.of(group -> new CensusWorker(split.tokens(group), rows));
        centroid = new CentroidWorker(history, split, origins, targets.centroid());
        stepSizes = new StepSizes.Worker(split, targets.stepSizes());
        lattice = new LatticeSeries.Worker(split, targets.lattice());
        lastIn = lastIn(rows, ArrayMaker.making());
    }

    private static int[][] lastIn(int rows, ArrayMaker arrays) {
        return arrays.ints(REGIMES.length, rows);
    }

    /** Bytes that a worker keeps after its chunk is done. */
    static long bytes(int rows) {
        ArrayMaker arrays = ArrayMaker.counting();
        lastIn(rows, arrays);
        return arrays.bytes();
    }

    @Override
    public void start(HistoryState frame, int place) {
        scratch = new Scratch(new StepMotion(frame, split), new Labels(frame.rows()), new Labels(frame.rows()));
        scratch.labels.update(frame, scratch.motion.hashes());
        for (Group group : Group.values()) {
            census.get(group).start(scratch.labels, place);
        }
        centroid.start(frame, place);
    }

    @Override
    public void step(HistoryState frame, int place) {
        StepMotion motion = scratch.motion;
        motion.measure(frame);
        regroup(frame, place);
        centroid.step(frame, place);
        stepSizes.step(motion, place);
        lattice.step(motion, place);
        judge(
                frame.columns(),
                place,
                0,
                motion.live(),
                inRegimeLive,
                split.live().size());
        judge(
                frame.columns(),
                place,
                motion.live(),
                motion.moved(),
                inRegimeDead,
                split.dead().size());
        regimeCounts.live().put(place, inRegimeLive, NONE);
        regimeCounts.dead().put(place, inRegimeDead, NONE);
        regimeCounts.all().put(place, inRegimeLive, inRegimeDead);
    }

    @Override
    public void end() {
        stepSizes.end();
        lattice.end();
        centroid.end();
        scratch = null;
    }

    private void regroup(HistoryState frame, int place) {
        if (frame.changedRows() == 0) {
            return;
        }
        Labels before = scratch.before;
        Labels labels = scratch.labels;
        before.copy(labels);
        labels.update(frame, scratch.motion.hashes(), before);
        if (labels.differ(before)) {
            for (Group group : Group.values()) {
                census.get(group).regrouped(before, labels, place, history.step(place));
            }
        }
    }

    /** Counts the regimes of a group of tokens; its changed rows are at the given places of the motion. */
    private void judge(int columns, int place, int from, int to, int[] inRegime, int tokens) {
        double[] l1 = scratch.motion.of(Figure.CELLS_L1);
        double[] squares = scratch.motion.of(Figure.CELL_SQUARES);
        double[] max = scratch.motion.of(Figure.CELLS_L_INFINITY);
        int step = history.step(place);
        Arrays.fill(inRegime, 0);
        inRegime[Regime.FROZEN.ordinal()] = tokens - (to - from);
        for (int i = from; i < to; i++) {
            int regime = Regime.of(l1[i], squares[i], max[i], columns).ordinal();
            inRegime[regime]++;
            lastIn[regime][scratch.motion.row(i)] = step;
        }
    }

    /** The census of a group in this chunk. */
    CensusWorker census(Group group) {
        return census.get(group);
    }

    /** The path of the centroids in this chunk. */
    CentroidWorker centroid() {
        return centroid;
    }

    /** The events of a group in this chunk. */
    List<GroupEvent> events(Group group) {
        return census.get(group).events();
    }

    /** The phases of a row in this chunk. */
    Phases phases(int row) {
        return new Phases(
                lastIn[Regime.MULTI_CELL.ordinal()][row],
                lastIn[Regime.LOCAL.ordinal()][row],
                lastIn[Regime.ADJACENT_CELL.ordinal()][row],
                lastIn[Regime.SINGLE_AXIS_HOP.ordinal()][row]);
    }
}
