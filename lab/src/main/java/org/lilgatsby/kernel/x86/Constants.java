package org.lilgatsby.kernel.x86;

/** Constants of rounding, made in registers: from all ones by shifts, so that no memory is read for them. */
final class Constants {
    private static final int ALL = 0xFF;

    private Constants() {}

    /** Sets every bit. */
    static void allOnes(Assembler to, Zmm register) {
        to.vpternlogd(register, register, register, ALL);
    }

    /** In every lane: 1; 0x7FFF, the most that rounds down; the upper 16 bits; the NaN that rounding gives. */
    static void load(Assembler to, Zmm one, Zmm half, Zmm upper, Zmm nan) {
        allOnes(to, upper);
        to.vpsrld(one, upper, 31);
        to.vpsrld(half, upper, 17);
        to.vpsrld(nan, upper, 23); // 0x1FF
        to.vpslld(nan, nan, 22); // 0x7FC00000
        to.vpslld(upper, upper, 16);
    }
}
