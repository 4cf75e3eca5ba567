package org.lilgatsby.explorer.library;

import java.util.Locale;

/** What a directory holds. */
public enum Kind {
    RUN,
    SWEEP,
    CHECKPOINT;

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
