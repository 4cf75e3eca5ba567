package org.lilgatsby.training;

import org.lilgatsby.kernel.AdamWStep;
import org.lilgatsby.model.ParameterTensor;
import org.lilgatsby.settings.Catalog;
import org.lilgatsby.settings.Named;

/** The rule of an update, found by the name that {@code training.optimizer} gives. */
public interface Optimizer extends Named {
    /** All of them. */
    static Catalog<Optimizer> catalog() {
        return Catalogs.OPTIMIZERS;
    }

    /** What it does, in one line, as it stands beside its name in a printed configuration. */
    String reason();

    /** Whether it keeps the two moments, which else stay zero and cannot be recorded. */
    boolean hasMoments();

    /** The rule and its settings in a few words, for a report. */
    String describe(TrainingConfig config);

    /**
     * Updates one tensor, by one worker. Allocates nothing; what it computes depends on its arguments alone.
     *
     * @param step scalars of the step: learning rate, decay of this tensor, what the gradient is multiplied by first
     */
    void update(OptimizerArrays arrays, ParameterTensor tensor, AdamWStep step);
}
