package org.lilgatsby.recording.observable;

import org.lilgatsby.training.TrainingState;

/**
 * The part of the gradient of a tied W that comes from the lookups of the windows' tokens, before clipping, as
 * gradients are stored, [V, D]: zero for a token that no window holds; row 0 is zero.
 */
public final class GradsFromLookups implements PartOfGradient {
    @Override
    public String name() {
        return "grads_lookup";
    }

    @Override
    public String description() {
        return "part of the gradient of a tied W from the lookups";
    }

    @Override
    public float[] part(TrainingState state) {
        return state.lookupGradients();
    }
}
