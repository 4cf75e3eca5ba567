package org.lilgatsby.recording.constant;

import org.lilgatsby.bf16.Precision;
import org.lilgatsby.recording.Constant;
import org.lilgatsby.recording.ConstantValues;
import org.lilgatsby.recording.RecordingSource;

/** The common vector from which all rows start, as it is stored before noise is added, bf16 [D]. */
public final class BhCenter implements Constant {
    @Override
    public String name() {
        return "bh_center";
    }

    @Override
    public ConstantValues values(RecordingSource source) {
        return ConstantValues.of(
                source.initial()::common, Precision.BF16, source.model().width());
    }

    @Override
    public boolean needsCommonVector() {
        return true;
    }
}
