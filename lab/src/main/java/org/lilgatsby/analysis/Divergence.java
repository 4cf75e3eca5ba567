package org.lilgatsby.analysis;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * How far the rows of one recording are from those of another, token by token, in the states that both recorded. A row
 * is identical if it is equal bit for bit. Its memory depends on the numbers of states and of tokens, not on their
 * product.
 *
 * @param states the states that both recorded, at least one
 * @param tokens the tokens, in ascending order
 */
public record Divergence(List<State> states, List<Token> tokens) {
    /** The step of what did not happen. */
    public static final int NEVER = -1;

    /**
     * One state.
     *
     * @param step number of updates before it
     * @param identical tokens whose rows are identical
     * @param l2 the L2 distances of the tokens' rows, in the unit of the matrices
     * @param lInfinity the largest L-infinity distance, in that unit
     * @param cells the largest distance of two components, in cells
     * @param centroids the L2 distance of the centroids of these tokens
     */
    public record State(int step, int identical, Summary l2, double lInfinity, double cells, double centroids) {}

    /**
     * One token.
     *
     * @param token its id
     * @param identical states in which its rows are identical
     * @param firstDifferent the step of the first state in which they are not; {@link #NEVER} if they always are
     * @param l2 L2 distance in the last state
     * @param lInfinity L-infinity distance in the last state
     * @param cells distance of the components that are furthest apart in the last state, in cells
     * @param largest the largest L2 distance in any state
     * @param largestAt the step of the first state in which it is that large
     */
    public record Token(
            int token,
            int identical,
            int firstDifferent,
            double l2,
            double lInfinity,
            double cells,
            double largest,
            int largestAt) {}

    /** Copies the lists. */
    public Divergence {
        states = List.copyOf(states);
        tokens = List.copyOf(tokens);
    }

    /**
     * Compares two recordings.
     *
     * @throws IllegalArgumentException if they have no step in common, differ in shape or format, or lack a token
     */
    public static Divergence of(History a, History b, Tokens tokens) {
        if (a.rows() != b.rows() || a.columns() != b.columns() || a.format() != b.format()) {
            throw new IllegalArgumentException("%s [%d, %d] and %s [%d, %d] cannot be compared"
                    .formatted(a.format(), a.rows(), a.columns(), b.format(), b.rows(), b.columns()));
        }
        tokens.requireWithin(a.rows());
        int[] steps = shared(a, b);
        if (steps.length == 0) {
            throw new IllegalArgumentException("the two recordings have no step in common");
        }
        Rows rows = new Rows(tokens);
        List<State> states = new ArrayList<>();
        for (int step : steps) {
            states.add(rows.compare(step, a.matrix(a.place(step)), b.matrix(b.place(step))));
        }
        return new Divergence(states, rows.tokens());
    }

    /** The steps in both. */
    public static int[] shared(Steps a, Steps b) {
        int[] ofB = IntStream.range(0, b.size()).map(b::step).toArray();
        return IntStream.range(0, a.size())
                .map(a::step)
                .filter(step -> Arrays.binarySearch(ofB, step) >= 0)
                .toArray();
    }

    /** The tokens of the group, as far as states were compared. */
    private static final class Rows {
        private final int[] ids;
        private final Tokens tokens;
        private final int[] identical;
        private final int[] firstDifferent;
        private final double[] l2;
        private final double[] lInfinity;
        private final double[] cells;
        private final double[] largest;
        private final int[] largestAt;

        Rows(Tokens tokens) {
            this.tokens = tokens;
            ids = tokens.toArray();
            identical = new int[ids.length];
            firstDifferent = new int[ids.length];
            Arrays.fill(firstDifferent, NEVER);
            l2 = new double[ids.length];
            lInfinity = new double[ids.length];
            cells = new double[ids.length];
            largest = new double[ids.length];
            Arrays.fill(largest, Double.NaN);
            largestAt = new int[ids.length];
        }

        State compare(int step, Matrix a, Matrix b) {
            IntStream.range(0, ids.length).parallel().forEach(i -> compare(step, a, b, i));
            double centroids = Centroid.of(a, tokens)
                    .position()
                    .minus(Centroid.of(b, tokens).position())
                    .norm();
            return new State(
                    step,
                    (int) IntStream.of(ids).filter(id -> a.sameRow(id, b)).count(),
                    Summary.of(l2),
                    Arrays.stream(lInfinity).max().orElse(Double.NaN),
                    Arrays.stream(cells).max().orElse(Double.NaN),
                    centroids);
        }

        private void compare(int step, Matrix a, Matrix b, int i) {
            boolean same = a.sameRow(ids[i], b);
            l2[i] = same ? 0 : Metric.L2.distance(a, ids[i], b, ids[i]);
            lInfinity[i] = same ? 0 : Metric.L_INFINITY.distance(a, ids[i], b, ids[i]);
            cells[i] = same ? 0 : Metric.CELLS.distance(a, ids[i], b, ids[i]);
            identical[i] += same ? 1 : 0;
            if (!same && firstDifferent[i] == NEVER) {
                firstDifferent[i] = step;
            }
            if (!(l2[i] <= largest[i])) {
                largest[i] = l2[i];
                largestAt[i] = step;
            }
        }

        List<Token> tokens() {
            return IntStream.range(0, ids.length)
                    .mapToObj(i -> new Token(
                            ids[i],
                            identical[i],
                            firstDifferent[i],
                            l2[i],
                            lInfinity[i],
                            cells[i],
                            largest[i],
                            largestAt[i]))
                    .toList();
        }
    }
}
