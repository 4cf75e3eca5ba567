package org.lilgatsby.recording.constant;

import org.lilgatsby.recording.Constant;
import org.lilgatsby.recording.ConstantValues;
import org.lilgatsby.recording.Extent;
import org.lilgatsby.recording.RecordingSource;

/** Ids of the tokens whose rows are recorded, ascending, int64. A recording of chosen tokens always holds it. */
public final class RecordedTokens implements Constant {
    @Override
    public String name() {
        return "recorded_tokens";
    }

    @Override
    public ConstantValues values(RecordingSource source) {
        return ConstantValues.ids(Extent.of(source).tokens());
    }
}
