package org.lilgatsby.analysis;

import java.util.ArrayList;
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
    private final int[] steps;
    private final PerGroup<CensusSeries> census;
    private final PerGroup<List<GroupEvent>> events;
    private final PerGroup<CentroidPath> centroid;
    private final PerGroup<StepSizes> stepSizes;
    private final PerGroup<LatticeSeries> lattice;
    private final PerGroup<RegimeSeries> regimes;
    private final List<Phases> phases;

    private Evolution(History history, LiveDeadSplit split, AnalysisKernels kernels) {
        split.requireVocabulary(history.rows());
        int size = history.size();
        PerGroup<Tokens> tokens = PerGroup.of(split::tokens);
        PerGroup<CensusWorker.Target> censuses = tokens.map(t -> new CensusWorker.Target(size));
        PerGroup<StepSizes.Target> sizes = tokens.map(t -> new StepSizes.Target(size));
        PerGroup<LatticeSeries.Target> lattices = tokens.map(t -> new LatticeSeries.Target(size));
        PerGroup<RegimeSeries.Target> regimeCounts = tokens.map(t -> new RegimeSeries.Target(size));
        PerGroup<CentroidPath.Target> paths = tokens.map(t -> new CentroidPath.Target(size));
        HistoryState first = HistoryState.of(history, kernels);
        first.start(history.matrix(0));
        PerGroup<double[]> origins = CentroidWorker.origins(first, split);

        List<EvolutionWorker> workers = HistoryScan.run(
                history,
                kernels,
                () -> new EvolutionWorker(history, split, origins, paths, censuses, sizes, lattices, regimeCounts));

        for (int chunk = 1; chunk < workers.size(); chunk++) {
            workers.get(chunk).join(workers.get(chunk - 1));
        }
        steps = new int[size];
        for (int place = 0; place < size; place++) {
            steps[place] = history.step(place);
        }
        census = censuses.map(CensusWorker.Target::series);
        events = PerGroup.of(
                group -> workers.stream().flatMap(w -> w.events(group).stream()).toList());
        centroid = paths.map(path -> path.path(steps));
        stepSizes = sizes.map(StepSizes.Target::series);
        lattice = lattices.map(LatticeSeries.Target::series);
        phases = phases(workers, history.rows());
        regimes = PerGroup.of(group -> regimeCounts.get(group).series(phases(split.tokens(group))));
    }

    /**
     * Reads a history through.
     *
     * @param kernels the results do not depend on them; vector kernels are faster once warm, scalar ones the first time
     * @throws IllegalArgumentException if the split is not of the history's rows, or the format is one in which no
     *     recording is made
     */
    public static Evolution of(History history, LiveDeadSplit split, AnalysisKernels kernels) {
        return new Evolution(history, split, kernels);
    }

    /** Bytes that the figures of so many recorded states take at the least; populations and events come on top. */
    public static long leastBytes(long states) {
        int aPlace = CensusWorker.Target.BYTES_A_PLACE
                + StepSizes.Target.BYTES_A_PLACE
                + LatticeSeries.Target.BYTES_A_PLACE
                + RegimeSeries.Target.BYTES_A_PLACE
                + CentroidPath.Target.BYTES_A_PLACE;
        return Math.multiplyExact(states, Group.values().length * aPlace + Integer.BYTES);
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

    /** Number of recorded states. */
    public int size() {
        return steps.length;
    }

    /** Number of updates behind the state at a place. */
    public int step(int place) {
        return steps[place];
    }

    /** The census at every place. */
    public PerGroup<CensusSeries> census() {
        return census;
    }

    /**
     * Every fission and merger among the tokens of a group, in the order of steps. A token outside the group does not
     * count: the dead group does not split when a live token leaves its company.
     */
    public PerGroup<List<GroupEvent>> events() {
        return events;
    }

    /** The way of the centroid. */
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
