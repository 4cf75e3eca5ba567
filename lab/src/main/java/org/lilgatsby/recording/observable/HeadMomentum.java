package org.lilgatsby.recording.observable;

import java.util.Optional;
import org.lilgatsby.bf16.Precision;
import org.lilgatsby.model.PrecisionConfig;
import org.lilgatsby.recording.StoredValues;
import org.lilgatsby.training.TrainingState;

/** AdamW's exp_avg of an output head of its own, [V, D]; row 0 is zero. */
public final class HeadMomentum extends OfHead {
    @Override
    public String name() {
        return "head_momentum";
    }

    @Override
    public String description() {
        return "exp_avg of an untied output head";
    }

    @Override
    public Kind kind() {
        return Kind.STATE;
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
        row.set(state.expAvg(), of(state.layout()).at());
    }
}
