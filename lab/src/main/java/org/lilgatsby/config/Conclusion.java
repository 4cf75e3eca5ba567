package org.lilgatsby.config;

import java.util.Locale;

/**
 * Which experiment's report and verdict a run ends with. It is a setting of its own, so that a copied, renamed and
 * changed configuration still gets the report of the experiment it came from.
 */
public enum Conclusion {
    /** 08.2a: where the dead tokens ended and how far the cloud expanded. */
    EMBEDDING_EVOLUTION,
    /** 11.2c: whether a quantised snowball stays several black holes. */
    PRIMORDIAL_SNOWBALL,
    /** 13.4a: whether a float32 start gives the structure of a large model. */
    FLOAT32_EDITION,
    /** 14.1a: whether dead tokens receive gradients. */
    INSTRUMENTED,
    /** 1.12b: what boils off one supermassive black hole. */
    SUPERMASSIVE_BLACK_HOLE,
    /** The figures that every run has, without a hypothesis. */
    NONE;

    /** The name in configurations, such as {@code float32-edition}. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
