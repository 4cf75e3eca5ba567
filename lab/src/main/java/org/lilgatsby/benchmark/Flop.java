package org.lilgatsby.benchmark;

import org.lilgatsby.model.ModelConfig;

/**
 * Floating point operations, a fused multiply-add counted as two. Of a training step only matrix products are
 * counted, as is usual; normalisation, gelu, softmax and the optimizer come on top of them in time, not in
 * that count. Kernels that are no products are counted by the element, as {@link org.lilgatsby.kernel.Kernels}
 * defines them; comparisons, rounding to bfloat16 and moves are not counted.
 */
public final class Flop {
    /** Eight fused multiply-adds, a subtraction, a multiplication. */
    static final double EXP = 8 * 2 + 2;
    /** Sum; deviation and its square; deviation again, times rstd, fused with weight and bias. */
    static final double NORM = 1 + 3 + 2 + 2;
    /** g and xhat; the two sums; g and xhat again; fused with the sums, subtracted, times rstd; the residual's gradient. */
    static final double NORM_BACKWARD = 3 + 3 + 3 + 4 + 1;
    /** Argument of the logistic function, a cubic; exp; 1/(1 + exp); times x. */
    static final double GELU = 4 + EXP + 2 + 1;
    /** As forward, and the derivative: another cubic and four products; times the gradient. */
    static final double GELU_BACKWARD = 4 + EXP + 2 + 3 + 5 + 1;
    /** Less the maximum, exp, sum, times the reciprocal, times the scale. */
    static final double CROSS_ENTROPY = 1 + EXP + 1 + 2;
    /** Clipping; decay; both moments; root, division, epsilon; quotient times step size; subtraction. */
    static final double ADAMW = 1 + 2 + 3 + 4 + 3 + 2 + 1;

    private Flop() {}

    /** A product of rows x inner by inner x columns. */
    public static double product(int rows, int inner, int columns) {
        return 2.0 * rows * inner * columns;
    }

    /** One product of causal attention of one head: T(T+1)/2 pairs of query and key, a multiply-add for each channel. */
    public static double pairs(int positions, int headSize) {
        return 2.0 * headSize * (positions * (positions + 1.0) / 2);
    }

    /**
     * Dense products of one sequence: 2*T for each weight of a linear layer and of the head, three times:
     * forward, gradient of the input, gradient of the weight.
     */
    public static double dense(ModelConfig m) {
        double c = m.width();
        double weights = m.layers() * (c * 3 * c + c * c + 2 * c * m.mlpWidth()) + c * m.vocabulary();
        return 3 * 2.0 * m.context() * weights;
    }

    /**
     * Causal attention of one sequence, seven products: scores and output forward; backward scores again, dp, dq,
     * dk and dv.
     */
    public static double attention(ModelConfig m) {
        return 7 * pairs(m.context(), m.headSize()) * m.heads() * m.layers();
    }

    /** One step of {@code sequences} sequences. */
    public static double step(ModelConfig m, int sequences) {
        return sequences * (dense(m) + attention(m));
    }
}
