package org.lilgatsby.recording.observable;

import java.util.List;
import java.util.Optional;
import org.lilgatsby.bf16.Precision;
import org.lilgatsby.model.PrecisionConfig;
import org.lilgatsby.recording.Axis;
import org.lilgatsby.recording.Observable;
import org.lilgatsby.recording.StoredValues;
import org.lilgatsby.training.TrainingState;

/**
 * The factor by which the update multiplied the gradient, a number; row 0 is zero. Completes the accounting of a fused
 * optimizer.
 */
public final class ClipCoefficients implements Observable {
    @Override
    public String name() {
        return "clip_coefficients";
    }

    @Override
    public String description() {
        return "what the gradient was multiplied by";
    }

    @Override
    public List<Axis> axes() {
        return List.of();
    }

    @Override
    public Optional<Precision> stored(PrecisionConfig precision) {
        return Optional.of(precision.gradients());
    }

    @Override
    public void afterBackward(TrainingState state, float[] workspace, StoredValues row) {
        row.set((float) state.clipCoefficient());
    }
}
