package org.lilgatsby.bf16;

import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;

/**
 * bfloat16: the upper 16 bits of an IEEE 754 binary32 value (1 sign, 8 exponent, 7 fraction bits).
 *
 * <p>This is the only conversion from float to bfloat16 in the code base: round to nearest, ties to even (or, asked for
 * by name, to a neighbour at random), every NaN becomes the quiet {@link #NAN} as in PyTorch, overflow goes to
 * infinity, subnormals are kept. The vector kernels repeat {@link #round} lane by lane and are tested against it.
 *
 * <p>A value is held either as its 16 bits in a {@code short}, or as a float whose lower 16 bits are zero ("a rounded
 * float"); the two views convert without loss.
 */
public final class Bf16 {
    /** Bits of positive infinity. */
    public static final short POSITIVE_INFINITY = 0x7F80;

    /** Bits of negative infinity. */
    public static final short NEGATIVE_INFINITY = (short) 0xFF80;

    /** Bits of the canonical quiet NaN. */
    public static final short NAN = 0x7FC0;

    /** Bits of the largest finite value, 0x1.FEp127. */
    public static final short MAX_VALUE = 0x7F7F;

    /** The 16 bits as files hold them: the lower byte first, at any alignment. */
    public static final ValueLayout.OfShort STORED =
            ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

    private static final int ABS_MASK = 0x7FFF;

    private Bf16() {}

    /** The bits of the bfloat16 nearest to {@code value}. */
    public static short fromFloat(float value) {
        return (short) (Float.floatToRawIntBits(round(value)) >>> 16);
    }

    /** The value of the given bits, exactly. */
    public static float toFloat(short bits) {
        return Float.intBitsToFloat(bits << 16);
    }

    /** {@code value} rounded to the nearest bfloat16, as a float whose lower 16 bits are zero. */
    public static float round(float value) {
        int bits = Float.floatToRawIntBits(value);
        if ((bits & 0x7FFF_FFFF) > 0x7F80_0000) {
            return toFloat(NAN);
        }
        return Float.intBitsToFloat((bits + 0x7FFF + ((bits >>> 16) & 1)) & 0xFFFF_0000);
    }

    /**
     * {@code value} rounded to one of the two bfloat16 around it, to the larger magnitude with the probability of its
     * distance from the smaller, in units of the distance between them: unbiased, if the bits are. NaN becomes
     * {@link #NAN}.
     *
     * @param bits 16 random bits, from 0 to 65535
     */
    public static float roundStochastically(float value, int bits) {
        return Float.isNaN(value)
                ? toFloat(NAN)
                : Float.intBitsToFloat((Float.floatToRawIntBits(value) + bits) & 0xFFFF_0000);
    }

    /** Whether {@code value} is a bfloat16, that is, its lower 16 bits are zero. */
    public static boolean isRounded(float value) {
        return (Float.floatToRawIntBits(value) & 0xFFFF) == 0;
    }

    /** Whether the bits are a NaN. */
    public static boolean isNaN(short bits) {
        return (bits & ABS_MASK) > 0x7F80;
    }

    /** Whether the bits are neither infinite nor NaN. */
    public static boolean isFinite(short bits) {
        return (bits & ABS_MASK) < 0x7F80;
    }

    /**
     * The place of the value on the bfloat16 lattice: monotone in the value, neighbours differ by 1, across exponents
     * and across zero. Both zeros have index 0; negative values have negative indices. Defined for finite values and
     * infinities (±32640).
     *
     * @throws IllegalArgumentException for a NaN, which has no place on the lattice
     */
    public static int orderedIndex(short bits) {
        if (isNaN(bits)) {
            throw new IllegalArgumentException(
                    "a NaN (bits 0x%04X) has no place on the bfloat16 lattice".formatted(bits & 0xFFFF));
        }
        int magnitude = bits & ABS_MASK;
        return bits < 0 ? -magnitude : magnitude;
    }

    /**
     * The bits at a place on the lattice; index 0 gives +0.
     *
     * @throws IllegalArgumentException outside [-32640, 32640]
     */
    public static short fromOrderedIndex(int index) {
        if (index < -0x7F80 || index > 0x7F80) {
            throw new IllegalArgumentException("lattice index " + index + " is outside [-32640, 32640]");
        }
        return (short) (index < 0 ? 0x8000 | -index : index);
    }

    /**
     * Cells between two values on the lattice: the absolute difference of their {@link #orderedIndex}.
     *
     * @throws IllegalArgumentException if either is NaN
     */
    public static int cellDistance(short a, short b) {
        return Math.abs(orderedIndex(a) - orderedIndex(b));
    }

    /**
     * The unit in the last place of a finite value: 2^(E-134) from its biased exponent E, with E = 0 (zero and
     * subnormals) taken as 1. Never zero.
     *
     * @throws IllegalArgumentException for infinities and NaN
     */
    public static float ulp(short bits) {
        if (!isFinite(bits)) {
            throw new IllegalArgumentException(
                    "ULP of a value that is not finite (bits 0x%04X)".formatted(bits & 0xFFFF));
        }
        int exponent = Math.max((bits & ABS_MASK) >>> 7, 1);
        return Math.scalb(1f, exponent - 134);
    }

    /**
     * The next larger value on the lattice (infinity after the largest finite value).
     *
     * @throws IllegalArgumentException for NaN and positive infinity
     */
    public static short next(short bits) {
        return fromOrderedIndex(orderedIndex(bits) + 1);
    }

    /**
     * The next smaller value on the lattice.
     *
     * @throws IllegalArgumentException for NaN and negative infinity
     */
    public static short previous(short bits) {
        return fromOrderedIndex(orderedIndex(bits) - 1);
    }
}
