package org.lilgatsby.analysis;

/**
 * The recorded steps in which no token of a group moves. {@link #NEVER} stands for never.
 *
 * @param steps recorded steps
 * @param still those in which none moves
 * @param first the first of these
 * @param longest most of these in a row
 * @param longestFrom the first step of the earliest such row
 * @param lastFrom the first step of the row that ends with the recording: from there on none moves
 * @param last number of recorded steps in that row; 0 if a token moves in the last step
 */
public record Stillness(int steps, int still, int first, int longest, int longestFrom, int lastFrom, int last) {
    /** The step of what did not happen. */
    public static final int NEVER = 0;

    /**
     * The stillness that follows from the tokens that moved.
     *
     * @param history when states were recorded
     * @param movers at every place of it
     */
    public static Stillness of(Steps history, CountSeries movers) {
        int still = 0;
        int first = NEVER;
        int longest = 0;
        int longestFrom = NEVER;
        int run = 0;
        for (int place = 1; place < history.size(); place++) {
            run = movers.at(place) == 0 ? run + 1 : 0;
            if (run > 0) {
                still++;
                first = first == NEVER ? history.step(place) : first;
            }
            if (run > longest) {
                longest = run;
                longestFrom = history.step(place - run + 1);
            }
        }
        int lastFrom = run == 0 ? NEVER : history.step(history.size() - run);
        return new Stillness(history.size() - 1, still, first, longest, longestFrom, lastFrom, run);
    }
}
