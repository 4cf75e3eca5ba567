package org.lilgatsby.analysis;

/**
 * The life of a token, or of a group of tokens, told by the last recorded step in each regime. A step is judged against
 * the previous state, never against the start: a token that returned to its start has moved. {@link #NEVER} stands for
 * never, since no update precedes step 0.
 *
 * @param lastMultiCell last step with a {@link Regime#MULTI_CELL} move
 * @param lastLocal last step with a {@link Regime#LOCAL} move
 * @param lastAdjacentCell last step with a {@link Regime#ADJACENT_CELL} move
 * @param lastHop last step with a {@link Regime#SINGLE_AXIS_HOP}
 */
public record Phases(int lastMultiCell, int lastLocal, int lastAdjacentCell, int lastHop) {
    /** The step of an event that did not happen. */
    public static final int NEVER = 0;

    /** The end of the early phase: the last multi-cell move. */
    public int earlyUntil() {
        return lastMultiCell;
    }

    /** The end of midlife: the last move of more than a cell in some component. */
    public int midlifeUntil() {
        return Math.max(lastMultiCell, lastLocal);
    }

    /** The end of the late phase, after which comes fimbulwinter, frozen for good: the last step with any motion. */
    public int lastMotion() {
        return Math.max(midlifeUntil(), Math.max(lastAdjacentCell, lastHop));
    }

    /** Whether fimbulwinter came before the recording's last step. */
    public boolean frozenBefore(int lastStep) {
        return lastMotion() < lastStep;
    }

    /** The phases of a group made of this and another part. */
    Phases join(Phases other) {
        return new Phases(
                Math.max(lastMultiCell, other.lastMultiCell),
                Math.max(lastLocal, other.lastLocal),
                Math.max(lastAdjacentCell, other.lastAdjacentCell),
                Math.max(lastHop, other.lastHop));
    }
}
