package org.lilgatsby.model;

/**
 * Floating point operations of a training step, with a fused multiply-add counted as two. As usual, only matrix
 * products are counted; normalisation, gelu, softmax and the optimizer take time but do not count.
 */
public final class StepFlop {
    private StepFlop() {}

    /** A product of rows x inner by inner x columns. */
    public static double product(int rows, int inner, int columns) {
        return 2.0 * rows * inner * columns;
    }

    /**
     * One product of causal attention of one head: T(T+1)/2 pairs of query and key, a multiply-add for each channel.
     */
    public static double pairs(int positions, int headSize) {
        return 2.0 * headSize * (positions * (positions + 1.0) / 2);
    }

    /**
     * Dense products of one sequence: 2*T for each weight of a linear layer and of the head, three times: forward,
     * gradient of the input, gradient of the weight.
     */
    public static double dense(ModelConfig m) {
        double c = m.width();
        double weights = m.layers() * (c * 3 * c + c * c + 2 * c * m.ffn()) + c * m.vocabulary();
        return 3 * 2.0 * m.context() * weights;
    }

    /** Causal attention of one sequence, six products: scores and output forward; dp, dq, dk and dv backward. */
    public static double attention(ModelConfig m) {
        return 6 * pairs(m.context(), m.headSize()) * m.heads() * m.layers();
    }

    /** One step of {@code sequences} sequences. */
    public static double step(ModelConfig m, int sequences) {
        return sequences * (dense(m) + attention(m));
    }
}
