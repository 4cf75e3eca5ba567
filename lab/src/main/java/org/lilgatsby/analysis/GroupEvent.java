package org.lilgatsby.analysis;

import java.util.List;

/**
 * A group of tokens with equal rows that split or joined in one step. Tokens whose rows were equal before and after the
 * step stay together in one part.
 *
 * @param step the update at which it happened (the state after it compared with the previous recorded state)
 * @param kind split or joined
 * @param whole the group before its fission, or after its merger
 * @param parts the two or more groups that it split into or was formed from; a part of one token is a singleton
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
