package org.lilgatsby.recording.constant;

import org.lilgatsby.recording.Constant;
import org.lilgatsby.recording.ConstantValues;
import org.lilgatsby.recording.RecordingSource;

/** {@code training.learning_rate}, float32. */
public final class LearningRate implements Constant {
    @Override
    public String name() {
        return "learning_rate";
    }

    @Override
    public ConstantValues values(RecordingSource source) {
        return ConstantValues.number(source.training().learningRate());
    }
}
