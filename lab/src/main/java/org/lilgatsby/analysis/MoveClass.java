package org.lilgatsby.analysis;

/**
 * How far a step goes at least, by a norm of the displacement of all components of a token. The bounds are nested: up
 * to a width of a million, a step beyond one is beyond all that follow it.
 */
public enum MoveClass {
    /** L2 above 1,000. */
    L2_ABOVE_1000,
    /** L2 above the square root of the width D: more than one cell in every component. */
    L2_ABOVE_ROOT_OF_WIDTH,
    /** L-infinity above 1: more than one cell in some component. */
    L_INFINITY_ABOVE_1,
    /** L1 above 1: more than a hop along one axis. */
    L1_ABOVE_1,
    /** L1 above 0: any motion. */
    ANY;

    /** Whether a step is of this class by its displacement in cells, in a width D. */
    public boolean holds(TokenStep step, int columns) {
        TokenStep.Norms cells = step.cells();
        return holds(cells.l1(), cells.l2(), cells.lInfinity(), columns);
    }

    /**
     * Whether a displacement is of this class. L2 norms are compared in float32, in which some of them are measured.
     *
     * @param l1 sum of its components
     * @param l2 root of the sum of their squares
     * @param max largest of them
     * @param columns the width D
     */
    boolean holds(double l1, double l2, double max, int columns) {
        return switch (this) {
            case L2_ABOVE_1000 -> l2 > 1000;
            case L2_ABOVE_ROOT_OF_WIDTH -> (float) l2 > (float) Math.sqrt(columns);
            case L_INFINITY_ABOVE_1 -> max > 1;
            case L1_ABOVE_1 -> l1 > 1;
            case ANY -> l1 > 0;
        };
    }
}
