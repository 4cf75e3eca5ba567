package org.lilgatsby.analysis;

/**
 * The gradients that a group of tokens received: L2 norms of their rows, before clipping. Row 0 of a recording is the
 * state before any update and holds no gradient; the gradients of step t are those of update t.
 *
 * @param firstStep the first update recorded
 * @param first the norms of that update
 * @param lastStep the last update recorded
 * @param last the norms of that update
 * @param largest the largest norm of any token at any update
 * @param largestStep the update at which it occurred, the first among equals
 * @param largestToken the token that received it
 */
public record GradientNorms(
        int firstStep, RowNorms first, int lastStep, RowNorms last, double largest, int largestStep, int largestToken) {
    /**
     * The norms of the given tokens' gradients over a whole recording.
     *
     * @param gradients recorded gradients; a matrix recorded at step 0 is skipped
     * @throws IllegalArgumentException if no update was recorded, no token is given, or one is not a row
     */
    public static GradientNorms of(History gradients, Tokens tokens) {
        int begin = gradients.step(0) == 0 ? 1 : 0;
        if (begin == gradients.size() || tokens.size() == 0) {
            throw new IllegalArgumentException(
                    "gradient norms need at least one recorded update and one token, not %d updates and %d tokens"
                            .formatted(gradients.size() - begin, tokens.size()));
        }
        RowNorms first = RowNorms.of(gradients.matrix(begin), tokens);
        RowNorms last = first;
        RowNorms largest = first;
        int largestPlace = begin;
        for (int place = begin + 1; place < gradients.size(); place++) {
            last = RowNorms.of(gradients.matrix(place), tokens);
            if (last.norms().max() > largest.norms().max()) {
                largest = last;
                largestPlace = place;
            }
        }
        return new GradientNorms(
                gradients.step(begin),
                first,
                gradients.step(gradients.size() - 1),
                last,
                largest.norms().max(),
                gradients.step(largestPlace),
                largest.tokenOfMax());
    }

    /** Whether any token of the group received any gradient at any update. */
    public boolean received() {
        return largest > 0;
    }
}
