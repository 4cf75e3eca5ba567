package org.lilgatsby.training;

import org.lilgatsby.kernel.AdamWStep;
import org.lilgatsby.model.ParameterTensor;
import org.lilgatsby.model.PrecisionConfig;
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
        if (a.rule() == PrecisionConfig.Update.FUSED) {
            a.kernels().adamwFused(a.parameters(), a.expAvg(), a.expAvgSq(), a.gradients(), at, n, step);
        } else {
            a.kernels().adamwPerOp(a.parameters(), a.expAvg(), a.expAvgSq(), a.gradients(), at, n, step);
        }
    }
}
