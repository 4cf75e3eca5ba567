package org.lilgatsby.training;

import org.lilgatsby.kernel.AdamWStep;
import org.lilgatsby.kernel.Kernels;
import org.lilgatsby.model.ParameterTensor;

/** Plain gradient descent with decoupled weight decay, without momentum. */
public record Sgd() implements Optimizer {
    @Override
    public String name() {
        return "sgd";
    }

    @Override
    public String reason() {
        return "plain gradient descent; no moments, so betas and epsilon do nothing";
    }

    @Override
    public boolean hasMoments() {
        return false;
    }

    @Override
    public String describe(TrainingConfig config) {
        return "plain gradient descent";
    }

    @Override
    public void update(OptimizerArrays a, ParameterTensor tensor, AdamWStep step) {
        Kernels k = a.kernels();
        float[] p = a.parameters();
        float[] g = a.gradients();
        int at = tensor.at();
        int n = tensor.size();
        switch (a.rule()) {
            case FUSED, PER_OP -> k.sgd(p, g, at, n, step);
            case STOCHASTIC -> k.sgdStochastic(p, g, at, n, tensor.before(), step);
            case KAHAN -> k.sgdKahan(p, a.compensation(), g, at, n, step);
        }
    }
}
