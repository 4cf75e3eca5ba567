package org.lilgatsby.recording.observable;

import java.util.List;
import org.lilgatsby.recording.Axis;
import org.lilgatsby.recording.Observable;
import org.lilgatsby.recording.StoredValues;
import org.lilgatsby.training.TrainingState;

/** The loss of the step's batch, a number; row 0 is NaN. */
public final class Losses implements Observable {
    @Override
    public String name() {
        return "losses";
    }

    @Override
    public String description() {
        return "of the step's batch";
    }

    @Override
    public List<Axis> axes() {
        return List.of();
    }

    @Override
    public void initial(TrainingState state, StoredValues row) {
        row.set(Float.NaN);
    }

    @Override
    public void afterBackward(TrainingState state, float[] workspace, StoredValues row) {
        row.set((float) state.loss());
    }

    @Override
    public boolean allows(int update, float value) {
        return update == 0 || Float.isFinite(value);
    }
}
