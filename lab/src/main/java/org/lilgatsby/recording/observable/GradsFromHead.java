package org.lilgatsby.recording.observable;

import org.lilgatsby.training.TrainingState;

/**
 * The part of the gradient of a tied W that comes from the output head, before clipping, as gradients are stored, [V,
 * D]; row 0 is zero. The gradient of W is this plus the part {@link GradsFromLookups from the lookups}, rounded once
 * more.
 */
public final class GradsFromHead implements PartOfGradient {
    @Override
    public String name() {
        return "grads_head";
    }

    @Override
    public String description() {
        return "part of the gradient of a tied W from the output head";
    }

    @Override
    public float[] part(TrainingState state) {
        return state.headGradients();
    }
}
