package org.lilgatsby.analysis;

import java.util.EnumMap;
import java.util.Map;

/**
 * How many tokens of a group were in each {@link Regime} at every recorded step, and the resulting phases of the group.
 * At the first place, which follows no step, all counts are 0.
 *
 * @param tokens for each regime the number of tokens in it; at every other place they add up to the group's size
 * @param phases of the whole group: the last step in which any of its tokens was in a regime
 */
public record RegimeSeries(Map<Regime, CountSeries> tokens, Phases phases) {
    /** The series that the workers of all chunks fill, each at its own places. */
    static final class Target {
        private final Places kept;
        private final int[][] counts;

        Target(Places kept, ArrayMaker arrays) {
            this.kept = kept;
            counts = arrays.ints(Regime.values().length, kept.kept());
        }

        /** Sets the counts at a place, if it is kept, by ordinal, to those of two parts of the group together. */
        void put(int place, int[] part, int[] other) {
            int index = kept.find(place);
            for (int i = 0; i < counts.length && index >= 0; i++) {
                counts[i][index] = part[i] + other[i];
            }
        }

        RegimeSeries series(Phases phases) {
            Map<Regime, CountSeries> tokens = new EnumMap<>(Regime.class);
            for (Regime regime : Regime.values()) {
                tokens.put(regime, new CountSeries(kept, counts[regime.ordinal()]));
            }
            return new RegimeSeries(tokens, phases);
        }
    }
}
