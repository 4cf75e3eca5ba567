package org.lilgatsby.sweep.execution;

import org.lilgatsby.config.ExperimentConfig;
import org.lilgatsby.model.StepFlop;

/** What a run takes, as far as it can be known before. */
public final class RunCost {
    private RunCost() {}

    /** Floating point operations of all matrix products of a run, a multiply-add counted as two. */
    public static double operations(ExperimentConfig config) {
        return StepFlop.step(config.model(), config.training().batch())
                * config.training().accumulation()
                * config.training().steps();
    }

    /** Values that a run draws for W, by which runs without a step are compared. */
    public static double drawn(ExperimentConfig config) {
        return (double) config.model().vocabulary() * config.model().width();
    }
}
