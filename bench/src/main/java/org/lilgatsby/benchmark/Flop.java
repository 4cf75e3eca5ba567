package org.lilgatsby.benchmark;

/**
 * Floating point operations of kernels, with a fused multiply-add counted as two; {@link org.lilgatsby.model.StepFlop}
 * counts those of products. The others are counted per element, as {@link org.lilgatsby.kernel.Kernels} defines them;
 * comparisons, rounding to bfloat16 and moves are not counted.
 */
final class Flop {
    /** Eight fused multiply-adds, a subtraction, a multiplication. */
    static final double EXP = 8 * 2 + 2;
    /** Sum; deviation and its square; deviation again, times rstd, fused with weight and bias. */
    static final double NORM = 1 + 3 + 2 + 2;
    /**
     * g and xhat; the two sums; g and xhat again; fused with the sums, subtracted, times rstd; the residual's gradient.
     */
    static final double NORM_BACKWARD = 3 + 3 + 3 + 4 + 1;
    /**
     * Argument of the logistic function, a cubic; exp; 1/(1 + exp); times x; for the derivative another cubic and four
     * products.
     */
    static final double GELU = 4 + EXP + 2 + 1 + 3 + 5;
    /** The derivative times the gradient. */
    static final double GELU_BACKWARD = 1;
    /** Less the maximum, exp, sum, times the reciprocal, times the scale. */
    static final double CROSS_ENTROPY = 1 + EXP + 1 + 2;
    /** Clipping; decay; both moments; root, division, epsilon; quotient times step size; subtraction. */
    static final double ADAMW = 1 + 2 + 3 + 4 + 3 + 2 + 1;

    private Flop() {}
}
