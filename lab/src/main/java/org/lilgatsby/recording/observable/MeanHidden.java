package org.lilgatsby.recording.observable;

import org.lilgatsby.training.TrainingState;

/**
 * The mean hidden state, [D]: the output of the final normalisation, which is the input of the head, averaged over all
 * positions of the step's sequences; row 0 is zero. Summed in double, rounded when stored.
 */
public final class MeanHidden implements OfHidden {
    @Override
    public String name() {
        return "mean_hidden";
    }

    @Override
    public String description() {
        return "mean over all positions of what the head multiplies";
    }

    @Override
    public float[] values(TrainingState state) {
        return state.hidden();
    }
}
