package org.lilgatsby.recording.constant;

import org.lilgatsby.recording.Constant;
import org.lilgatsby.recording.ConstantValues;
import org.lilgatsby.recording.RecordingSource;

/** {@code training.beta2}, float32. */
public final class AdamBeta2 implements Constant {
    @Override
    public String name() {
        return "adam_beta2";
    }

    @Override
    public ConstantValues values(RecordingSource source) {
        return ConstantValues.number(source.training().beta2());
    }
}
