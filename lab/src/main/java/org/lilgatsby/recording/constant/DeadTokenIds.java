package org.lilgatsby.recording.constant;

import org.lilgatsby.recording.Constant;
import org.lilgatsby.recording.ConstantValues;
import org.lilgatsby.recording.RecordingSource;

/** Ids that do not occur in the corpus, ascending, int64. */
public final class DeadTokenIds implements Constant {
    @Override
    public String name() {
        return "dead_token_ids";
    }

    @Override
    public ConstantValues values(RecordingSource source) {
        return ConstantValues.ids(source.dead());
    }
}
