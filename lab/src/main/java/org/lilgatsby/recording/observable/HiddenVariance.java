package org.lilgatsby.recording.observable;

import java.util.List;
import org.lilgatsby.recording.Axis;
import org.lilgatsby.recording.Observable;
import org.lilgatsby.recording.StoredValues;
import org.lilgatsby.training.TrainingState;

/**
 * The variance of each component of the output of the final normalisation over all positions of the step's sequences,
 * [D]: the mean of the squares less the square of the mean, in double, at least 0; row 0 is zero.
 */
public final class HiddenVariance implements Observable {
    @Override
    public String name() {
        return "hidden_variance";
    }

    @Override
    public String description() {
        return "variance over all positions of what the head multiplies";
    }

    @Override
    public List<Axis> axes() {
        return List.of(Axis.COMPONENTS);
    }

    @Override
    public boolean needsHidden() {
        return true;
    }

    @Override
    public void afterBackward(TrainingState state, float[] workspace, StoredValues row) {
        row.set(state.hiddenVariance(), 0);
    }
}
