package org.lilgatsby.recording.observable;

import org.lilgatsby.training.TrainingState;

/** AdamW's exp_avg of an output head of its own, [V, D]; row 0 is zero. */
public final class HeadMomentum extends OfHead implements Moment {
    @Override
    public String name() {
        return "head_momentum";
    }

    @Override
    public String description() {
        return "exp_avg of an untied output head";
    }

    @Override
    public float[] moment(TrainingState state) {
        return state.expAvg();
    }
}
