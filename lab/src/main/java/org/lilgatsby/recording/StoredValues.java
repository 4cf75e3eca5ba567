package org.lilgatsby.recording;

import java.util.Arrays;
import org.lilgatsby.bf16.Format;
import org.lilgatsby.kernel.Kernels;

/** The values of one tensor in a row, in the format in which they are stored. */
sealed interface StoredValues {
    /** Rounded to bfloat16: the bits. */
    record InBf16(short[] values) implements StoredValues {}

    /** As they were. */
    record InF32(float[] values) implements StoredValues {}

    /** Room for n values. */
    static StoredValues of(Format format, int n) {
        return switch (format) {
            case BF16 -> new InBf16(new short[n]);
            case F32 -> new InF32(new float[n]);
        };
    }

    /** Stores the values that start at {@code at}. */
    default void set(Kernels kernels, float[] from, int at) {
        switch (this) {
            case InBf16(short[] values) -> kernels.toBf16(values, from, at, values.length);
            case InF32(float[] values) -> System.arraycopy(from, at, values, 0, values.length);
        }
    }

    /** Sets all to zero. */
    default void clear() {
        switch (this) {
            case InBf16(short[] values) -> Arrays.fill(values, (short) 0);
            case InF32(float[] values) -> Arrays.fill(values, 0f);
        }
    }
}
