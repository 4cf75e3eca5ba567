package org.lilgatsby.recording;

import java.lang.foreign.MemorySegment;
import org.lilgatsby.bf16.Precision;
import org.lilgatsby.kernel.Kernels;

/**
 * The values of one tensor in a row: their bytes as they will be in the file, at a place that changes from row to row.
 */
final class StoredValues {
    private final Precision format;
    private final int size;
    private final MemorySegment memory;
    private long at;

    /** Values of a format, somewhere in the memory. */
    StoredValues(Precision format, int size, MemorySegment memory) {
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

    /** Stores the values that start at {@code start}. */
    void set(Kernels kernels, float[] from, int start) {
        switch (format) {
            case BF16 -> kernels.toBf16(memory, at, from, start, size);
            case F32 -> MemorySegment.copy(from, start, memory, Precision.STORED_F32, at, size);
        }
    }

    /** Stores how far values that start at {@code start} are from those {@code before}. */
    void setDifferences(Kernels kernels, float[] from, int start, float[] before) {
        switch (format) {
            case BF16 -> kernels.differencesToBf16(memory, at, from, start, before, 0, size);
            case F32 -> kernels.differences(memory, at, from, start, before, 0, size);
        }
    }

    /** Sets all to zero. */
    void clear() {
        memory.asSlice(at, (long) format.bytes() * size).fill((byte) 0);
    }
}
