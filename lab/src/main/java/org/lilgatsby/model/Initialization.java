package org.lilgatsby.model;

import org.lilgatsby.settings.Catalog;
import org.lilgatsby.settings.Named;

/**
 * A recipe for the initial embedding matrix W, found by the name in {@code initialization.mode}. The other parameters
 * are drawn by the model's own recipe, before W: see {@link Models#draw}.
 */
public interface Initialization extends Named {
    /** All initialisations. */
    static Catalog<Initialization> catalog() {
        return Catalogs.INITIALIZATIONS;
    }

    /** What it does, in one line; printed beside its name in a configuration. */
    String reason();

    /** The meaning of {@code initialization.scale} for it, in one line. */
    String meaningOfScale();

    /** The default scale. */
    double usualScale();

    /** The default sigma. */
    double usualSigma();

    /** Whether the rows start from one common vector. */
    boolean hasCommonVector();

    /** Whether it uses sigma. */
    boolean hasNoise();

    /** Whether it reads {@code initialization.file}; no unless it says so. */
    default boolean readsFile() {
        return false;
    }

    /**
     * Turns the rows drawn by the model's own initialisation into W.
     *
     * @return the vector that all rows start from, [C], as drawn; empty where there is none
     */
    float[] embed(EmbeddingDraw draw);
}
