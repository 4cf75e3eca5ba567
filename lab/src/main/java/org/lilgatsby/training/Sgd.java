package org.lilgatsby.training;

import org.lilgatsby.kernel.AdamWStep;
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
        a.kernels().sgd(a.parameters(), a.gradients(), tensor.at(), tensor.size(), step);
    }
}
