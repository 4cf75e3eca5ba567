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
    private final int[] pieces; // place and length of each, in the order in which they are stored
    private final MemorySegment memory;
    private final float[] scalar = new float[1];
    private long at;

    /**
     * Values of a format, somewhere in the memory.
     *
     * @param pieces the parts of the given values that are stored, a place and a length each
     */
    StoredValues(Kernels kernels, Precision format, int[] pieces, MemorySegment memory) {
        this.kernels = kernels;
        this.format = format;
        this.pieces = pieces;
        int sum = 0;
        for (int i = 1; i < pieces.length; i += 2) {
            sum += pieces[i];
        }
        this.size = sum;
        this.memory = memory;
    }

    /** The stored bytes. */
    MemorySegment bytes() {
        return memory.asSlice(at, (long) format.bytes() * size);
    }

    /** First byte. */
    long at() {
        return at;
    }

    void moveTo(long at) {
        this.at = at;
    }

    /** Stores the values that start at {@code start}: of all tokens, or those of the tokens that are recorded. */
    public void set(float[] from, int start) {
        long to = at;
        for (int i = 0; i < pieces.length; i += 2) {
            int first = start + pieces[i];
            int length = pieces[i + 1];
            switch (format) {
                case BF16 -> kernels.toBf16(memory, to, from, first, length);
                case F32 -> MemorySegment.copy(from, first, memory, Precision.STORED_F32, to, length);
            }
            to += (long) length * format.bytes();
        }
    }

    /** Stores the only value of a row without axes. */
    public void set(float value) {
        scalar[0] = value;
        set(scalar, 0);
    }

    /** Stores the differences between the values that start at {@code start} and those {@code before}. */
    public void setDifferences(float[] from, int start, float[] before) {
        long to = at;
        for (int i = 0; i < pieces.length; i += 2) {
            int first = pieces[i];
            int length = pieces[i + 1];
            switch (format) {
                case BF16 -> kernels.differencesToBf16(memory, to, from, start + first, before, first, length);
                case F32 -> kernels.differences(memory, to, from, start + first, before, first, length);
            }
            to += (long) length * format.bytes();
        }
    }

    /** Sets all to zero. */
    public void clear() {
        bytes().fill((byte) 0);
    }
}
