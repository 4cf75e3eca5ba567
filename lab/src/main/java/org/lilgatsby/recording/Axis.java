package org.lilgatsby.recording;

/** An axis of a recorded row. */
public enum Axis {
    /** One entry for each token of the vocabulary: V. */
    TOKENS,
    /** One entry for each component of the width: D. */
    COMPONENTS;

    /** Entries along the axis. */
    public int length(int vocabulary, int width) {
        return this == TOKENS ? vocabulary : width;
    }
}
