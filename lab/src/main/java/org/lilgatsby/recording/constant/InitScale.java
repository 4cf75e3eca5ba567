package org.lilgatsby.recording.constant;

import org.lilgatsby.recording.Constant;
import org.lilgatsby.recording.ConstantValues;
import org.lilgatsby.recording.RecordingSource;

/** {@code initialization.scale}, float32. */
public final class InitScale implements Constant {
    @Override
    public String name() {
        return "init_scale";
    }

    @Override
    public ConstantValues values(RecordingSource source) {
        return ConstantValues.number(source.initialization().scale());
    }
}
