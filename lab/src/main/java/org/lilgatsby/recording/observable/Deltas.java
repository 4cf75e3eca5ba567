package org.lilgatsby.recording.observable;

import java.util.List;
import java.util.Optional;
import org.lilgatsby.bf16.Precision;
import org.lilgatsby.model.PrecisionConfig;
import org.lilgatsby.recording.Axis;
import org.lilgatsby.recording.Observable;
import org.lilgatsby.recording.StoredValues;
import org.lilgatsby.training.TrainingState;

/** W after the update minus W before it, [V, D]; row 0 is zero. */
public final class Deltas implements Observable {
    @Override
    public String name() {
        return "deltas";
    }

    @Override
    public String description() {
        return "W after the step minus W before it";
    }

    @Override
    public Kind kind() {
        return Kind.CHANGE;
    }

    @Override
    public List<Axis> axes() {
        return List.of(Axis.TOKENS, Axis.COMPONENTS);
    }

    @Override
    public Optional<Precision> stored(PrecisionConfig precision) {
        return Optional.of(precision.parameters());
    }

    /** The difference of two values of bfloat16 need not be one. */
    @Override
    public Precision format(PrecisionConfig precision) {
        return Precision.F32;
    }

    /** W before the update. */
    @Override
    public int workspace(int vocabulary, int width) {
        return Math.multiplyExact(vocabulary, width);
    }

    @Override
    public void beforeUpdate(TrainingState state, float[] workspace) {
        System.arraycopy(state.parameters(), state.layout().wte().at(), workspace, 0, workspace.length);
    }

    @Override
    public void atInstant(TrainingState state, float[] workspace, StoredValues row) {
        row.setDifferences(state.parameters(), state.layout().wte().at(), workspace);
    }
}
