package org.lilgatsby.training;

import org.lilgatsby.kernel.AdamWStep;
import org.lilgatsby.model.ParameterTensor;
import org.lilgatsby.settings.Catalog;
import org.lilgatsby.settings.Named;

/** The rule of an update, found by the name in {@code training.optimizer}. */
public interface Optimizer extends Named {
    /** All optimizers. */
    static Catalog<Optimizer> catalog() {
        return Catalogs.OPTIMIZERS;
    }

    /** What it does, in one line; printed beside its name in a configuration. */
    String reason();

    /** Whether it keeps the two moments; otherwise they stay zero and cannot be recorded. */
    boolean hasMoments();

    /** The rule and its settings in a few words, for a report. */
    String describe(TrainingConfig config);

    /**
     * Updates one tensor; called by one worker. Allocates nothing; its result depends on its arguments alone.
     *
     * @param step scalars of the step: learning rate, decay of this tensor, factor of the gradient
     */
    void update(OptimizerArrays arrays, ParameterTensor tensor, AdamWStep step);
}
