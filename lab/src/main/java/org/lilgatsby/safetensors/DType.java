package org.lilgatsby.safetensors;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Element types of the format, under their names in a file's header. All values are stored little-endian. */
public enum DType {
    BOOL(8),
    F4(4),
    F6_E2M3(6),
    F6_E3M2(6),
    U8(8),
    I8(8),
    F8_E5M2(8),
    F8_E4M3(8),
    F8_E8M0(8),
    F8_E4M3FNUZ(8),
    F8_E5M2FNUZ(8),
    I16(16),
    U16(16),
    F16(16),
    BF16(16),
    I32(32),
    U32(32),
    F32(32),
    C64(64),
    F64(64),
    I64(64),
    U64(64);

    private static final Map<String, DType> BY_NAME = new HashMap<>();

    static {
        for (DType dtype : values()) {
            BY_NAME.put(dtype.name(), dtype);
        }
    }

    private final int bits;

    DType(int bits) {
        this.bits = bits;
    }

    /** Bits of one element; F4 and F6 elements are packed without padding. */
    public int bits() {
        return bits;
    }

    /**
     * Bytes of one element.
     *
     * @throws IllegalArgumentException for F4 and F6, whose elements are smaller than a byte
     */
    public int bytes() {
        if (bits % Byte.SIZE != 0) {
            throw new IllegalArgumentException(
                    "an element of " + this + " has " + bits + " bits, not a whole number of bytes");
        }
        return bits / Byte.SIZE;
    }

    /** The type of this name, if the format has one. */
    public static Optional<DType> named(String name) {
        return Optional.ofNullable(BY_NAME.get(name));
    }
}
