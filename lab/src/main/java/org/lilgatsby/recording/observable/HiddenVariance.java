package org.lilgatsby.recording.observable;

import org.lilgatsby.training.TrainingState;

/**
 * The variance of each component of the output of the final normalisation over all positions of the step's sequences,
 * [D]: the mean of the squares less the square of the mean, in double, at least 0; row 0 is zero.
 */
public final class HiddenVariance implements OfHidden {
    @Override
    public String name() {
        return "hidden_variance";
    }

    @Override
    public String description() {
        return "variance over all positions of what the head multiplies";
    }

    @Override
    public float[] values(TrainingState state) {
        return state.hiddenVariance();
    }
}
