package org.lilgatsby.recording.observable;

import java.util.List;
import org.lilgatsby.recording.Axis;
import org.lilgatsby.recording.Observable;
import org.lilgatsby.recording.StoredValues;
import org.lilgatsby.training.TrainingState;

/** The logits of the first sequence at its last position, [V]; row 0 is zero. */
public final class Logits implements Observable {
    @Override
    public String name() {
        return "logits";
    }

    @Override
    public String description() {
        return "of the first window, at its last position";
    }

    @Override
    public List<Axis> axes() {
        return List.of(Axis.TOKENS);
    }

    @Override
    public void afterBackward(TrainingState state, float[] workspace, StoredValues row) {
        row.set(state.logits(), 0);
    }
}
