package org.lilgatsby.analysis;

import java.util.function.IntPredicate;

/**
 * When a condition began to hold. {@link #NEVER} stands for never.
 *
 * @param first the first step at which it held
 * @param forGood the first step from which on it held at every recorded step, up to the last
 */
public record Onset(int first, int forGood) {
    /** The step of what did not happen; step 0 can be one at which a condition holds. */
    public static final int NEVER = -1;

    /**
     * When a condition began to hold.
     *
     * @param from the first place that is looked at
     * @param holds whether it holds at a place
     */
    public static Onset of(Steps history, int from, IntPredicate holds) {
        int first = NEVER;
        int forGood = NEVER;
        for (int place = from; place < history.size(); place++) {
            if (!holds.test(place)) {
                forGood = NEVER;
                continue;
            }
            first = first == NEVER ? history.step(place) : first;
            forGood = forGood == NEVER ? history.step(place) : forGood;
        }
        return new Onset(first, forGood);
    }
}
