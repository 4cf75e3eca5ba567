package org.lilgatsby.recording.observable;

import java.util.Optional;
import org.lilgatsby.bf16.Precision;
import org.lilgatsby.model.PrecisionConfig;
import org.lilgatsby.recording.Observable;
import org.lilgatsby.recording.StoredValues;
import org.lilgatsby.training.TrainingState;

/** One of AdamW's two moments of a matrix, as moments are stored, [V, D]; row 0 is zero. */
interface Moment extends Observable {
    /** The moments of all parameters. */
    float[] moment(TrainingState state);

    @Override
    default Kind kind() {
        return Kind.STATE;
    }

    @Override
    default Optional<Precision> stored(PrecisionConfig precision) {
        return Optional.of(precision.moments());
    }

    @Override
    default boolean needsMoments() {
        return true;
    }

    @Override
    default void atInstant(TrainingState state, float[] workspace, StoredValues row) {
        row.set(moment(state), of(state.layout()).at());
    }
}
