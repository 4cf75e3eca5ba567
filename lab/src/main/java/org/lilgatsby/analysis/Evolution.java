package org.lilgatsby.analysis;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.lilgatsby.kernel.AnalysisKernels;

/**
 * What happened to an embedding matrix, step by step, from one reading of its history: census, fission and merger,
 * centroid, step sizes, displacements on the lattice, regimes and phases.
 *
 * <p>Places are those of the history. A step goes from one recorded state to the next; where only every Nth was
 * recorded, it spans N updates.
 */
public final class Evolution {
    /** More than any figure of a report draws, and than the longest of the experiments has. */
    private static final int MOST_KEPT = 16_384;

    private final int[] steps;
    private final Places kept;
    private final PerGroup<CensusSeries> census;
    private final PerGroup<List<GroupEvent>> events;
    private final PerGroup<CentroidPath> centroid;
    private final PerGroup<StepSizes> stepSizes;
    private final PerGroup<LatticeSeries> lattice;
    private final PerGroup<RegimeSeries> regimes;
    private final List<Phases> phases;

    /** The series that the workers of all chunks fill. */
    record Targets(
            PerGroup<CentroidPath.Target> centroid,
            PerGroup<StepSizes.Target> stepSizes,
            PerGroup<LatticeSeries.Target> lattice,
            PerGroup<RegimeSeries.Target> regimes) {
        static Targets of(Places kept, ArrayMaker arrays) {
            return new Targets(
                    PerGroup.of(group -> new CentroidPath.Target(kept, arrays)),
                    PerGroup.of(group -> new StepSizes.Target(kept, arrays)),
                    PerGroup.of(group -> new LatticeSeries.Target(kept, arrays)),
                    PerGroup.of(group -> new RegimeSeries.Target(kept, arrays)));
        }
    }

    private Evolution(History history, LiveDeadSplit split, Places kept, AnalysisKernels kernels) {
        split.requireVocabulary(history.rows());
        this.kept = kept;
        Targets targets = Targets.of(kept, ArrayMaker.making());
        HistoryState first = HistoryState.of(history, kernels);
        first.start(history.first());
        PerGroup<double[]> origins = CentroidWorker.origins(first, split);

        List<EvolutionWorker> workers =
                HistoryScan.run(history, kernels, () -> new EvolutionWorker(history, split, origins, targets));

        steps = steps(history.size(), ArrayMaker.making());
        Arrays.setAll(steps, history::step);
        census = PerGroup.of(group ->
                CensusWorker.series(workers.stream().map(w -> w.census(group)).toList(), history.size()));
        events = PerGroup.of(
                group -> workers.stream().flatMap(w -> w.events(group).stream()).toList());
        for (Group group : Group.values()) {
            double way = 0;
            for (EvolutionWorker worker : workers) {
                way = worker.centroid().join(group, way);
            }
        }
        centroid = targets.centroid().map(CentroidPath.Target::path);
        stepSizes = targets.stepSizes().map(StepSizes.Target::series);
        lattice = targets.lattice().map(LatticeSeries.Target::series);
        phases = phases(workers, history.rows());
        regimes = PerGroup.of(group -> targets.regimes().get(group).series(phases(split.tokens(group))));
    }

    /**
     * Reads a history through, and keeps the figures of every place.
     *
     * @param kernels the results do not depend on them; vector kernels are faster once warm, scalar ones the first time
     * @throws IllegalArgumentException if the split is not of the history's rows, or the format is one in which no
     *     recording is made
     */
    public static Evolution of(History history, LiveDeadSplit split, AnalysisKernels kernels) {
        return of(history, split, Places.all(history.size()), kernels);
    }

    /**
     * Reads a history through. Census, events, phases, path length of the centroid and peaks cover all places; the
     * other figures are kept at some places only.
     *
     * @param kept the places whose figures are kept
     */
    public static Evolution of(History history, LiveDeadSplit split, Places kept, AnalysisKernels kernels) {
        return new Evolution(history, split, kept, kernels);
    }

    private static int[] steps(int size, ArrayMaker arrays) {
        return arrays.ints(size);
    }

    /**
     * The places that a report keeps: all places of most recordings; of a longer one, the maximum number, evenly
     * spaced.
     */
    public static Places keptForReports(int size) {
        return Places.atMost(MOST_KEPT, size);
    }

    /**
     * Bytes of the arrays of an evolution, without census and events, which grow with the number of changes.
     *
     * @param size recorded states
     * @param rows number of rows of each state
     * @param kept the places whose figures are kept
     */
    public static long bytes(int size, int rows, Places kept) {
        ArrayMaker arrays = ArrayMaker.counting();
        steps(size, arrays);
        Targets.of(kept, arrays);
        return arrays.bytes() + HistoryScan.chunks(size) * EvolutionWorker.bytes(rows);
    }

    private static List<Phases> phases(List<EvolutionWorker> workers, int rows) {
        List<Phases> phases = new ArrayList<>();
        for (int row = 0; row < rows; row++) {
            Phases joined = new Phases(0, 0, 0, 0);
            for (EvolutionWorker worker : workers) {
                joined = joined.join(worker.phases(row));
            }
            phases.add(joined);
        }
        return phases;
    }

    private Phases phases(Tokens tokens) {
        Phases joined = new Phases(0, 0, 0, 0);
        for (int i = 0; i < tokens.size(); i++) {
            joined = joined.join(phases.get(tokens.id(i)));
        }
        return joined;
    }

    /** The places whose figures are kept. */
    public Places kept() {
        return kept;
    }

    /** Number of recorded states. */
    public int size() {
        return steps.length;
    }

    /** Number of updates before the state at a place. */
    public int step(int place) {
        return steps[place];
    }

    /** The census at every place. */
    public PerGroup<CensusSeries> census() {
        return census;
    }

    /**
     * Every fission and merger among the tokens of a group, in the order of steps. Tokens outside the group do not
     * count: the dead group does not split when a live token leaves one of its black holes.
     */
    public PerGroup<List<GroupEvent>> events() {
        return events;
    }

    /** The path of the centroid. */
    public PerGroup<CentroidPath> centroid() {
        return centroid;
    }

    /** The sizes of the steps. */
    public PerGroup<StepSizes> stepSizes() {
        return stepSizes;
    }

    /** The displacements on the lattice. */
    public PerGroup<LatticeSeries> lattice() {
        return lattice;
    }

    /** The tokens in each regime, and the phases of each group. */
    public PerGroup<RegimeSeries> regimes() {
        return regimes;
    }

    /** The phases of each token, by its id. */
    public List<Phases> phases() {
        return phases;
    }
}
