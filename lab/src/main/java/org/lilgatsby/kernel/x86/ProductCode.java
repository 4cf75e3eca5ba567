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
import static org.lilgatsby.kernel.x86.Gpr.RBP;
import static org.lilgatsby.kernel.x86.Gpr.RBX;
import static org.lilgatsby.kernel.x86.Gpr.RCX;
import static org.lilgatsby.kernel.x86.Gpr.RDI;
import static org.lilgatsby.kernel.x86.Gpr.RDX;
import static org.lilgatsby.kernel.x86.Gpr.RSI;

import java.util.List;

/**
 * Tiles of a product of bfloat16 factors, in machine code: the sums of 6 rows and 4 vectors of columns stay in
 * registers while k runs in ascending order, two terms at a time, as in {@code Tile.template}, which does the same in
 * Java one term at a time.
 *
 * <p>Called by the System V convention for x86-64 with {@code (out, start, residual, a, b, parameters)}: where the
 * arrays begin, and all {@link Parameter}s. Both factors are pairs: 32 bits of which the upper 16 are the term of an
 * even k, the lower 16 that of the next k, since the instruction adds the upper product first.
 *
 * <pre>
 * out[i][c] = finish(start[i][c] + sum over k of a[i][k]*b[k][c])
 * </pre>
 */
final class ProductCode {
    /** The parameters of a call, 64 bits each, in this order; offsets and strides in bytes. */
    enum Parameter {
        OUT,
        START,
        RESIDUAL,
        A,
        B,
        PAIRS,
        A_ROW,
        A_PAIR,
        OUT_ROW,
        START_ROW,
        ROWS,
        /**
         * Vectors of columns: 1 to {@link #PANEL} of which the last has {@link #LAST_LANES}, or {@link #WHOLE_PANEL}.
         */
        VECTORS,
        /** Lanes of the last vector that are columns. */
        LAST_LANES,
        /** What happens to sums before they are stored: a {@link Finish}. */
        FINISH;

        Address in(Gpr parameters) {
            return at(parameters, Long.BYTES * ordinal());
        }
    }

    /** Rows of the largest tile: with 4 vectors, 24 sums, 4 vectors of b and 2 of a are in the 32 registers. */
    static final int ROWS = 6;

    /** Columns of a panel of b, in vectors. */
    static final int PANEL = 4;

    /** Instead of a number of vectors: {@link #PANEL} of them, all with 16 columns. */
    static final int WHOLE_PANEL = 0;

    /** Registers that a called function has to preserve. */
    private static final List<Gpr> KEPT = List.of(RBX, RBP, R12, R13, R14, R15);

    private static final int VECTOR = 64;
    private static final int FIRST_B = ROWS * PANEL;
    private static final Mask LAST = Mask.K1;
    private static final Mask NANS = Mask.K2;

    /** What rounding needs, in registers of b, which are free by then. */
    private static final Zmm ONE = new Zmm(24);

    private static final Zmm HALF = new Zmm(25);
    private static final Zmm UPPER = new Zmm(26);
    private static final Zmm NAN = new Zmm(27);
    private static final Zmm VALUE = new Zmm(28);
    private static final Zmm BITS = new Zmm(29);

    private final Assembler to;
    private final int vectors;
    private final boolean masked;

    private ProductCode(Assembler to, int vectors, boolean masked) {
        this.to = to;
        this.vectors = vectors;
        this.masked = masked;
    }

    /** The whole function. */
    static void write(Assembler to) {
        to.comment("products");
        KEPT.forEach(to::push);
        to.add(RDI, Parameter.OUT.in(R9));
        to.add(RSI, Parameter.START.in(R9));
        to.add(RDX, Parameter.RESIDUAL.in(R9));
        to.add(RCX, Parameter.A.in(R9));
        to.add(R8, Parameter.B.in(R9));
        to.mov(R11, Parameter.A_ROW.in(R9));
        to.lea(RBX, at(R11, R11, 2));
        to.lea(RBP, at(R11, R11, 4));
        to.mov(R13, Parameter.A_PAIR.in(R9));
        to.mov(R15, Parameter.OUT_ROW.in(R9));
        to.mov(RAX, Parameter.LAST_LANES.in(R9));
        to.kmov(LAST, RAX);
        Label end = to.label();
        to.mov(R14, Parameter.VECTORS.in(R9));
        for (int vectors = 1; vectors <= PANEL; vectors++) {
            Label other = to.label();
            to.cmp(R14, vectors);
            to.jne(other);
            new ProductCode(to, vectors, true).panel(end);
            to.place(other);
        }
        new ProductCode(to, PANEL, false).panel(end);
        to.place(end);
        to.vzeroupper();
        KEPT.reversed().forEach(to::pop);
        to.ret();
    }

    /** One tile alone, as an example. */
    static void tile(Assembler to, int rows, int vectors) {
        new ProductCode(to, vectors, false).tile(rows);
    }

    private void panel(Label end) {
        Label fewer = to.label();
        Label more = to.here();
        to.mov(R14, Parameter.ROWS.in(R9));
        to.cmp(R14, ROWS);
        to.jl(fewer);
        to.sub(R14, ROWS);
        to.mov(Parameter.ROWS.in(R9), R14);
        tile(ROWS);
        to.jmp(more);
        to.place(fewer);
        for (int rows = 1; rows < ROWS; rows++) {
            Label other = to.label();
            to.cmp(R14, rows);
            to.jne(other);
            tile(rows);
            to.jmp(end);
            to.place(other);
        }
        to.jmp(end);
    }

    private void tile(int rows) {
        to.comment("tile of %d rows and %d vectors%s", rows, vectors, masked ? ", the last in part" : "");
        to.mov(RAX, RSI);
        for (int r = 0; r < rows; r++) {
            for (int v = 0; v < vectors; v++) {
                if (masked && v == vectors - 1) {
                    to.vmovupsOrZero(sum(r, v), LAST, at(RAX, v * VECTOR));
                } else {
                    to.vmovups(sum(r, v), at(RAX, v * VECTOR));
                }
            }
            to.add(RAX, Parameter.START_ROW.in(R9));
        }
        to.mov(RSI, RAX);
        terms(rows);
        for (int r = 0; r < rows; r++) {
            to.add(RCX, R11);
        }
        Label rounded = to.label();
        Label withResidual = to.label();
        Label stored = to.label();
        to.mov(R14, Parameter.FINISH.in(R9));
        to.cmp(R14, Finish.ROUND.ordinal());
        to.je(rounded);
        to.cmp(R14, Finish.ROUND_WITH_RESIDUAL.ordinal());
        to.je(withResidual);
        store(rows, Finish.NOTHING);
        to.jmp(stored);
        to.place(rounded);
        store(rows, Finish.ROUND);
        to.jmp(stored);
        to.place(withResidual);
        store(rows, Finish.ROUND_WITH_RESIDUAL);
        to.place(stored);
    }

    /**
     * For each pair of terms: loads the vectors of b, then for each row broadcasts its pair of a and adds a dot product
     * with each.
     */
    private void terms(int rows) {
        Label done = to.label();
        to.mov(R10, RCX);
        to.mov(R12, R8);
        to.mov(R14, Parameter.PAIRS.in(R9));
        to.cmp(R14, 0);
        to.je(done);
        Label next = to.here();
        for (int v = 0; v < vectors; v++) {
            to.vmovups(b(v), at(R12, v * VECTOR));
        }
        for (int r = 0; r < rows; r++) {
            Zmm x = new Zmm(28 + r % 2);
            to.vpbroadcastd(x, row(r));
            for (int v = 0; v < vectors; v++) {
                to.vdpbf16ps(sum(r, v), b(v), x);
            }
        }
        to.add(R10, R13);
        to.add(R12, PANEL * VECTOR);
        to.sub(R14, 1);
        to.jne(next);
        to.place(done);
    }

    /** Where the pair of row r of a is. */
    private static Address row(int r) {
        return switch (r) {
            case 0 -> at(R10);
            case 1, 2, 4 -> at(R10, R11, r);
            case 3 -> at(R10, RBX, 1);
            default -> at(R10, RBP, 1);
        };
    }

    private Zmm sum(int row, int vector) {
        return new Zmm(row * vectors + vector);
    }

    private static Zmm b(int vector) {
        return new Zmm(FIRST_B + vector);
    }

    private void store(int rows, Finish finish) {
        if (finish != Finish.NOTHING) {
            Constants.load(to, ONE, HALF, UPPER, NAN);
        }
        to.mov(RAX, RDI);
        to.mov(R10, RDX);
        for (int r = 0; r < rows; r++) {
            for (int v = 0; v < vectors; v++) {
                boolean last = masked && v == vectors - 1;
                Zmm sum = sum(r, v);
                if (finish != Finish.NOTHING) {
                    roundSum(sum);
                }
                if (finish == Finish.ROUND_WITH_RESIDUAL) {
                    addResidual(sum, at(R10, v * VECTOR), last);
                    round(sum);
                }
                if (last) {
                    to.vmovups(at(RAX, v * VECTOR), LAST, sum);
                } else {
                    to.vmovups(at(RAX, v * VECTOR), sum);
                }
            }
            to.add(RAX, R15);
            to.add(R10, R15);
        }
        to.mov(RDI, RAX);
        to.mov(RDX, R10);
    }

    /** Rounds a sum of products. It is not subnormal, so the processor's own conversion will do, except for NaN. */
    private void roundSum(Zmm sum) {
        to.vcmpunordps(NANS, sum, sum);
        to.vcvtneps2bf16(sum, sum);
        to.vpmovzxwd(sum, sum);
        to.vpslld(sum, sum, Short.SIZE);
        to.vmovaps(sum, NANS, NAN);
    }

    private void addResidual(Zmm sum, Address residual, boolean last) {
        if (last) {
            to.vmovupsOrZero(VALUE, LAST, residual);
            to.vaddps(sum, VALUE, sum);
        } else {
            to.vaddps(sum, sum, residual);
        }
    }

    /** Rounds any value, as {@code Bf16.round} does. */
    private void round(Zmm value) {
        to.vcmpunordps(NANS, value, value);
        to.vpsrld(BITS, value, Short.SIZE);
        to.vpandd(BITS, BITS, ONE);
        to.vpaddd(BITS, BITS, HALF);
        to.vpaddd(value, value, BITS);
        to.vpandd(value, value, UPPER);
        to.vmovaps(value, NANS, NAN);
    }
}
