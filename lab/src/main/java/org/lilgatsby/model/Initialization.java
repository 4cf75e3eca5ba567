package org.lilgatsby.model;

import org.lilgatsby.bf16.Precision;
import org.lilgatsby.settings.Catalog;
import org.lilgatsby.settings.Named;

/** A recipe for the start of the embedding matrix W, found by the name that {@code initialization.mode} gives. */
public interface Initialization extends Named {
    /** The initial state for a seed; the same for the same arguments on every machine. */
    static InitialState draw(ModelConfig model, InitializationConfig how, Precision stored, long seed) {
        return new Gpt2Initialization(model).draw(how, stored, seed);
    }

    /** All of them. */
    static Catalog<Initialization> catalog() {
        return Catalogs.INITIALIZATIONS;
    }

    /** What it does, in one line, as it stands beside its name in a printed configuration. */
    String reason();

    /** What {@code initialization.scale} is under it, in one line. */
    String meaningOfScale();

    /** The scale where a configuration names no scale. */
    double usualScale();

    /** The sigma where a configuration names no sigma. */
    double usualSigma();

    /** Whether the rows start from one common vector. */
    boolean hasCommonVector();

    /** Whether sigma has a meaning. */
    boolean hasNoise();

    /**
     * Makes W of the rows that the model's own start has drawn.
     *
     * @return the vector that all rows start from, [C], as drawn; empty where there is none
     */
    float[] embed(EmbeddingDraw draw);
}
