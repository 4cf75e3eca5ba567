package org.lilgatsby.recording.observable;

import java.util.List;
import java.util.Optional;
import org.lilgatsby.bf16.Precision;
import org.lilgatsby.model.PrecisionConfig;
import org.lilgatsby.recording.Axis;
import org.lilgatsby.recording.Observable;
import org.lilgatsby.recording.StoredValues;
import org.lilgatsby.training.TrainingState;

/** W, [V, D]. */
public final class Embeddings implements Observable {
    @Override
    public String name() {
        return "embeddings";
    }

    @Override
    public String description() {
        return "W, the embedding matrix";
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
        return Optional.of(precision.parameters());
    }

    @Override
    public void initial(TrainingState state, StoredValues row) {
        row.set(state.parameters(), state.layout().wte().at());
    }

    @Override
    public void atInstant(TrainingState state, float[] workspace, StoredValues row) {
        row.set(state.parameters(), state.layout().wte().at());
    }
}
