package org.lilgatsby.recording;

import org.lilgatsby.settings.Named;

/** What a streamed recording can hold once, beside the rows; the tensor has the constant's name. */
public interface Constant extends Named {
    /** The tensor. */
    ConstantValues values(RecordingSource source);

    /** Whether only an initialisation has it that starts all rows from a common vector. */
    default boolean needsCommonVector() {
        return false;
    }
}
