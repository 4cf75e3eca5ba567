package org.lilgatsby.analysis;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.lilgatsby.kernel.AnalysisKernels;

/**
 * How an embedding matrix comes to rest, from one reading of its history: the life of each token, and what still moves
 * in each step. Its memory depends on the size of a state and the number of states, not on their product.
 */
public final class Freezing {
    /** Bytes of a life: two maps, and ten numbers in boxes. */
    private static final long BYTES_A_LIFE = 2 * (40 + 40) + 10 * 16 + 24;

    private final List<TokenLife> lives;
    private final PerGroup<FrozenSeries> frozen;
    private final PerGroup<int[]> componentEnds;

    /** The last steps of tokens and components, to which the workers add theirs as they end, in any order. */
    static final class Ends {
        private final int[][] inCells;
        private final int[][] inUlp;
        private final int[] components;

        Ends(int rows, int columns, ArrayMaker arrays) {
            inCells = arrays.ints(MoveClass.values().length, rows);
            inUlp = arrays.ints(MoveClass.values().length, rows);
            components = arrays.ints(Math.multiplyExact(rows, columns));
        }

        /** Notes a step of a token, later than those before. */
        void moved(int row, TokenLife.Scale scale, MoveClass moves, int step) {
            (scale == TokenLife.Scale.CELLS ? inCells : inUlp)[moves.ordinal()][row] = step;
        }

        /** Notes a step of a component, later than those before. */
        void moved(int component, int step) {
            components[component] = step;
        }

        synchronized void add(Ends more) {
            for (int i = 0; i < inCells.length; i++) {
                later(inCells[i], more.inCells[i]);
                later(inUlp[i], more.inUlp[i]);
            }
            later(components, more.components);
        }

        private static void later(int[] known, int[] more) {
            for (int i = 0; i < known.length; i++) {
                known[i] = Math.max(known[i], more[i]);
            }
        }

        private TokenLife life(int token) {
            return new TokenLife(token, of(inCells, token), of(inUlp, token));
        }

        private static Map<MoveClass, Integer> of(int[][] ends, int token) {
            Map<MoveClass, Integer> steps = new EnumMap<>(MoveClass.class);
            for (MoveClass each : MoveClass.values()) {
                steps.put(each, ends[each.ordinal()][token]);
            }
            return steps;
        }

        /** The last steps of all components of some tokens, ascending. */
        private int[] components(Tokens tokens, int columns) {
            int[] steps = new int[tokens.size() * columns];
            for (int i = 0; i < tokens.size(); i++) {
                System.arraycopy(components, tokens.id(i) * columns, steps, i * columns, columns);
            }
            Arrays.sort(steps);
            return steps;
        }
    }

    private Freezing(History history, LiveDeadSplit split, Places kept, AnalysisKernels kernels) {
        split.requireVocabulary(history.rows());
        Ends ends = new Ends(history.rows(), history.columns(), ArrayMaker.making());
        PerGroup<FrozenSeries.Target> targets = PerGroup.of(group -> new FrozenSeries.Target(history.size(), kept));
        HistoryScan.run(history, kernels, () -> new FreezingWorker(history, split, ends, targets));
        frozen = targets.map(FrozenSeries.Target::series);
        List<TokenLife> each = new ArrayList<>();
        for (int token = 0; token < history.rows(); token++) {
            each.add(ends.life(token));
        }
        lives = List.copyOf(each);
        componentEnds = PerGroup.of(group -> ends.components(split.tokens(group), history.columns()));
    }

    /**
     * Reads a history through. Lives, movers and the components frozen for good cover all places; the other figures are
     * kept at some places only.
     *
     * @param kept the places whose figures are kept
     * @param kernels the results do not depend on them
     * @throws IllegalArgumentException if the split is not of the history's rows, or the format is one in which no
     *     recording is made
     */
    public static Freezing of(History history, LiveDeadSplit split, Places kept, AnalysisKernels kernels) {
        return new Freezing(history, split, kept, kernels);
    }

    /**
     * Bytes that a freezing of which no place is kept takes at least while it is computed: the last steps that it has,
     * those of each chunk that is read at the same time, sorted ones of all components of all, live and dead tokens,
     * movers, and the lives.
     *
     * @param size recorded states
     * @param rows number of rows of each state
     * @param columns their components
     */
    public static long bytes(int size, int rows, int columns) {
        ArrayMaker arrays = ArrayMaker.counting();
        new Ends(rows, columns, arrays);
        long ends = arrays.bytes();
        long sorted = 2L * Integer.BYTES * rows * columns;
        long movers = (long) Integer.BYTES * Group.values().length * size;
        return ends * (1 + HistoryScan.atOnce(size)) + sorted + movers + BYTES_A_LIFE * rows;
    }

    /** The life of each token, by its id. */
    public List<TokenLife> lives() {
        return lives;
    }

    /** What still moves in each step. */
    public PerGroup<FrozenSeries> frozen() {
        return frozen;
    }

    /** How many components of a group do not move after a step. */
    public int frozenForGood(Group group, int step) {
        int[] steps = componentEnds.get(group);
        int low = 0;
        int high = steps.length;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (steps[middle] <= step) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }
}
