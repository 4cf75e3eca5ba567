package org.lilgatsby.recording.constant;

import org.lilgatsby.recording.Constant;
import org.lilgatsby.recording.ConstantValues;
import org.lilgatsby.recording.RecordingSource;

/** W before training, as stored, [V, D]: the start of a recording of differences. */
public final class InitialEmbeddings implements Constant {
    @Override
    public String name() {
        return "initial_embeddings";
    }

    @Override
    public ConstantValues values(RecordingSource source) {
        return ConstantValues.of(
                source.initial()::storedEmbeddings,
                source.precision().parameters(),
                source.model().vocabulary(),
                source.model().width());
    }
}
