package org.lilgatsby.analysis;

/**
 * The storage format of a component: a little-endian sign-magnitude binary float. Names are those of safetensors.
 *
 * <p>Each format is a lattice of its own: the <b>ordered index</b> of a value is monotone in the value, and neighbours
 * differ by 1, across exponents and across zero. Both zeros have index 0. A NaN is placed by its bits, beyond the
 * infinity of its sign; a diverged matrix can thus be analysed like any other.
 */
public enum FloatFormat {
    /** bfloat16: 8 exponent and 7 fraction bits. */
    BF16(2, 8, 7),
    /** IEEE 754 binary16: 5 exponent and 10 fraction bits. */
    F16(2, 5, 10),
    /** IEEE 754 binary32: 8 exponent and 23 fraction bits. */
    F32(4, 8, 23),
    /** IEEE 754 binary64: 11 exponent and 52 fraction bits. */
    F64(8, 11, 52);

    private final int bytes;
    private final int exponentBits;
    private final int fractionBits;

    FloatFormat(int bytes, int exponentBits, int fractionBits) {
        this.bytes = bytes;
        this.exponentBits = exponentBits;
        this.fractionBits = fractionBits;
    }

    /** Bytes of a component. */
    public int bytes() {
        return bytes;
    }

    /** The value of the given bits, exactly. Bits above the format's width are ignored. */
    public double value(long bits) {
        return switch (this) {
            case BF16 -> Float.intBitsToFloat((int) bits << 16);
            case F16 -> Float.float16ToFloat((short) bits);
            case F32 -> Float.intBitsToFloat((int) bits);
            case F64 -> Double.longBitsToDouble(bits);
        };
    }

    /** The place of the value on the format's lattice. */
    public long orderedIndex(long bits) {
        long magnitude = bits & magnitudeMask();
        return (bits >>> (8 * bytes - 1) & 1) == 0 ? magnitude : -magnitude;
    }

    /** The bits at a place on the format's lattice; index 0 gives +0. The inverse of {@link #orderedIndex}. */
    public long bitsAt(long orderedIndex) {
        return orderedIndex >= 0 ? orderedIndex : -orderedIndex | 1L << (8 * bytes - 1);
    }

    /**
     * Cells between two values: the absolute difference of their ordered indices, capped at {@link Long#MAX_VALUE},
     * which only values of opposite sign in {@link #F64} exceed.
     */
    public long cells(long bitsA, long bitsB) {
        long a = orderedIndex(bitsA);
        long b = orderedIndex(bitsB);
        long difference = a - b;
        boolean overflow = ((a ^ b) & (a ^ difference)) < 0;
        return overflow || difference == Long.MIN_VALUE ? Long.MAX_VALUE : Math.abs(difference);
    }

    /**
     * The unit in the last place: 2^(E - bias - fraction bits) from the biased exponent E, with E = 0 (zero and
     * subnormals) taken as 1. Never zero: for bfloat16 it is 2^(E-134).
     *
     * @throws IllegalArgumentException for infinities and NaN, which have none
     */
    public double ulp(long bits) {
        int exponent = (int) ((bits & magnitudeMask()) >>> fractionBits);
        if (exponent == (1 << exponentBits) - 1) {
            throw new IllegalArgumentException("a value that is not finite has no ULP: " + value(bits) + " in " + this);
        }
        int bias = (1 << (exponentBits - 1)) - 1;
        return Math.scalb(1.0, Math.max(exponent, 1) - bias - fractionBits);
    }

    private long magnitudeMask() {
        return (1L << (8 * bytes - 1)) - 1;
    }
}
