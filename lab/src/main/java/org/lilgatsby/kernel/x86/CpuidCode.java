package org.lilgatsby.kernel.x86;

import static org.lilgatsby.kernel.x86.Address.at;
import static org.lilgatsby.kernel.x86.Gpr.R9;
import static org.lilgatsby.kernel.x86.Gpr.RAX;
import static org.lilgatsby.kernel.x86.Gpr.RBX;
import static org.lilgatsby.kernel.x86.Gpr.RCX;

/**
 * What the processor says about itself. Called with {@code (-, -, -, -, -, parameters)}: leaf and subleaf, 64 bits
 * each, after which it stores eax and ebx, 32 bits each.
 */
final class CpuidCode {
    /** Index of the answer among the parameters: eax in the lower half. */
    static final int ANSWER = 2;

    private CpuidCode() {}

    static void write(Assembler to) {
        to.comment("cpuid");
        to.push(RBX);
        to.mov(RAX, at(R9));
        to.mov(RCX, at(R9, Long.BYTES));
        to.cpuid();
        to.mov32(at(R9, ANSWER * Long.BYTES), RAX);
        to.mov32(at(R9, ANSWER * Long.BYTES + Integer.BYTES), RBX);
        to.pop(RBX);
        to.ret();
    }
}
