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
    private final Labels before;
    private final Labels labels;
    private StepMotion motion;
    private final LiveDeadSplit split;
    private final int[] inRegimeLive = new int[REGIMES.length];
    private final int[] inRegimeDead = new int[REGIMES.length];
    private final int[][] lastIn; // [regime][row]: last step in it; not kept for rows that stood still

    EvolutionWorker(
            History history,
            LiveDeadSplit split,
            PerGroup<double[]> origins,
            PerGroup<CentroidPath.Target> paths,
            PerGroup<CensusWorker.Target> censuses,
            PerGroup<StepSizes.Target> sizes,
            PerGroup<LatticeSeries.Target> lattices,
            PerGroup<RegimeSeries.Target> regimeCounts) {
        int rows = history.rows();
        this.history = history;
        this.regimeCounts = regimeCounts;
        this.split = split;
        census = PerGroup.of(group -> new CensusWorker(split.tokens(group), rows, censuses.get(group)));
        centroid = new CentroidWorker(split, origins, paths);
        stepSizes = new StepSizes.Worker(split, sizes);
        lattice = new LatticeSeries.Worker(split, lattices);
        before = new Labels(rows);
        labels = new Labels(rows);
        lastIn = new int[REGIMES.length][rows];
    }

    @Override
    public void start(HistoryState frame, int place) {
        motion = new StepMotion(frame, split);
        labels.update(frame, motion.hashes());
        for (Group group : Group.values()) {
            census.get(group).start(labels, place);
        }
        centroid.start(frame, place);
    }

    @Override
    public void step(HistoryState frame, int place) {
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

    private void regroup(HistoryState frame, int place) {
        boolean regrouped = false;
        if (frame.changedRows() > 0) {
            before.copy(labels);
            labels.update(frame, motion.hashes(), before);
            regrouped = labels.differ(before);
        }
        for (Group group : Group.values()) {
            if (regrouped) {
                census.get(group).regrouped(before, labels, place, history.step(place));
            } else {
                census.get(group).unchanged(labels, place);
            }
        }
    }

    /** Counts the regimes of a group of tokens, whose rows that changed are at the given places of the motion. */
    private void judge(int columns, int place, int from, int to, int[] inRegime, int tokens) {
        double[] l1 = motion.of(Figure.CELLS_L1);
        double[] squares = motion.of(Figure.CELL_SQUARES);
        double[] max = motion.of(Figure.CELLS_L_INFINITY);
        int step = history.step(place);
        Arrays.fill(inRegime, 0);
        inRegime[Regime.FROZEN.ordinal()] = tokens - (to - from);
        for (int i = from; i < to; i++) {
            int regime = Regime.of(l1[i], squares[i], max[i], columns).ordinal();
            inRegime[regime]++;
            lastIn[regime][motion.row(i)] = step;
        }
    }

    /** Fills in what takes the chunk before this one too. */
    void join(EvolutionWorker before) {
        centroid.join(before.centroid);
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
