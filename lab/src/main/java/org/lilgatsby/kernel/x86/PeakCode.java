package org.lilgatsby.kernel.x86;

import static org.lilgatsby.kernel.x86.Address.at;
import static org.lilgatsby.kernel.x86.Gpr.R9;
import static org.lilgatsby.kernel.x86.Gpr.RAX;

/**
 * The most bfloat16 dot products that one core can do: independent sums in registers, nothing else. Called with
 * {@code (-, -, -, -, -, parameters)}: how many rounds.
 */
final class PeakCode {
    /** Sums of a round, as many as the largest tile has. */
    static final int SUMS = ProductCode.ROWS * ProductCode.PANEL;

    private static final Zmm FACTOR = new Zmm(31);

    private PeakCode() {}

    static void write(Assembler to) {
        to.comment("peak");
        for (int i = 0; i < SUMS; i++) {
            to.vpxord(new Zmm(i), new Zmm(i), new Zmm(i));
        }
        to.vpxord(FACTOR, FACTOR, FACTOR);
        to.mov(RAX, at(R9));
        Label end = to.label();
        Label round = to.here();
        to.sub(RAX, 1);
        to.jl(end);
        for (int i = 0; i < SUMS; i++) {
            to.vdpbf16ps(new Zmm(i), FACTOR, FACTOR);
        }
        to.jmp(round);
        to.place(end);
        to.vzeroupper();
        to.ret();
    }
}
