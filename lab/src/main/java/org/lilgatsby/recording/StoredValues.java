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

    /** Stores from[at+i] - before[i], for which before may be changed. */
    default void setDifference(Kernels kernels, float[] from, int at, float[] before) {
        switch (this) {
            case InBf16(short[] values) -> {
                subtract(before, from, at, before);
                kernels.toBf16(values, before, 0, values.length);
            }
            case InF32(float[] values) -> subtract(values, from, at, before);
        }
    }

    private static void subtract(float[] to, float[] from, int at, float[] before) {
        for (int i = 0; i < to.length; i++) {
            to[i] = from[at + i] - before[i];
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
