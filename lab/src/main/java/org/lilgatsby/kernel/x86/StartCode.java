package org.lilgatsby.kernel.x86;

import static org.lilgatsby.kernel.x86.Address.at;
import static org.lilgatsby.kernel.x86.Gpr.R10;
import static org.lilgatsby.kernel.x86.Gpr.R8;
import static org.lilgatsby.kernel.x86.Gpr.R9;
import static org.lilgatsby.kernel.x86.Gpr.RAX;
import static org.lilgatsby.kernel.x86.Gpr.RDI;

/**
 * Whether rows of floats from which sums start hold a value other than 0 that is smaller than a bound. Called with
 * {@code (values, -, -, -, -, parameters)}; returns 0 if not, otherwise the lanes in which it found one.
 */
final class StartCode {
    /** The parameters of a call, 64 bits each, in this order; offsets and strides in bytes. */
    enum Parameter {
        VALUES,
        ROW,
        ROWS,
        /** Whole vectors of a row. */
        VECTORS,
        /** Lanes of a partial last vector, or none. */
        LANES,
        /** 2*bits - 1 of the bound, from the 31 bits of its magnitude. */
        BOUND;

        Address in(Gpr parameters) {
            return at(parameters, Long.BYTES * ordinal());
        }
    }

    private static final int VECTOR = 64;
    private static final Zmm VALUE = new Zmm(0);
    private static final Zmm BOUND = new Zmm(1);
    private static final Zmm MINUS_ONE = new Zmm(29);
    private static final Zmm SMALLEST = new Zmm(30);

    private StartCode() {}

    static void write(Assembler to) {
        to.comment("smallest of the values that sums start from");
        to.add(RDI, Parameter.VALUES.in(R9));
        to.mov(RAX, Parameter.LANES.in(R9));
        to.kmov(Mask.K1, RAX);
        Constants.allOnes(to, MINUS_ONE);
        to.vmovaps(SMALLEST, MINUS_ONE);
        Label end = to.label();
        Label tail = to.label();
        Label row = to.here();
        to.mov(RAX, Parameter.ROWS.in(R9));
        to.sub(RAX, 1);
        to.jl(end);
        to.mov(Parameter.ROWS.in(R9), RAX);
        to.mov(R8, RDI);
        to.mov(R10, Parameter.VECTORS.in(R9));
        to.cmp(R10, 0);
        to.je(tail);
        Label vector = to.here();
        to.vmovups(VALUE, at(R8));
        look(to);
        to.add(R8, VECTOR);
        to.sub(R10, 1);
        to.jne(vector);
        to.place(tail);
        to.vmovupsOrZero(VALUE, Mask.K1, at(R8));
        look(to);
        to.add(RDI, Parameter.ROW.in(R9));
        to.jmp(row);
        to.place(end);
        to.vpbroadcastd(BOUND, Parameter.BOUND.in(R9));
        to.vpcmpltud(Mask.K2, SMALLEST, BOUND);
        to.kmov(RAX, Mask.K2);
        to.vzeroupper();
        to.ret();
    }

    private static void look(Assembler to) {
        to.vpaddd(VALUE, VALUE, VALUE);
        to.vpaddd(VALUE, VALUE, MINUS_ONE);
        to.vpminud(SMALLEST, SMALLEST, VALUE);
    }
}
