package org.lilgatsby.analysis;

/**
 * How far a token moved in one step on its lattice, by the L1, L2 and L-infinity norms of its cell displacement
 * (integers, so the bounds are exact). Exactly one applies.
 */
public enum Regime {
    /** L1 = 0: no value changed (a zero may have changed its sign). */
    FROZEN,
    /** L1 = 1: one component moved to the neighbouring cell. */
    SINGLE_AXIS_HOP,
    /** L-infinity = 1, more than one component: into a cell that touches the old one. */
    ADJACENT_CELL,
    /** Further in some component, but L2 at most the square root of the width. */
    LOCAL,
    /** L2 above the square root of the width D: further than one cell in every component. */
    MULTI_CELL;

    /**
     * The regime of a displacement.
     *
     * @param l1 sum of the cells over the components
     * @param squares sum of their squares
     * @param max most cells of a component
     * @param columns the width D
     */
    static Regime of(double l1, double squares, double max, int columns) {
        if (l1 == 0) {
            return FROZEN;
        }
        if (l1 == 1) {
            return SINGLE_AXIS_HOP;
        }
        if (squares > columns) {
            return MULTI_CELL;
        }
        return max == 1 ? ADJACENT_CELL : LOCAL;
    }
}
