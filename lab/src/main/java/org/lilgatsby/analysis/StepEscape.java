package org.lilgatsby.analysis;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.lilgatsby.analysis.Escape.Departure;
import org.lilgatsby.kernel.AnalysisKernels;

/**
 * When a token escaped by a fixed threshold of the step size: it is out in a step longer than the threshold, |W[t] -
 * W[t-1]| from one recorded state to the next, and in before the first step. Unlike in {@link Escape}, other tokens do
 * not matter, and a dead token can escape.
 *
 * @param token the token
 * @param departure when it was out
 * @param steps how many of its steps were longer
 */
public record StepEscape(int token, Departure departure, int steps) {
    /**
     * Follows tokens through a history.
     *
     * @param threshold largest step that is still in, with its metric
     * @param kernels the results do not depend on them
     * @return of each of the given tokens, in their order
     * @throws IllegalArgumentException if a token is not a row, or the format is one in which no recording is made
     */
    public static List<StepEscape> of(
            History history, Tokens tokens, Threshold.Absolute threshold, AnalysisKernels kernels) {
        tokens.requireWithin(history.rows());
        int[] ids = tokens.toArray();
        List<Worker> workers = HistoryScan.run(history, kernels, () -> new Worker(ids, threshold));
        return IntStream.range(0, ids.length)
                .mapToObj(i -> joined(history, ids[i], i, workers))
                .toList();
    }

    private static StepEscape joined(History history, int token, int index, List<Worker> workers) {
        int first = -1;
        int lastIn = 0;
        int steps = 0;
        for (Worker worker : workers) {
            first = first < 0 ? worker.firstOut[index] : first;
            lastIn = Math.max(lastIn, worker.lastIn[index]);
            steps += worker.steps[index];
        }
        return new StepEscape(
                token,
                new Departure(
                        first < 0 ? Departure.NEVER : history.step(first),
                        lastIn == history.size() - 1 ? Departure.NEVER : history.step(lastIn + 1)),
                steps);
    }

    /** Who is out in one chunk of a history. */
    private static final class Worker implements HistoryScan.Worker {
        private final int[] tokens;
        private final Threshold.Absolute threshold;
        private final int[] firstOut; // [token]: a place, or -1
        private final int[] lastIn; // [token]: likewise
        private final int[] steps; // [token]

        Worker(int[] tokens, Threshold.Absolute threshold) {
            this.tokens = tokens;
            this.threshold = threshold;
            firstOut = new int[tokens.length];
            lastIn = new int[tokens.length];
            steps = new int[tokens.length];
            Arrays.fill(firstOut, -1);
            Arrays.fill(lastIn, -1);
        }

        @Override
        public void start(HistoryState frame, int place) {
            // the steps begin with the next state
        }

        @Override
        public void step(HistoryState frame, int place) {
            for (int i = 0; i < tokens.length; i++) {
                if (isLonger(frame, tokens[i])) {
                    firstOut[i] = firstOut[i] < 0 ? place : firstOut[i];
                    steps[i]++;
                } else {
                    lastIn[i] = place;
                }
            }
        }

        private boolean isLonger(HistoryState frame, int token) {
            return frame.changed(token)
                    && threshold.metric().distance(frame.matrixBefore(), token, frame.matrix(), token)
                            > threshold.distance();
        }
    }
}
