package org.lilgatsby.tokenfile;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Optional;

/** The whole numbers that ids are stored as, all little-endian, and the truth values of masks. */
public enum ElementType {
    /** Of a mask, 0 or 1; no type of ids. */
    BOOL("b1", 1, false),
    U8("u1", 1, false),
    I8("i1", 1, true),
    U16("u2", 2, false),
    I16("i2", 2, true),
    U32("u4", 4, false),
    I32("i4", 4, true),
    U64("u8", 8, false),
    I64("i8", 8, true);

    private static final ValueLayout.OfShort SHORT =
            ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final ValueLayout.OfInt INT = ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final ValueLayout.OfLong LONG = ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

    private final String numpyName;
    private final int bytes;
    private final boolean signed;

    ElementType(String numpyName, int bytes, boolean signed) {
        this.numpyName = numpyName;
        this.bytes = bytes;
        this.signed = signed;
    }

    /** Bytes of one id. */
    public int bytes() {
        return bytes;
    }

    /** NumPy's name without the byte order, such as {@code u2}. */
    String numpyName() {
        return numpyName;
    }

    /** Whether it holds ids. */
    boolean isWhole() {
        return this != BOOL;
    }

    static Optional<ElementType> ofNumpy(String name) {
        return Arrays.stream(values())
                .filter(type -> type.numpyName.equals(name))
                .findFirst();
    }

    static Optional<ElementType> ofSafetensors(String name) {
        return Arrays.stream(values()).filter(type -> type.name().equals(name)).findFirst();
    }

    /**
     * Copies elements as they are, those of 32 bits or fewer exactly.
     *
     * @return how many precede the first that is negative or above 2^31-2; {@code count} if there is none
     */
    int copy(MemorySegment from, long first, int[] target, int at, int count) {
        if (bytes == 2 && !signed) {
            for (int i = 0; i < count; i++) {
                target[at + i] = from.get(SHORT, 2 * (first + i)) & 0xFFFF;
            }
            return count;
        }
        if (bytes == 4) {
            MemorySegment.copy(from, INT, 4 * first, target, at, count);
        } else {
            for (int i = 0; i < count; i++) {
                long value = value(from, first + i);
                target[at + i] = value < 0 || value > Integer.MAX_VALUE ? -1 : (int) value;
            }
        }
        for (int i = 0; i < count; i++) {
            if (target[at + i] < 0 || target[at + i] == Integer.MAX_VALUE) {
                return i;
            }
        }
        return count;
    }

    private long value(MemorySegment from, long index) {
        return switch (this) {
            case BOOL, U8 -> from.get(ValueLayout.JAVA_BYTE, index) & 0xFF;
            case I8 -> from.get(ValueLayout.JAVA_BYTE, index);
            case U16 -> from.get(SHORT, 2 * index) & 0xFFFF;
            case I16 -> from.get(SHORT, 2 * index);
            case U32 -> from.get(INT, 4 * index) & 0xFFFFFFFFL;
            case I32 -> from.get(INT, 4 * index);
            case U64, I64 -> from.get(LONG, 8 * index);
        };
    }

    /** An element in decimal digits. */
    String shown(MemorySegment from, long index) {
        long value = value(from, index);
        return this == U64 ? Long.toUnsignedString(value) : Long.toString(value);
    }
}
