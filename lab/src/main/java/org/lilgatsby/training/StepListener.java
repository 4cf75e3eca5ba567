package org.lilgatsby.training;

import org.lilgatsby.model.ParameterTensor;

/**
 * What happens in a run, at named instants. A listener copies what it needs and returns: it is called on the training
 * thread while the workers wait, or by a worker about a tensor of its own. Arrays of {@link TrainingState} are live.
 */
public interface StepListener {
    /**
     * Whether this one reads {@link TrainingState#hidden}, which costs a sum over all positions and is else left out.
     */
    default boolean readsHidden() {
        return false;
    }

    /** Before the first step: parameters as initialised, step 0; no loss, no gradient, no moments. */
    default void initial(TrainingState state) {}

    /**
     * Before step t, while no worker is at work: the place to wait for something slow.
     *
     * @param step t, from 1 on
     */
    default void beforeStep(int step) {}

    /**
     * After forward and backward of step t, before clipping and before the update: loss, logits and gradient are those
     * of step t, parameters and moments those after update t-1.
     */
    default void afterBackward(TrainingState state) {}

    /** Before update t of one tensor, after {@link #afterBackward}, by the worker that updates it. */
    default void beforeUpdate(ParameterTensor tensor, TrainingState state) {}

    /**
     * After update t of one tensor and its perturbation, by the worker that updated it, which has its values in the
     * cache.
     */
    default void afterUpdate(ParameterTensor tensor, TrainingState state) {}

    /**
     * After update t: parameters and moments are those after update t and its perturbation; loss and gradient as
     * before.
     */
    default void afterUpdate(TrainingState state) {}
}
