package org.lilgatsby.safetensors;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import org.lilgatsby.bf16.Bf16;
import org.lilgatsby.files.Text;

/**
 * A tensor's values, in place. Valid until the file it came from is closed; may be used by several threads. Elements
 * are counted in row-major order from 0.
 *
 * @param data exactly the bytes of the tensor, little-endian, at any alignment
 */
public record TensorView(TensorSpec spec, MemorySegment data) {
    private static final ValueLayout.OfShort SHORT =
            ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final ValueLayout.OfInt INT = ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final ValueLayout.OfLong LONG = ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final ValueLayout.OfFloat FLOAT =
            ValueLayout.JAVA_FLOAT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final ValueLayout.OfDouble DOUBLE =
            ValueLayout.JAVA_DOUBLE_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

    /** @throws IllegalArgumentException if the data does not have the size of the tensor */
    public TensorView {
        if (data.byteSize() != spec.bytes()) {
            throw new IllegalArgumentException("tensor %s takes %d bytes, but %d were given"
                    .formatted(Text.quote(spec.name()), spec.bytes(), data.byteSize()));
        }
    }

    /**
     * The slice at an index along the first axis, under the same name.
     *
     * @throws IndexOutOfBoundsException outside [0, first dimension)
     * @throws IllegalArgumentException for a scalar, and where a slice is not a whole number of bytes
     */
    public TensorView row(long index) {
        long bytes = spec.rowBytes();
        if (index < 0 || index >= spec.shape().dimension(0)) {
            throw new IndexOutOfBoundsException(
                    "row %d of tensor %s, whose shape is %s".formatted(index, Text.quote(spec.name()), spec.shape()));
        }
        return new TensorView(
                new TensorSpec(spec.name(), spec.dtype(), spec.shape().row()), data.asSlice(index * bytes, bytes));
    }

    /** Copies the bits of {@code count} elements of a 16-bit type (F16, BF16, I16, U16). */
    public void copyTo(long first, short[] target, int at, int count) {
        requireBits(Short.SIZE);
        requireRange(first, target.length, at, count);
        MemorySegment.copy(data, SHORT, first * Short.BYTES, target, at, count);
    }

    /** Copies the bits of {@code count} elements of a 32-bit type (I32, U32, F32). */
    public void copyTo(long first, int[] target, int at, int count) {
        requireBits(Integer.SIZE);
        requireRange(first, target.length, at, count);
        MemorySegment.copy(data, INT, first * Integer.BYTES, target, at, count);
    }

    /** Copies the bits of {@code count} elements of a 64-bit type (I64, U64, F64, C64). */
    public void copyTo(long first, long[] target, int at, int count) {
        requireBits(Long.SIZE);
        requireRange(first, target.length, at, count);
        MemorySegment.copy(data, LONG, first * Long.BYTES, target, at, count);
    }

    /**
     * Reads {@code count} elements as floats: F16, BF16 and F32 exactly, F64 rounded to the nearest float.
     *
     * @throws IllegalArgumentException for another type
     * @throws IndexOutOfBoundsException if the range lies outside the tensor or the array
     */
    public void toFloats(long first, float[] target, int at, int count) {
        requireRange(first, target.length, at, count);
        switch (spec.dtype()) {
            case F32 -> MemorySegment.copy(data, FLOAT, first * Float.BYTES, target, at, count);
            case BF16 -> {
                for (int i = 0; i < count; i++) {
                    target[at + i] = Bf16.toFloat(data.get(SHORT, (first + i) * Short.BYTES));
                }
            }
            case F16 -> {
                for (int i = 0; i < count; i++) {
                    target[at + i] = Float.float16ToFloat(data.get(SHORT, (first + i) * Short.BYTES));
                }
            }
            case F64 -> {
                for (int i = 0; i < count; i++) {
                    target[at + i] = (float) data.get(DOUBLE, (first + i) * Double.BYTES);
                }
            }
            default -> throw notFloating();
        }
    }

    /**
     * Reads {@code count} elements of F16, BF16, F32 or F64 as doubles, exactly.
     *
     * @throws IllegalArgumentException for another type
     * @throws IndexOutOfBoundsException if the range lies outside the tensor or the array
     */
    public void toDoubles(long first, double[] target, int at, int count) {
        requireRange(first, target.length, at, count);
        switch (spec.dtype()) {
            case F64 -> MemorySegment.copy(data, DOUBLE, first * Double.BYTES, target, at, count);
            case F32 -> {
                for (int i = 0; i < count; i++) {
                    target[at + i] = data.get(FLOAT, (first + i) * Float.BYTES);
                }
            }
            case BF16 -> {
                for (int i = 0; i < count; i++) {
                    target[at + i] = Bf16.toFloat(data.get(SHORT, (first + i) * Short.BYTES));
                }
            }
            case F16 -> {
                for (int i = 0; i < count; i++) {
                    target[at + i] = Float.float16ToFloat(data.get(SHORT, (first + i) * Short.BYTES));
                }
            }
            default -> throw notFloating();
        }
    }

    /** All elements as floats; the tensor must fit in an array. */
    public float[] toFloats() {
        float[] values = new float[arrayLength()];
        toFloats(0, values, 0, values.length);
        return values;
    }

    /** All elements as doubles; the tensor must fit in an array. */
    public double[] toDoubles() {
        double[] values = new double[arrayLength()];
        toDoubles(0, values, 0, values.length);
        return values;
    }

    /** The bits of all elements of a 16-bit type; the tensor must fit in an array. */
    public short[] toShorts() {
        short[] bits = new short[arrayLength()];
        copyTo(0, bits, 0, bits.length);
        return bits;
    }

    /** The bits of all elements of a 64-bit type; the tensor must fit in an array. */
    public long[] toLongs() {
        long[] bits = new long[arrayLength()];
        copyTo(0, bits, 0, bits.length);
        return bits;
    }

    private int arrayLength() {
        long elements = spec.shape().elements();
        if (elements > Integer.MAX_VALUE - 8) {
            throw new IllegalArgumentException(
                    "tensor %s has %d elements, too many for an array".formatted(Text.quote(spec.name()), elements));
        }
        return (int) elements;
    }

    private void requireBits(int bits) {
        if (spec.dtype().bits() != bits) {
            throw new IllegalArgumentException(
                    "tensor %s is %s, not of a %d-bit type".formatted(Text.quote(spec.name()), spec.dtype(), bits));
        }
    }

    private void requireRange(long first, int length, int at, int count) {
        long elements = spec.shape().elements();
        if (first < 0 || count < 0 || first > elements - count) {
            throw new IndexOutOfBoundsException("elements [%d, %d + %d) of tensor %s, which has %d"
                    .formatted(first, first, count, Text.quote(spec.name()), elements));
        }
        if (at < 0 || at > length - count) {
            throw new IndexOutOfBoundsException(
                    "elements [%d, %d + %d) of an array of %d".formatted(at, at, count, length));
        }
    }

    private IllegalArgumentException notFloating() {
        return new IllegalArgumentException("tensor %s is %s; only F16, BF16, F32 and F64 are read as numbers"
                .formatted(Text.quote(spec.name()), spec.dtype()));
    }
}
