package org.lilgatsby.recording;

import java.util.Locale;

/**
 * What can be recorded of a step. Row 0 is the state before any update; row t is the state after update t, and what
 * update t computed on its way.
 */
public enum Observable {
    /** W, [V, D]. */
    EMBEDDINGS,
    /** The gradient of W before clipping, [V, D]; row 0 is zero. */
    GRADS,
    /** W after the update minus W before it, [V, D]; row 0 is zero. */
    DELTAS,
    /** AdamW's exp_avg of W, [V, D]; row 0 is zero. */
    MOMENTUM,
    /** AdamW's exp_avg_sq of W, [V, D]; row 0 is zero. */
    VARIANCE,
    /** The logits of the first sequence at its last position, [V]; row 0 is zero. */
    LOGITS,
    /** The loss of the step's batch, a scalar; row 0 is NaN. */
    LOSSES,
    /**
     * What the gradient was multiplied by in the update, a scalar; row 0 is zero. Closes a fused optimizer's
     * accounting.
     */
    CLIP_COEFFICIENTS,
    /**
     * The mean hidden state: of the final normalisation's output, which the head multiplies, the mean over all
     * positions of the step's sequences, [D]; row 0 is zero. Summed in double, rounded when stored.
     */
    MEAN_HIDDEN;

    /** Whether only an optimizer with moments has it. */
    public boolean needsMoments() {
        return this == MOMENTUM || this == VARIANCE;
    }

    /** Whether a row has a part for each token: a matrix or a vector with the tokens along its first axis. */
    boolean isPerToken() {
        return switch (this) {
            case EMBEDDINGS, GRADS, DELTAS, MOMENTUM, VARIANCE, LOGITS -> true;
            case MEAN_HIDDEN, LOSSES, CLIP_COEFFICIENTS -> false;
        };
    }

    /** Values a row: V D, V, D or 1. */
    public long valuesPerRow(int vocabulary, int width) {
        return switch (this) {
            case EMBEDDINGS, GRADS, DELTAS, MOMENTUM, VARIANCE -> (long) vocabulary * width;
            case LOGITS -> vocabulary;
            case MEAN_HIDDEN -> width;
            case LOSSES, CLIP_COEFFICIENTS -> 1;
        };
    }

    /** The name in configurations, such as {@code grads}. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
