package org.lilgatsby.recording;

/**
 * An axis of a recorded row.
 *
 * @param along what its entries are of
 * @param entries how many there are, where that is the same for every model; 0 otherwise
 */
public record Axis(Along along, int entries) {
    /** What entries are of. */
    public enum Along {
        /** The tokens of the vocabulary. */
        TOKENS,
        /** The components of the width. */
        COMPONENTS,
        /** Figures, as the observable lists them. */
        FIGURES
    }

    /** One entry for each token of the vocabulary: V. */
    public static final Axis TOKENS = new Axis(Along.TOKENS, 0);

    /** One entry for each component of the width: D. */
    public static final Axis COMPONENTS = new Axis(Along.COMPONENTS, 0);

    /** Some figures. */
    public static Axis figures(int n) {
        return new Axis(Along.FIGURES, n);
    }

    /** Entries along the axis. */
    public int length(int vocabulary, int width) {
        return switch (along) {
            case TOKENS -> vocabulary;
            case COMPONENTS -> width;
            case FIGURES -> entries;
        };
    }
}
