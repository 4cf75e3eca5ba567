package org.lilgatsby.recording.observable;

import java.util.List;
import java.util.Optional;
import org.lilgatsby.bf16.Precision;
import org.lilgatsby.model.PrecisionConfig;
import org.lilgatsby.recording.Axis;
import org.lilgatsby.recording.Observable;
import org.lilgatsby.recording.StoredValues;
import org.lilgatsby.training.TrainingState;

/** AdamW's exp_avg of W, [V, D]; row 0 is zero. */
public final class Momentum implements Observable {
    @Override
    public String name() {
        return "momentum";
    }

    @Override
    public String description() {
        return "exp_avg of W";
    }

    @Override
    public Kind kind() {
        return Kind.STATE;
    }

    @Override
    public List<Axis> axes() {
        return List.of(Axis.TOKENS, Axis.COMPONENTS);
    }

    @Override
    public Optional<Precision> stored(PrecisionConfig precision) {
        return Optional.of(precision.moments());
    }

    @Override
    public boolean needsMoments() {
        return true;
    }

    @Override
    public void atInstant(TrainingState state, float[] workspace, StoredValues row) {
        row.set(state.expAvg(), state.layout().wte().at());
    }
}
