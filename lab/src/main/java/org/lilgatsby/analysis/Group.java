package org.lilgatsby.analysis;

import java.util.Locale;

/** Which tokens of a vocabulary a figure is about. */
public enum Group {
    /** Every token. */
    ALL,
    /** The tokens that occur in the corpus. */
    LIVE,
    /** The tokens that never occur in it. */
    DEAD;

    /** The name on the command line and in results: {@code all}, {@code live}, {@code dead}. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
