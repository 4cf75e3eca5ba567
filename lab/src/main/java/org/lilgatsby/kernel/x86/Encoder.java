package org.lilgatsby.kernel.x86;

/**
 * Turns an opcode and its operands into bytes: prefixes, ModRM, SIB, displacement. Encodings: Intel 64 and IA-32
 * Architectures Software Developer's Manual, volume 2: 2.2.1 (REX), 2.3 (VEX), 2.7 (EVEX, with its compressed
 * displacement).
 */
final class Encoder {
    // What selects an EVEX opcode: its map, and the legacy prefix that it stands for.
    static final int MAP_0F = 1;
    static final int MAP_0F38 = 2;
    static final int MAP_0F3A = 3;
    static final int NO_PREFIX = 0;
    static final int PREFIX_66 = 1;
    static final int PREFIX_F3 = 2;

    private final CodeBuffer code;

    Encoder(CodeBuffer code) {
        this.code = code;
    }

    /** An instruction on vectors, all of them registers. */
    void evex(int map, int prefix, int w, int opcode, Zmm reg, int second, Zmm rm, Mask mask) {
        evexPrefix(map, prefix, w, reg.number(), second, rm.number() >> 4 & 1, rm.number() >> 3 & 1, mask, false);
        code.emit(opcode);
        direct(reg.number(), rm.number());
    }

    /**
     * An instruction on vectors, with an operand in memory.
     *
     * @param map which table of opcodes
     * @param prefix the legacy prefix that the instruction stands for
     * @param w its bit W
     * @param second number of the register that is its second operand; 0 for none
     * @param unit bytes that its displacement is counted in
     * @param zeroing whether lanes without their bit of the mask become 0, instead of staying as they are
     */
    void evex(
            int map, int prefix, int w, int opcode, Zmm reg, int second, Address rm, int unit, Mask mask,
            boolean zeroing) {
        evexPrefix(map, prefix, w, reg.number(), second, high(index(rm)), high(base(rm)), mask, zeroing);
        code.emit(opcode);
        memory(reg.number(), rm, unit);
    }

    private void evexPrefix(
            int map, int prefix, int w, int reg, int second, int x, int b, Mask mask, boolean zeroing) {
        int flipped = (reg >> 3 & 1) << 7 | x << 6 | b << 5 | (reg >> 4 & 1) << 4;
        code.emit(0x62);
        code.emit((flipped ^ 0xF0) | map);
        code.emit(w << 7 | (~second & 15) << 3 | 4 | prefix);
        code.emit((zeroing ? 0x80 : 0) | 0x40 | (~second >> 4 & 1) << 3 | mask.ordinal());
    }

    /** An instruction on 64 bits. */
    void wide(int opcode, Gpr reg, Gpr rm) {
        rex(true, reg.ordinal(), 0, rm.ordinal());
        code.emit(opcode);
        direct(reg.ordinal(), rm.ordinal());
    }

    /** An instruction on 64 bits. */
    void wide(int opcode, Gpr reg, Address rm) {
        rex(true, reg.ordinal(), index(rm), base(rm));
        code.emit(opcode);
        memory(reg.ordinal(), rm, 1);
    }

    /** An instruction on 32 bits. */
    void narrow(int opcode, Gpr reg, Address rm) {
        rex(false, reg.ordinal(), index(rm), base(rm));
        code.emit(opcode);
        memory(reg.ordinal(), rm, 1);
    }

    /** An operation with a constant; the short form that rax has for large ones is not used. */
    void immediate(int extension, Gpr to, int what) {
        boolean small = what == (byte) what;
        if (!small && to == Gpr.RAX) {
            throw new IllegalArgumentException("rax is not for constants beyond 8 bits, such as " + what);
        }
        rex(true, 0, 0, to.ordinal());
        code.emit(small ? 0x83 : 0x81);
        direct(extension, to.ordinal());
        if (small) {
            code.emit(what);
        } else {
            code.emit32(what);
        }
    }

    private static int base(Address address) {
        return address instanceof Address.Indexed(Gpr base, _, _, _) ? base.ordinal() : 0;
    }

    private static int index(Address address) {
        return address instanceof Address.Indexed(_, Gpr index, _, _) && index != null ? index.ordinal() : 0;
    }

    private static int high(int register) {
        return register >> 3;
    }

    /** The prefix for 64 bits and for the registers from r8 on, if it is needed. */
    void rex(boolean wide, int reg, int index, int rm) {
        int rex = 0x40 | (wide ? 8 : 0) | high(reg) << 2 | high(index) << 1 | high(rm);
        if (rex != 0x40) {
            code.emit(rex);
        }
    }

    /** ModRM of two registers. */
    void direct(int reg, int rm) {
        code.emit(0xC0 | (reg & 7) << 3 | rm & 7);
    }

    /** ModRM, SIB and displacement, which is counted in units of {@code unit} bytes where it then fits into 8 bits. */
    private void memory(int reg, Address address, int unit) {
        int field = (reg & 7) << 3;
        switch (address) {
            case Address.Here(Label label) -> {
                code.emit(field | 5);
                code.refer(label);
            }
            case Address.Indexed(Gpr base, Gpr index, int scale, int displacement) -> {
                int low = base.ordinal() & 7;
                boolean none = displacement == 0 && low != Gpr.RBP.ordinal();
                boolean small = displacement % unit == 0 && displacement / unit == (byte) (displacement / unit);
                int mode = none ? 0 : small ? 0x40 : 0x80;
                boolean sib = index != null || low == Gpr.RSP.ordinal();
                code.emit(mode | field | (sib ? 4 : low));
                if (sib) {
                    int i = index == null ? 4 : index.ordinal() & 7;
                    code.emit(Integer.numberOfTrailingZeros(scale) << 6 | i << 3 | low);
                }
                if (!none && small) {
                    code.emit(displacement / unit);
                } else if (!none) {
                    code.emit32(displacement);
                }
            }
        }
    }

    /** An instruction on a mask and a general register. */
    void vexMask(int opcode, int reg, int rm) {
        int inverted = (reg < 8 ? 0x80 : 0) | 0x78;
        if (rm < 8) {
            code.emit(0xC5, inverted);
        } else {
            code.emit(0xC4, (reg < 8 ? 0x80 : 0) | 0x40 | MAP_0F, 0x78);
        }
        code.emit(opcode);
        direct(reg, rm);
    }
}
