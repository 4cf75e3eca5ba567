package org.lilgatsby.recording.observable;

import java.util.List;
import org.lilgatsby.recording.Axis;
import org.lilgatsby.training.TrainingState;

/** AdamW's exp_avg_sq of W, [V, D]; row 0 is zero. */
public final class Variance implements Moment {
    @Override
    public String name() {
        return "variance";
    }

    @Override
    public String description() {
        return "exp_avg_sq of W";
    }

    @Override
    public List<Axis> axes() {
        return List.of(Axis.TOKENS, Axis.COMPONENTS);
    }

    @Override
    public float[] moment(TrainingState state) {
        return state.expAvgSq();
    }
}
