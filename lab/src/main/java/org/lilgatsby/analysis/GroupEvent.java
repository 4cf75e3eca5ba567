package org.lilgatsby.analysis;

import java.util.List;

/**
 * A group of tokens with equal rows that split or joined in one step. Tokens that kept each other's company through the
 * step stay together in one part.
 *
 * @param step the update at which it happened (the state after it, against the recorded state before)
 * @param kind split or joined
 * @param whole the group before its fission, or after its merger
 * @param parts the groups that it fell into, or that it was made of, two or more; a part of one token is a singleton
 */
public record GroupEvent(int step, Kind kind, Tokens whole, List<Tokens> parts) {
    /** What happened to a group. */
    public enum Kind {
        /** Tokens whose rows were equal are no longer all equal. */
        FISSION,
        /** Tokens whose rows differed became equal. */
        MERGER
    }

    /** Copies the list. */
    public GroupEvent {
        parts = List.copyOf(parts);
    }
}
