package org.lilgatsby.bf16;

import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.util.Locale;

/** How the numbers of a tensor are stored. */
public enum Precision {
    /** {@link Bf16}, two bytes per value. */
    BF16(2),
    /** IEEE 754 binary32, four bytes per value. */
    F32(4);

    /** A float as files hold it: the lowest byte first, at any alignment. */
    public static final ValueLayout.OfFloat STORED_F32 =
            ValueLayout.JAVA_FLOAT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

    private final int bytes;

    Precision(int bytes) {
        this.bytes = bytes;
    }

    /** Bytes per value. */
    public int bytes() {
        return bytes;
    }

    /** {@code value} after being stored in this format: rounded once, or unchanged. */
    public float store(float value) {
        return this == BF16 ? Bf16.round(value) : value;
    }

    /** The name in configurations: {@code bf16}, {@code f32}. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
