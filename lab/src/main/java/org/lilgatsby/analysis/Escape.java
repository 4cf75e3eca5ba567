package org.lilgatsby.analysis;

import java.util.List;
import java.util.stream.IntStream;
import org.lilgatsby.kernel.AnalysisKernels;

/**
 * When a token left the dead group, by three criteria that need not agree.
 *
 * @param token the token
 * @param byRows out while its row equals that of no other dead token bit for bit
 * @param byStepSize out while its step has a larger L2 norm than that of every dead token in the same update; a dead
 *     token is therefore never out
 * @param byComponent out while it is not in the main component: in the graph of all distinct rows, the component with
 *     the most dead tokens; the smaller first dead token breaks ties
 */
public record Escape(int token, Departure byRows, Departure byStepSize, Departure byComponent) {
    /**
     * When a token was out.
     *
     * @param first number of updates before the first recorded state in which it was out; {@link #NEVER} if it never
     *     was
     * @param forGood number of updates before the first recorded state from which it stayed out to the end;
     *     {@link #NEVER} if it is in at the end
     */
    public record Departure(int first, int forGood) {
        /** No step. */
        public static final int NEVER = -1;
    }

    /**
     * Follows every token through a history. All pairs of distinct rows are compared, so this is meant for a few
     * hundred tokens.
     *
     * @param threshold when two rows are adjacent; a threshold based on a centroid uses that of all tokens
     * @param kernels the results do not depend on them
     * @throws IllegalArgumentException if the split is not of the history's rows, or has no dead token
     */
    public static List<Escape> of(History history, LiveDeadSplit split, Threshold threshold, AnalysisKernels kernels) {
        split.requireVocabulary(history.rows());
        if (split.dead().size() == 0) {
            throw new IllegalArgumentException("there is no dead group to escape from: every token is live");
        }
        List<EscapeWorker> workers = HistoryScan.run(history, kernels, () -> new EscapeWorker(split, threshold));
        return IntStream.range(0, history.rows())
                .mapToObj(token -> new Escape(
                        token,
                        departure(history, workers, EscapeWorker.ROWS, token),
                        departure(history, workers, EscapeWorker.STEP_SIZE, token),
                        departure(history, workers, EscapeWorker.COMPONENT, token)))
                .toList();
    }

    private static Departure departure(History history, List<EscapeWorker> workers, int criterion, int token) {
        int first = Departure.NEVER;
        int lastIn = -1;
        for (EscapeWorker worker : workers) {
            if (first == Departure.NEVER) {
                first = worker.firstOut(criterion, token);
            }
            lastIn = Math.max(lastIn, worker.lastIn(criterion, token));
        }
        boolean inAtTheEnd = lastIn == history.size() - 1;
        return new Departure(
                first == Departure.NEVER ? Departure.NEVER : history.step(first),
                inAtTheEnd ? Departure.NEVER : history.step(lastIn + 1));
    }
}
