package org.lilgatsby.recording.observable;

import java.util.List;
import java.util.Optional;
import org.lilgatsby.bf16.Precision;
import org.lilgatsby.kernel.CacheLine;
import org.lilgatsby.model.PrecisionConfig;
import org.lilgatsby.recording.Axis;
import org.lilgatsby.recording.Observable;
import org.lilgatsby.recording.StoredValues;
import org.lilgatsby.training.TrainingState;

/**
 * One of the two parts of the gradient of a tied W, before clipping, as gradients are stored, [V, D]; row 0 is zero.
 */
interface PartOfGradient extends Observable {
    /** The part, from {@link CacheLine#ALIGNED_OFFSET} on. */
    float[] part(TrainingState state);

    @Override
    default List<Axis> axes() {
        return List.of(Axis.TOKENS, Axis.COMPONENTS);
    }

    @Override
    default boolean needsBothParts() {
        return true;
    }

    @Override
    default Optional<Precision> stored(PrecisionConfig precision) {
        return Optional.of(precision.gradients());
    }

    @Override
    default void atInstant(TrainingState state, float[] workspace, StoredValues row) {
        row.set(part(state), CacheLine.ALIGNED_OFFSET);
    }
}
