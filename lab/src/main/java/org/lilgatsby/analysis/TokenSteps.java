package org.lilgatsby.analysis;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.lilgatsby.kernel.AnalysisKernels;

/**
 * The steps of one token, |W[t] - W[t-1]| by L2 norm from one recorded state to the next, in double and in the unit of
 * the matrix.
 *
 * @param token the token
 * @param steps how many there are: recorded states but the first
 * @param still how many are exactly zero
 * @param distinctSpeeds how many different norms they have, zero included
 * @param mean mean norm, zeros included
 * @param max the largest
 */
public record TokenSteps(int token, int steps, int still, int distinctSpeeds, double mean, double max) {
    /**
     * Norms held at one time: 128 MiB. If more are needed, the history is read several times, for some tokens each
     * time.
     */
    private static final long MOST_NORMS = 1L << 24;

    /** Share of the steps that are exactly zero; NaN without steps. */
    public double stillShare() {
        return (double) still / steps;
    }

    /**
     * The steps of each of the given tokens, in their order.
     *
     * @param kernels the results do not depend on them
     * @throws IllegalArgumentException if a token is not a row, or the format is one in which no recording is made
     */
    public static List<TokenSteps> of(History history, Tokens tokens, AnalysisKernels kernels) {
        return of(history, tokens, kernels, MOST_NORMS);
    }

    static List<TokenSteps> of(History history, Tokens tokens, AnalysisKernels kernels, long mostNorms) {
        tokens.requireWithin(history.rows());
        int atOnce = (int) Math.clamp(mostNorms / history.size(), 1, Integer.MAX_VALUE);
        int[] ids = tokens.toArray();
        List<TokenSteps> found = new ArrayList<>();
        for (int from = 0; from < ids.length; from += atOnce) {
            int[] some = Arrays.copyOfRange(ids, from, (int) Math.min((long) from + atOnce, ids.length));
            List<Worker> workers = HistoryScan.run(history, kernels, () -> new Worker(some));
            for (int i = 0; i < some.length; i++) {
                found.add(joined(some[i], history.size() - 1, i, workers));
            }
        }
        return found;
    }

    private static TokenSteps joined(int token, int steps, int index, List<Worker> workers) {
        double sum = 0;
        int moves = 0;
        int n = 0;
        for (Worker worker : workers) {
            sum += worker.sums[index];
            moves += worker.moves[index];
            n += worker.distinct[index].length;
        }
        double[] all = new double[n];
        int at = 0;
        for (Worker worker : workers) {
            double[] some = worker.distinct[index];
            System.arraycopy(some, 0, all, at, some.length);
            at += some.length;
        }
        int still = steps - moves;
        double[] different = different(all, n);
        double max = different.length == 0 ? 0 : different[different.length - 1];
        return new TokenSteps(
                token,
                steps,
                still,
                different.length + (still > 0 ? 1 : 0),
                sum / steps,
                steps == 0 ? Double.NaN : max);
    }

    /** The different ones of the first n numbers, ascending. */
    private static double[] different(double[] numbers, int n) {
        Arrays.sort(numbers, 0, n);
        int kept = 0;
        for (int i = 0; i < n; i++) {
            if (i == 0 || Double.compare(numbers[i], numbers[i - 1]) != 0) {
                numbers[kept++] = numbers[i];
            }
        }
        return Arrays.copyOf(numbers, kept);
    }

    /** The steps of some tokens in one chunk of a history. */
    private static final class Worker implements HistoryScan.Worker {
        private final int[] tokens;
        private final double[] sums; // [token]: by its place among the tokens
        private final int[] moves; // [token]: steps that are not zero
        private final double[][] distinct; // [token]: their norms; ascending when the chunk is done

        Worker(int[] tokens) {
            this.tokens = tokens;
            sums = new double[tokens.length];
            moves = new int[tokens.length];
            distinct = new double[tokens.length][0];
        }

        @Override
        public void start(HistoryState frame, int place) {
            // the steps begin with the next state
        }

        @Override
        public void step(HistoryState frame, int place) {
            for (int i = 0; i < tokens.length; i++) {
                if (frame.changed(tokens[i])) {
                    add(i, Metric.L2.distance(frame.matrixBefore(), tokens[i], frame.matrix(), tokens[i]));
                }
            }
        }

        private void add(int index, double norm) {
            if (norm == 0) {
                return; // a zero changed its sign
            }
            int n = moves[index]++;
            if (n == distinct[index].length) {
                distinct[index] = Arrays.copyOf(distinct[index], Math.max(8, 2 * n));
            }
            distinct[index][n] = norm;
            sums[index] += norm;
        }

        @Override
        public void end() {
            for (int i = 0; i < tokens.length; i++) {
                distinct[i] = different(distinct[i], moves[i]);
            }
        }
    }
}
