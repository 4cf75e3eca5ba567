package org.lilgatsby.analysis;

import java.util.List;

/**
 * How often groups of equal rows split and join.
 *
 * @param fissions number of fissions
 * @param mergers number of mergers
 * @param tokens number of tokens watched
 * @param updates number of updates over which they were watched
 */
public record EventRates(int fissions, int mergers, int tokens, int updates) {
    /** Counts events among a number of tokens over a number of updates. */
    public static EventRates of(List<GroupEvent> events, int tokens, int updates) {
        int fissions = (int)
                events.stream().filter(e -> e.kind() == GroupEvent.Kind.FISSION).count();
        return new EventRates(fissions, events.size() - fissions, tokens, updates);
    }

    /** Fissions per token and update; NaN if there is no token or no update. */
    public double fissionRate() {
        return fissions / ((double) tokens * updates);
    }

    /** Mergers per token and update; NaN if there is no token or no update. */
    public double mergerRate() {
        return mergers / ((double) tokens * updates);
    }
}
