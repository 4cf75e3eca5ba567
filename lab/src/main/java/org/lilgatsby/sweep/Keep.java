package org.lilgatsby.sweep;

import java.util.Locale;

/** What a sweep keeps of each run; each holds what those before it hold. */
public enum Keep {
    /** One row of figures. */
    FIGURES,
    /** Also a row for each recorded step. */
    SERIES,
    /** Also all that a single run writes. */
    RECORDING;

    /** The name in files and on command lines. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
