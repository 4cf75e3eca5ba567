package org.lilgatsby.recording.observable;

import java.util.List;
import org.lilgatsby.recording.Axis;
import org.lilgatsby.recording.Observable;
import org.lilgatsby.recording.StoredValues;
import org.lilgatsby.training.TrainingState;

/**
 * The mean hidden state, [D]: the output of the final normalisation, which is the input of the head, averaged over all
 * positions of the step's sequences; row 0 is zero. Summed in double, rounded when stored.
 */
public final class MeanHidden implements Observable {
    @Override
    public String name() {
        return "mean_hidden";
    }

    @Override
    public String description() {
        return "mean over all positions of what the head multiplies";
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
        row.set(state.hidden(), 0);
    }
}
