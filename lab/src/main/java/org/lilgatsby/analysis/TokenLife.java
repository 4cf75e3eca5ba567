package org.lilgatsby.analysis;

import java.util.EnumMap;
import java.util.Map;

/**
 * The life of a token, told by its last recorded step of each {@link MoveClass}. A step is judged against the state
 * before it. {@link #NEVER} stands for never, since no update precedes step 0.
 *
 * @param token its id
 * @param inCells the last steps by displacement in cells
 * @param inUlp the same by displacement in ULP, (W[t] - W[t-1]) / ULP(W[t-1])
 */
public record TokenLife(int token, Map<MoveClass, Integer> inCells, Map<MoveClass, Integer> inUlp) {
    /** The step of what did not happen. */
    public static final int NEVER = 0;

    /** The units in which a displacement is measured. */
    public enum Scale {
        /** Steps on the lattice: integers. */
        CELLS,
        /** Values as a multiple of the ULP of the earlier component: fractions across binades. */
        ULP
    }

    /** Copies the maps. */
    public TokenLife {
        inCells = copy(inCells);
        inUlp = copy(inUlp);
    }

    /** Whether the last step of a class is known; recorded figures do not have all of them. */
    public boolean knows(Scale scale, MoveClass moves) {
        return (scale == Scale.CELLS ? inCells : inUlp).containsKey(moves);
    }

    /** The last step of a class that is known. */
    public int last(Scale scale, MoveClass moves) {
        return (scale == Scale.CELLS ? inCells : inUlp).get(moves);
    }

    private static Map<MoveClass, Integer> copy(Map<MoveClass, Integer> steps) {
        Map<MoveClass, Integer> copy = new EnumMap<>(MoveClass.class);
        copy.putAll(steps);
        return copy;
    }

    /** The last step with any motion, in whatever unit. */
    public int lastMotion() {
        return inCells.get(MoveClass.ANY);
    }
}
