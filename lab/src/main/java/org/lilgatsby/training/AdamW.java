package org.lilgatsby.training;

import org.lilgatsby.kernel.AdamWStep;
import org.lilgatsby.kernel.Kernels;
import org.lilgatsby.model.ParameterTensor;
import org.lilgatsby.settings.Settings;

/** Adam with decoupled weight decay (Loshchilov and Hutter, 2019), rounded as {@code precision.update} says. */
public record AdamW() implements Optimizer {
    @Override
    public String name() {
        return "adamw";
    }

    @Override
    public String reason() {
        return "Adam with decoupled weight decay";
    }

    @Override
    public boolean hasMoments() {
        return true;
    }

    @Override
    public String describe(TrainingConfig config) {
        return "AdamW, betas %s and %s, epsilon %s"
                .formatted(
                        Settings.plain(config.beta1()),
                        Settings.plain(config.beta2()),
                        Settings.plain(config.epsilon()));
    }

    @Override
    public void update(OptimizerArrays a, ParameterTensor tensor, AdamWStep step) {
        int at = tensor.at();
        int n = tensor.size();
        Kernels k = a.kernels();
        float[] p = a.parameters();
        float[] m = a.expAvg();
        float[] v = a.expAvgSq();
        float[] g = a.gradients();
        switch (a.rule()) {
            case FUSED -> k.adamwFused(p, m, v, g, at, n, step);
            case PER_OP -> k.adamwPerOp(p, m, v, g, at, n, step);
            case STOCHASTIC -> k.adamwStochastic(p, m, v, g, at, n, tensor.before(), step);
            case KAHAN -> k.adamwKahan(p, a.compensation(), m, v, g, at, n, step);
        }
    }
}
