package org.lilgatsby.benchmark;

import org.lilgatsby.model.ModelConfig;

/**
 * Floating point operations of a training step, a multiply-add counted as two. Only matrix products are
 * counted, as is usual; normalisation, gelu, softmax and the optimizer come on top of them in time, not in
 * this count.
 */
public final class Flop {
    private Flop() {}

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
     * Causal attention of one sequence: T(T+1)/2 pairs of query and key, 2*C each for scores and output forward;
     * backward scores again, dp, dq, dk and dv: seven products in all.
     */
    public static double attention(ModelConfig m) {
        double pairs = m.context() * (m.context() + 1.0) / 2;
        return 7 * 2.0 * pairs * m.width() * m.layers();
    }

    /** One step of {@code sequences} sequences. */
    public static double step(ModelConfig m, int sequences) {
        return sequences * (dense(m) + attention(m));
    }
}
