package org.lilgatsby.recording.observable;

import java.util.Optional;
import org.lilgatsby.bf16.Precision;
import org.lilgatsby.model.PrecisionConfig;
import org.lilgatsby.recording.StoredValues;
import org.lilgatsby.training.TrainingState;

/** An output head of its own, [V, D]. */
public final class Head extends OfHead {
    @Override
    public String name() {
        return "head";
    }

    @Override
    public String description() {
        return "the output head of an untied model";
    }

    @Override
    public Kind kind() {
        return Kind.STATE;
    }

    @Override
    public Optional<Precision> stored(PrecisionConfig precision) {
        return Optional.of(precision.parameters());
    }

    @Override
    public void initial(TrainingState state, StoredValues row) {
        row.set(state.parameters(), of(state.layout()).at());
    }

    @Override
    public void atInstant(TrainingState state, float[] workspace, StoredValues row) {
        row.set(state.parameters(), of(state.layout()).at());
    }
}
