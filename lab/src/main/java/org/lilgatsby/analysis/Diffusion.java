package org.lilgatsby.analysis;

/**
 * How a token reached its final position: its squared displacement relative to that of a random walk with equally many
 * steps of the same size.
 *
 * @param token the token
 * @param steps recorded steps, N
 * @param meanSquareStep mean of the squared L2 norm of its steps
 * @param squaredDisplacement squared L2 distance from the first to the last recorded state
 */
public record Diffusion(int token, int steps, double meanSquareStep, double squaredDisplacement) {
    /** The kind of motion, by the {@link #exponent}. */
    public enum Kind {
        /** It never moved. */
        FROZEN,
        /** Exponent below 0.75: confined or returning. */
        CONFINED,
        /** Exponent from 0.75 up to 1.25: like a random walk. */
        DIFFUSIVE,
        /** Exponent from 1.25 up to 1.75: partly persistent in direction. */
        SUPERDIFFUSIVE,
        /** Exponent of 1.75 or more: nearly straight ahead. */
        BALLISTIC
    }

    /**
     * Squared displacement over N x mean square step: 1 for a random walk, N for a straight line; NaN if it never
     * moved.
     */
    public double ratio() {
        return squaredDisplacement / (steps * meanSquareStep);
    }

    /**
     * Squared displacement over N x the mean square step of all tokens: the squared displacement as a multiple of that
     * of a random walk with the RMS step of all tokens. Unlike {@link #ratio} it uses the same yardstick for every
     * token, and is 0 for one that never moved.
     *
     * @param ofAll mean square step of all tokens, {@link Motion#meanSquareStep}
     * @return NaN if no token moved
     */
    public double diffusivity(double ofAll) {
        return squaredDisplacement / (steps * ofAll);
    }

    /**
     * The exponent for which the squared displacement equals N^exponent mean square steps: 1 for a random walk, 2 for a
     * straight line, negative infinity if the token returned to its start. NaN if it never moved, or for a single step.
     */
    public double exponent() {
        return 1 + StrictMath.log(ratio()) / StrictMath.log(steps);
    }

    /** The kind of motion; a single step is ballistic. */
    public Kind kind() {
        if (meanSquareStep == 0) {
            return Kind.FROZEN;
        }
        double exponent = exponent();
        if (steps == 1 || exponent >= 1.75) {
            return Kind.BALLISTIC;
        }
        if (exponent >= 1.25) {
            return Kind.SUPERDIFFUSIVE;
        }
        return exponent >= 0.75 ? Kind.DIFFUSIVE : Kind.CONFINED;
    }
}
