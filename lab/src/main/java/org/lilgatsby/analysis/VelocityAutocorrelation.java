package org.lilgatsby.analysis;

import java.util.List;
import java.util.stream.IntStream;

/**
 * How long tokens keep their direction: in one window of a recording, the mean over tokens and places of v(t) .
 * v(t+lag), over the mean of |v|^2. v(t) is W[t] - W[t-1], from one recorded state to the next; both steps of a pair
 * lie in the window. It is 1 for a straight path, about 0 for independent steps, negative for steps back and forth.
 *
 * @param fromStep number of updates before the first step of the window
 * @param toStep number of updates up to the end of its last step
 * @param meanSquare mean of |v|^2 over tokens and steps, in the squared unit of the matrix
 * @param correlations by lag in recorded steps, from 1 on; NaN where nothing moved, or the window is shorter
 */
public record VelocityAutocorrelation(int fromStep, int toStep, double meanSquare, List<Double> correlations) {
    /** Copies the list. */
    public VelocityAutocorrelation {
        correlations = List.copyOf(correlations);
    }

    /**
     * The windows of a history, one after another; the last may be shorter.
     *
     * @param window recorded steps in a window
     * @param lags the longest lag
     * @throws IllegalArgumentException if a token is not a row, or the window or the lag is not at least 1
     */
    public static List<VelocityAutocorrelation> of(History history, Tokens tokens, int window, int lags) {
        tokens.requireWithin(history.rows());
        if (window < 1 || lags < 1) {
            throw new IllegalArgumentException(
                    "window and lag must be at least 1, not %d and %d".formatted(window, lags));
        }
        int steps = history.size() - 1;
        return IntStream.range(0, Math.ceilDiv(steps, window))
                .parallel()
                .mapToObj(i ->
                        new Window(history, tokens, i * window, Math.min(steps, (i + 1) * window), lags).result())
                .toList();
    }

    /** One window; only the velocities of the last few steps are kept. */
    private static final class Window {
        private final History history;
        private final int[] rows;
        private final int from;
        private final int to;
        private final int columns;
        private final double[][] values; // [2][tokens * columns]: this state and the one before
        private final double[][] velocities; // [lags + 1][tokens * columns], the step of place t at t mod (lags + 1)
        private final double[] products; // by lag
        private final long[] pairs;

        Window(History history, Tokens tokens, int from, int to, int lags) {
            this.history = history;
            this.rows = tokens.toArray();
            this.from = from;
            this.to = to;
            columns = history.columns();
            int size = Math.multiplyExact(rows.length, columns);
            values = new double[2][size];
            velocities = new double[lags + 1][size];
            products = new double[lags + 1];
            pairs = new long[lags + 1];
        }

        VelocityAutocorrelation result() {
            read(from);
            for (int place = from + 1; place <= to; place++) {
                read(place);
                step(place);
            }
            double meanSquare = products[0] / pairs[0];
            List<Double> correlations = IntStream.range(1, products.length)
                    .mapToObj(lag -> products[lag] / pairs[lag] / meanSquare)
                    .toList();
            return new VelocityAutocorrelation(history.step(from), history.step(to), meanSquare, correlations);
        }

        private void read(int place) {
            Matrix matrix = history.matrix(place);
            double[] to = values[place % 2];
            for (int i = 0; i < rows.length; i++) {
                matrix.copyRow(rows[i], to, i * columns);
            }
        }

        private void step(int place) {
            double[] velocity = velocities[place % velocities.length];
            double[] after = values[place % 2];
            double[] before = values[1 - place % 2];
            for (int i = 0; i < velocity.length; i++) {
                velocity[i] = after[i] - before[i];
            }
            for (int lag = 0; lag < products.length && place - lag > from; lag++) {
                double[] earlier = velocities[(place - lag) % velocities.length];
                products[lag] += Rows.dot(velocity, 0, earlier, 0, velocity.length);
                pairs[lag] += rows.length;
            }
        }
    }
}
