package org.lilgatsby.kernel.x86;

import java.util.Locale;

/** The general registers of 64 bits, in the order of their numbers in an instruction. */
enum Gpr {
    RAX,
    RCX,
    RDX,
    RBX,
    RSP,
    RBP,
    RSI,
    RDI,
    R8,
    R9,
    R10,
    R11,
    R12,
    R13,
    R14,
    R15;

    /** The name in assembly text, such as {@code r10}. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The name of the lower 32 bits, such as {@code eax} or {@code r10d}. */
    String lower() {
        return ordinal() < 8 ? "e" + toString().substring(1) : this + "d";
    }
}
