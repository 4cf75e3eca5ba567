package org.lilgatsby.training;

/**
 * What happens in a run, at named instants. A listener is called on the training thread while the
 * workers wait, so it copies what it needs and returns. Arrays of {@link TrainingState} are live.
 */
public interface StepListener {
    /** Whether this one reads {@link TrainingState#hidden}, which costs a sum over all positions and is else left out. */
    default boolean readsHidden() {
        return false;
    }

    /** Before the first step: parameters as initialised, step 0; no loss, no gradient, no moments. */
    default void initial(TrainingState state) {}

    /**
     * After forward and backward of step t, before clipping and before the update: loss, logits and
     * gradient are those of step t, parameters and moments those after update t-1.
     */
    default void afterBackward(TrainingState state) {}

    /** After update t: parameters and moments are those after update t; loss and gradient as before. */
    default void afterUpdate(TrainingState state) {}
}
