package org.lilgatsby.sweep;

import java.util.Locale;

/** What a sweep keeps of each run; each level includes those before it. */
public enum Keep {
    /** One row of figures. */
    FIGURES,
    /** Also a row for each recorded step. */
    SERIES,
    /** Also everything that a single run writes. */
    RECORDING;

    /** The name in files and on command lines. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
