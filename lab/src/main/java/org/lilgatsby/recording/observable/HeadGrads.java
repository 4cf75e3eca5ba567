package org.lilgatsby.recording.observable;

import java.util.Optional;
import org.lilgatsby.bf16.Precision;
import org.lilgatsby.model.PrecisionConfig;
import org.lilgatsby.recording.StoredValues;
import org.lilgatsby.training.TrainingState;

/** The gradient of an output head of its own before clipping, [V, D]; row 0 is zero. */
public final class HeadGrads extends OfHead {
    @Override
    public String name() {
        return "head_grads";
    }

    @Override
    public String description() {
        return "gradient of an untied output head, before clipping";
    }

    @Override
    public Kind kind() {
        return Kind.COMPUTED;
    }

    @Override
    public Optional<Precision> stored(PrecisionConfig precision) {
        return Optional.of(precision.gradients());
    }

    @Override
    public void atInstant(TrainingState state, float[] workspace, StoredValues row) {
        row.set(state.gradients(), of(state.layout()).at());
    }
}
