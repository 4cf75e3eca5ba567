package org.lilgatsby.analysis;

/** Which tokens of a vocabulary a figure is about. */
public enum Group {
    /** Every token. */
    ALL,
    /** The tokens that occur in the corpus. */
    LIVE,
    /** The tokens that never occur in it. */
    DEAD
}
