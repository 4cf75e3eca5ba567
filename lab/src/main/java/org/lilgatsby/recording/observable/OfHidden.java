package org.lilgatsby.recording.observable;

import java.util.List;
import org.lilgatsby.recording.Axis;
import org.lilgatsby.recording.Observable;
import org.lilgatsby.recording.StoredValues;
import org.lilgatsby.training.TrainingState;

/** What a step says of the hidden state by component, over all positions of its sequences, [D]; row 0 is zero. */
interface OfHidden extends Observable {
    /** The figures of the step, [D]. */
    float[] values(TrainingState state);

    @Override
    default List<Axis> axes() {
        return List.of(Axis.COMPONENTS);
    }

    @Override
    default boolean needsHidden() {
        return true;
    }

    @Override
    default void afterBackward(TrainingState state, float[] workspace, StoredValues row) {
        row.set(values(state), 0);
    }
}
