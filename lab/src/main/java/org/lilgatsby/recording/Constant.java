package org.lilgatsby.recording;

import org.lilgatsby.settings.Named;

/** A tensor that a streamed recording can hold once, beside its rows; it has the constant's name. */
public interface Constant extends Named {
    /** The tensor. */
    ConstantValues values(RecordingSource source);

    /** Whether it exists only for an initialisation that starts all rows from a common vector. */
    default boolean needsCommonVector() {
        return false;
    }
}
