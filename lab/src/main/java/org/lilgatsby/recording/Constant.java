package org.lilgatsby.recording;

import java.util.Locale;

/** What a recording can hold once, beside the rows; the tensor has the constant's name. */
public enum Constant {
    /**
     * The step of each row, int64 [rows], and [1] in a file of one step; -1 where the row is not written yet. Every
     * recording holds it.
     */
    RECORDED_STEPS,
    /** Ids that do not occur in the corpus, ascending, int64. */
    DEAD_TOKEN_IDS,
    /** Ids that occur in the corpus, ascending, int64. */
    LIVE_TOKEN_IDS,
    /** W before training, as stored, [V, D]: what a recording of differences starts from. */
    INITIAL_EMBEDDINGS,
    /** {@code initialization.sigma} under the name of experiments 13.4a and 14.1a, float32. */
    INIT_SIGMA,
    /** {@code initialization.scale}, float32. */
    INIT_SCALE,
    /** {@code initialization.sigma} under the name of experiment 1.12b, float32. */
    SIGMA,
    /** The common vector from which all rows start, as it is stored before noise is added, bf16 [D]. */
    BH_CENTER,
    /** {@code training.learning_rate}, float32. */
    LEARNING_RATE,
    /** {@code training.weight_decay}, float32. */
    WEIGHT_DECAY,
    /** {@code training.beta1}, float32. */
    ADAM_BETA1,
    /** {@code training.beta2}, float32. */
    ADAM_BETA2;

    /** The name in configurations and in the file, such as {@code dead_token_ids}. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
