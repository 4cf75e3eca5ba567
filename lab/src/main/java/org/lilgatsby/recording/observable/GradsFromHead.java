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
 * The part of the gradient of a tied W that comes from the output head, before clipping, as gradients are stored, [V,
 * D]; row 0 is zero. The gradient of W is this plus the part {@link GradsFromLookups from the lookups}, rounded once
 * more.
 */
public final class GradsFromHead implements Observable {
    @Override
    public String name() {
        return "grads_head";
    }

    @Override
    public String description() {
        return "part of the gradient of a tied W from the output head";
    }

    @Override
    public List<Axis> axes() {
        return List.of(Axis.TOKENS, Axis.COMPONENTS);
    }

    @Override
    public boolean needsBothParts() {
        return true;
    }

    @Override
    public Optional<Precision> stored(PrecisionConfig precision) {
        return Optional.of(precision.gradients());
    }

    @Override
    public void atInstant(TrainingState state, float[] workspace, StoredValues row) {
        row.set(state.headGradients(), CacheLine.ALIGNED_OFFSET);
    }
}
