package org.lilgatsby.recording;

import java.lang.foreign.MemorySegment;
import org.lilgatsby.bf16.Precision;
import org.lilgatsby.kernel.Kernels;

/**
 * The values of one tensor in a row: their bytes as in the file, at an address that changes from row to row. Values are
 * rounded to the tensor's format when stored.
 */
public final class StoredValues {
    private final Kernels kernels;
    private final Precision format;
    private final int size;
    private final MemorySegment memory;
    private final float[] scalar = new float[1];
    private long at;

    /** Values of a format, somewhere in the memory. */
    StoredValues(Kernels kernels, Precision format, int size, MemorySegment memory) {
        this.kernels = kernels;
        this.format = format;
        this.size = size;
        this.memory = memory;
    }

    /** First byte. */
    long at() {
        return at;
    }

    void moveTo(long at) {
        this.at = at;
    }

    /** Stores the values that start at {@code start}, as many as the row has. */
    public void set(float[] from, int start) {
        switch (format) {
            case BF16 -> kernels.toBf16(memory, at, from, start, size);
            case F32 -> MemorySegment.copy(from, start, memory, Precision.STORED_F32, at, size);
        }
    }

    /** Stores the only value of a row without axes. */
    public void set(float value) {
        scalar[0] = value;
        set(scalar, 0);
    }

    /** Stores the differences between the values that start at {@code start} and those {@code before}. */
    public void setDifferences(float[] from, int start, float[] before) {
        switch (format) {
            case BF16 -> kernels.differencesToBf16(memory, at, from, start, before, 0, size);
            case F32 -> kernels.differences(memory, at, from, start, before, 0, size);
        }
    }

    /** Sets all to zero. */
    public void clear() {
        memory.asSlice(at, (long) format.bytes() * size).fill((byte) 0);
    }
}
