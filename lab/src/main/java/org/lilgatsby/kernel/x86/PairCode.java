package org.lilgatsby.kernel.x86;

import static org.lilgatsby.kernel.x86.Address.at;
import static org.lilgatsby.kernel.x86.Gpr.R10;
import static org.lilgatsby.kernel.x86.Gpr.R11;
import static org.lilgatsby.kernel.x86.Gpr.R12;
import static org.lilgatsby.kernel.x86.Gpr.R13;
import static org.lilgatsby.kernel.x86.Gpr.R14;
import static org.lilgatsby.kernel.x86.Gpr.R15;
import static org.lilgatsby.kernel.x86.Gpr.R8;
import static org.lilgatsby.kernel.x86.Gpr.R9;
import static org.lilgatsby.kernel.x86.Gpr.RAX;
import static org.lilgatsby.kernel.x86.Gpr.RBX;
import static org.lilgatsby.kernel.x86.Gpr.RCX;
import static org.lilgatsby.kernel.x86.Gpr.RDI;
import static org.lilgatsby.kernel.x86.Gpr.RDX;
import static org.lilgatsby.kernel.x86.Gpr.RSI;

import java.util.List;

/**
 * Turns floats into pairs of bfloat16, and checks whether their products keep their bits: each value has to be a
 * bfloat16, and none but 0 smaller than a bound. Called with {@code (first, second, to, -, -, parameters)}, arrays of
 * floats and {@link Parameter}s; returns 0 if they do; otherwise bits 0 to 15 say in which lanes a value is not a
 * bfloat16, bits 16 to 31 in which one is too small. The smallest magnitudes are stored after the parameters, see
 * {@link #LEAST}.
 */
final class PairCode {
    /** The parameters of a call, 64 bits each, in this order; offsets and strides in bytes. */
    enum Parameter {
        FIRST,
        SECOND,
        TO,
        FROM_ROW,
        TO_ROW,
        ROWS,
        /** Whole vectors of results in a row. */
        VECTORS,
        /**
         * Lanes of a partial last vector of the first array, the second array and the result; none if all are whole.
         */
        FIRST_LANES,
        SECOND_LANES,
        TO_LANES,
        /** What stands for an absent value: 0x80000000 for -0. */
        ABSENT,
        /** The least magnitude but 0 that is allowed, in the form of {@link #LEAST}. */
        BOUND;

        Address in(Gpr parameters) {
            return at(parameters, Long.BYTES * ordinal());
        }
    }

    /**
     * Index among the parameters, 64 bits each, of 16 ints: the least magnitude of a lane as 2*bits - 1, with the 15
     * bits of a bfloat16's magnitude, so that 0 becomes the greatest, 0xFFFF.
     */
    static final int LEAST = 16;

    /** Registers that a called function has to preserve. */
    private static final List<Gpr> KEPT = List.of(RBX, R12, R13, R14, R15);

    private static final int VECTOR = 64;
    private static final int ANY_OF_THREE = 0xFE;
    private static final Zmm ONE = new Zmm(0);
    private static final Zmm OTHER = new Zmm(1);
    private static final Zmm MAGNITUDES = new Zmm(2);
    private static final Zmm INDICES = new Zmm(27);
    private static final Zmm ALL_BITS = new Zmm(28);
    private static final Zmm MINUS_ONE = new Zmm(29);
    private static final Zmm SMALLEST = new Zmm(30);
    private static final Zmm NOTHING = new Zmm(31);

    private final Assembler to;

    private PairCode(Assembler to) {
        this.to = to;
    }

    /**
     * to[i][c] = first[i][c], second[i][c]: for rows of two arrays, or every second row of one and the row after it.
     */
    static void ofRows(Assembler to) {
        new PairCode(to).function("pairs of rows", VECTOR, null);
    }

    /**
     * to[i][j] = first[i][2j], first[i][2j + 1]; second is first, one vector further on.
     *
     * @param indices where the {@link #indices} are
     */
    static void ofColumns(Assembler to, Label indices) {
        new PairCode(to).function("pairs of columns", 2 * VECTOR, indices);
    }

    /**
     * Selects from two vectors as 64 words the upper halves of columns 2j + 1 and 2j for every j: the lower word comes
     * first.
     */
    static void indices(Assembler to) {
        for (int j = 0; j < VECTOR / Integer.BYTES; j++) {
            to.data((4 * j + 1) << Short.SIZE | 4 * j + 3);
        }
    }

    private void function(String name, int step, Label indices) {
        to.comment(name);
        KEPT.forEach(to::push);
        to.add(RDI, Parameter.FIRST.in(R9));
        to.add(RSI, Parameter.SECOND.in(R9));
        to.add(RDX, Parameter.TO.in(R9));
        to.mov(RAX, Parameter.FIRST_LANES.in(R9));
        to.kmov(Mask.K1, RAX);
        to.mov(RAX, Parameter.SECOND_LANES.in(R9));
        to.kmov(Mask.K2, RAX);
        to.mov(R15, Parameter.TO_LANES.in(R9));
        to.kmov(Mask.K3, R15);
        to.mov(RBX, Parameter.ROWS.in(R9));
        to.mov(R12, Parameter.FROM_ROW.in(R9));
        to.mov(R13, Parameter.TO_ROW.in(R9));
        to.mov(R14, Parameter.VECTORS.in(R9));
        to.vpbroadcastd(NOTHING, Parameter.ABSENT.in(R9));
        to.vpxord(ALL_BITS, ALL_BITS, ALL_BITS);
        Constants.allOnes(to, MINUS_ONE);
        to.vmovaps(SMALLEST, MINUS_ONE);
        if (indices != null) {
            to.vmovups(INDICES, at(indices));
        }
        Label end = to.label();
        Label row = to.here();
        Label rowEnd = to.label();
        to.sub(RBX, 1);
        to.jl(end);
        to.mov(R8, RDI);
        to.mov(RCX, RSI);
        to.mov(R10, RDX);
        to.mov(R11, R14);
        several(step, indices != null, 4);
        several(step, indices != null, 2);
        several(step, indices != null, 1);
        to.cmp(R15, 0);
        to.je(rowEnd);
        to.vmovaps(ONE, NOTHING);
        to.vmovups(ONE, Mask.K1, at(R8));
        to.vmovaps(OTHER, NOTHING);
        to.vmovups(OTHER, Mask.K2, at(RCX));
        join(indices != null);
        to.vmovups(at(R10), Mask.K3, ONE);
        to.place(rowEnd);
        to.add(RDI, R12);
        to.add(RSI, R12);
        to.add(RDX, R13);
        to.jmp(row);
        to.place(end);
        answer();
        to.vzeroupper();
        KEPT.reversed().forEach(to::pop);
        to.ret();
    }

    /** Computes a number of vectors of results at a time, while that many are left. */
    private void several(int step, boolean columns, int count) {
        Label fewer = to.label();
        Label next = to.here();
        to.cmp(R11, count);
        to.jl(fewer);
        for (int v = 0; v < count; v++) {
            to.vmovups(ONE, at(R8, v * step));
            to.vmovups(OTHER, at(RCX, v * step));
            join(columns);
            to.vmovups(at(R10, v * VECTOR), ONE);
        }
        to.add(R8, count * step);
        to.add(RCX, count * step);
        to.add(R10, count * VECTOR);
        to.sub(R11, count);
        to.jmp(next);
        to.place(fewer);
    }

    private void join(boolean columns) {
        to.vpternlogd(ALL_BITS, ONE, OTHER, ANY_OF_THREE);
        if (columns) {
            to.vpermt2w(ONE, INDICES, OTHER);
        } else {
            to.vpsrld(OTHER, OTHER, Short.SIZE);
            to.vpord(ONE, ONE, OTHER);
        }
        to.vpaddw(MAGNITUDES, ONE, ONE);
        to.vpaddw(MAGNITUDES, MAGNITUDES, MINUS_ONE);
        to.vpminuw(SMALLEST, SMALLEST, MAGNITUDES);
    }

    private void answer() {
        to.vpsrld(OTHER, MINUS_ONE, Short.SIZE);
        to.vptestmd(Mask.K4, ALL_BITS, OTHER);
        to.vpandd(OTHER, OTHER, SMALLEST);
        to.vpsrld(SMALLEST, SMALLEST, Short.SIZE);
        to.vpminud(SMALLEST, SMALLEST, OTHER);
        to.vmovups(at(R9, Long.BYTES * LEAST), SMALLEST);
        to.vpbroadcastd(OTHER, Parameter.BOUND.in(R9));
        to.vpcmpltud(Mask.K5, SMALLEST, OTHER);
        to.kmov(R8, Mask.K4);
        to.kmov(RAX, Mask.K5);
        to.shl(RAX, Short.SIZE);
        to.or(RAX, R8);
    }
}
