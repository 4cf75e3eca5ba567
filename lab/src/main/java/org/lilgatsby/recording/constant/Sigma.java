package org.lilgatsby.recording.constant;

import org.lilgatsby.recording.Constant;
import org.lilgatsby.recording.ConstantValues;
import org.lilgatsby.recording.RecordingSource;

/** {@code initialization.sigma} under the name of experiment 1.12b, float32. */
public final class Sigma implements Constant {
    @Override
    public String name() {
        return "sigma";
    }

    @Override
    public ConstantValues values(RecordingSource source) {
        return ConstantValues.number(source.initialization().sigma());
    }
}
