package org.lilgatsby.recording.constant;

import org.lilgatsby.recording.Constant;
import org.lilgatsby.recording.ConstantValues;
import org.lilgatsby.recording.RecordingConfig;
import org.lilgatsby.recording.RecordingSource;

/**
 * The step of each row, int64 [rows], or [1] in the file of one step; -1 for a row not yet written. Every recording
 * holds it.
 */
public final class RecordedSteps implements Constant {
    @Override
    public String name() {
        return "recorded_steps";
    }

    @Override
    public ConstantValues values(RecordingSource source) {
        return ConstantValues.stepsNotWritten(
                source.recording().layout() == RecordingConfig.Layout.STREAM ? source.rows() : 1);
    }
}
