package org.lilgatsby.analysis;

/**
 * How a token got where it is: its squared displacement against what a random walk of as many steps of the same size
 * would give.
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
        /** Exponent below 0.75: it is held back or returns. */
        CONFINED,
        /** Exponent from 0.75 up to 1.25: as a random walk. */
        DIFFUSIVE,
        /** Exponent from 1.25 up to 1.75: it keeps its direction in part. */
        SUPERDIFFUSIVE,
        /** Exponent of 1.75 or more: nearly straight ahead. */
        BALLISTIC
    }

    /** Squared displacement over N x mean square step: 1 for a random walk, N straight ahead; NaN if it never moved. */
    public double ratio() {
        return squaredDisplacement / (steps * meanSquareStep);
    }

    /**
     * Squared displacement over N x the mean square step of all tokens: how far the token came, squared, as a multiple
     * of what a random walk with the RMS step of all tokens would give. Unlike {@link #ratio} it has one yardstick for
     * every token, and is 0 for one that never moved.
     *
     * @param ofAll mean square step of all tokens, {@link Motion#meanSquareStep}
     * @return NaN if no token moved
     */
    public double diffusivity(double ofAll) {
        return squaredDisplacement / (steps * ofAll);
    }

    /**
     * The power of N with which the squared displacement grows, if it is N^exponent mean square steps: 1 for a random
     * walk, 2 for a straight line, negative infinity if it came back to where it began. NaN if it never moved, or for a
     * single step.
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
