package org.lilgatsby.recording.constant;

import org.lilgatsby.recording.Constant;
import org.lilgatsby.recording.ConstantValues;
import org.lilgatsby.recording.RecordingSource;

/** {@code training.weight_decay}, float32. */
public final class WeightDecay implements Constant {
    @Override
    public String name() {
        return "weight_decay";
    }

    @Override
    public ConstantValues values(RecordingSource source) {
        return ConstantValues.number(source.training().weightDecay());
    }
}
