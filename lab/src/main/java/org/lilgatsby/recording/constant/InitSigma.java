package org.lilgatsby.recording.constant;

import org.lilgatsby.recording.Constant;
import org.lilgatsby.recording.ConstantValues;
import org.lilgatsby.recording.RecordingSource;

/** {@code initialization.sigma} under the name of experiments 13.4a and 14.1a, float32. */
public final class InitSigma implements Constant {
    @Override
    public String name() {
        return "init_sigma";
    }

    @Override
    public ConstantValues values(RecordingSource source) {
        return ConstantValues.number(source.initialization().sigma());
    }
}
