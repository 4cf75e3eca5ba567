package org.lilgatsby.recording.constant;

import org.lilgatsby.recording.Constant;
import org.lilgatsby.recording.ConstantValues;
import org.lilgatsby.recording.RecordingSource;

/** Ids that occur in the corpus, ascending, int64. */
public final class LiveTokenIds implements Constant {
    @Override
    public String name() {
        return "live_token_ids";
    }

    @Override
    public ConstantValues values(RecordingSource source) {
        return ConstantValues.ids(source.live());
    }
}
