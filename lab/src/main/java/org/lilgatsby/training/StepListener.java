package org.lilgatsby.training;

import org.lilgatsby.model.ParameterTensor;

/**
 * Events of a run, at named instants. A listener copies what it needs and returns: the training thread calls it while
 * the workers wait, or a worker calls it for one of its own tensors. Arrays of {@link TrainingState} are live.
 */
public interface StepListener {
    /**
     * Whether this listener reads {@link TrainingState#hidden}, which costs a sum over all positions and is otherwise
     * omitted.
     */
    default boolean readsHidden() {
        return false;
    }

    /** Before the first step: parameters as initialised, step 0; no loss, no gradient, no moments. */
    default void initial(TrainingState state) {}

    /**
     * Before step t, while no worker is busy: the place to wait for something slow.
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
     * After update t of one tensor and its perturbation, by the worker that updated it and has its values in the cache.
     */
    default void afterUpdate(ParameterTensor tensor, TrainingState state) {}

    /**
     * After update t: parameters and moments are those after update t and its perturbation; loss and gradient are
     * unchanged.
     */
    default void afterUpdate(TrainingState state) {}
}
