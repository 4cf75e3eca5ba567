package org.lilgatsby.kernel.x86;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import org.lilgatsby.kernel.x86.PairCode.Parameter;

/**
 * The processor's bfloat16 products, as {@code vdpbf16ps} of AVX512-BF16 computes them, on arrays in place on the heap.
 * Ranges are checked here, before each call, since machine code checks nothing.
 *
 * <p>Each thread has its own {@link #parameters}, in which it passes the numbers of a call.
 */
public final class Bf16Processor {
    /** Columns of a panel of the second factor. */
    public static final int PANEL = 64;

    /** What pairs of the first factor hold for an absent term: -0, so that times +0 it leaves every sum as it is. */
    public static final int ABSENT_OF_A = 0x8000_0000;

    /** The same in pairs of the second factor. */
    public static final int ABSENT_OF_B = 0;

    /** The {@link #least} of nothing but zeros, and a bound that every value but 0 is below. */
    public static final int NOTHING_BUT_ZEROS = 0xFFFF;

    private static final int LANES = 16;
    private static final int PARAMETERS = PairCode.LEAST + LANES / 2;

    /** 2*bits - 1 for 2^-100, see {@link #startsBelowBound}. */
    private static final int START_BOUND = 2 * Float.floatToRawIntBits(0x1p-100f) - 1;

    private static final MethodHandle PRODUCTS;
    private static final MethodHandle PAIRS_OF_ROWS;
    private static final MethodHandle PAIRS_OF_COLUMNS;
    private static final MethodHandle STARTS;
    private static final MethodHandle PEAK;
    private static final String REFUSAL;

    static {
        MethodHandle[] handles = new MethodHandle[5];
        String refusal = null;
        try {
            requireSystem();
            MachineCode code = new MachineCode(false);
            MemorySegment memory = ExecutableMemory.of(code.bytes());
            requireInstructions(handle(memory, code.cpuid));
            handles[0] = handle(memory, code.products);
            handles[1] = handle(memory, code.pairsOfRows);
            handles[2] = handle(memory, code.pairsOfColumns);
            handles[3] = handle(memory, code.starts);
            handles[4] = handle(memory, code.peak);
        } catch (UnavailableException e) {
            refusal = e.getMessage();
        }
        PRODUCTS = handles[0];
        PAIRS_OF_ROWS = handles[1];
        PAIRS_OF_COLUMNS = handles[2];
        STARTS = handles[3];
        PEAK = handles[4];
        REFUSAL = refusal;
    }

    private Bf16Processor() {}

    /** Why this machine cannot compute such products; empty if it can. */
    public static Optional<String> refusal() {
        return Optional.ofNullable(REFUSAL);
    }

    /** Room for the numbers of a call. */
    public static long[] parameters() {
        return new long[PARAMETERS];
    }

    private static void requireSystem() throws UnavailableException {
        String system = System.getProperty("os.name");
        String processor = System.getProperty("os.arch").toLowerCase(Locale.ROOT);
        if (!system.equals("Linux") || !List.of("amd64", "x86_64").contains(processor)) {
            throw new UnavailableException("machine code is written for Linux on x86-64, and this is "
                    + system + " on " + processor);
        }
    }

    /**
     * AVX512-BF16 is bit 5 of eax in leaf 7, subleaf 1; AVX512F and AVX512BW are bits 16 and 30 of ebx in subleaf 0.
     */
    private static void requireInstructions(MethodHandle cpuid) throws UnavailableException {
        int foundations = (int) (askProcessor(cpuid, 0) >>> 32);
        boolean wide = (foundations >>> 16 & 1) != 0 && (foundations >>> 30 & 1) != 0;
        if (!wide || (askProcessor(cpuid, 1) >>> 5 & 1) == 0) {
            throw new UnavailableException("the processor has no AVX512-BF16");
        }
    }

    private static long askProcessor(MethodHandle cpuid, int subleaf) {
        long[] p = parameters();
        p[0] = 7;
        p[1] = subleaf;
        MemorySegment none = MemorySegment.ofArray(p);
        call(cpuid, none, none, none, none, none, none);
        return p[CpuidCode.ANSWER];
    }

    /** All functions have the same type, so that the linker makes a single adapter. */
    @SuppressWarnings("restricted")
    private static MethodHandle handle(MemorySegment code, int at) {
        ValueLayout address = ValueLayout.ADDRESS;
        return Linker.nativeLinker().downcallHandle(
                code.asSlice(at),
                FunctionDescriptor.of(ValueLayout.JAVA_LONG, address, address, address, address, address, address),
                Linker.Option.critical(true));
    }

    private static long call(
            MethodHandle function, MemorySegment a, MemorySegment b, MemorySegment c, MemorySegment d, MemorySegment e,
            MemorySegment parameters) {
        try {
            return (long) function.invokeExact(a, b, c, d, e, parameters);
        } catch (RuntimeException | Error failure) {
            throw failure;
        } catch (Throwable failure) {
            throw new IllegalStateException("calling machine code failed", failure);
        }
    }

    /**
     * to[i][c] = the pair of first[i][c] and second[i][c], for i &lt; rows, c &lt; columns.
     *
     * @param fromLd floats between rows of first, and of second: twice the rows' distance if they are every other row
     *     of a matrix
     * @param bound of {@link #boundFor}
     * @return 0, or another number if a value is not a bfloat16, or is not 0 but below the bound; the content of
     *     {@code to} is then unusable
     */
    public static long pairRows(
            float[] to, int toAt, int toLd, float[] first, int firstAt, float[] second, int secondAt, int fromLd,
            int rows, int columns, int bound, long[] p) {
        requireRange(first, firstAt, fromLd, rows, columns);
        requireRange(second, secondAt, fromLd, rows, columns);
        requireRange(to, toAt, toLd, rows, columns);
        int rest = lanes(columns % LANES);
        set(p, Parameter.FIRST, bytes(firstAt));
        set(p, Parameter.SECOND, bytes(secondAt));
        set(p, Parameter.TO, bytes(toAt));
        set(p, Parameter.FROM_ROW, bytes(fromLd));
        set(p, Parameter.TO_ROW, bytes(toLd));
        set(p, Parameter.ROWS, rows);
        set(p, Parameter.VECTORS, columns / LANES);
        set(p, Parameter.FIRST_LANES, rest);
        set(p, Parameter.SECOND_LANES, rest);
        set(p, Parameter.TO_LANES, rest);
        set(p, Parameter.ABSENT, 0);
        set(p, Parameter.BOUND, bound);
        MemorySegment target = MemorySegment.ofArray(to);
        return call(
                PAIRS_OF_ROWS, MemorySegment.ofArray(first), MemorySegment.ofArray(second), target, target, target,
                MemorySegment.ofArray(p));
    }

    /**
     * to[i][j] = the pair of from[i][2j] and from[i][2j + 1], for i &lt; rows and all columns; if their number is odd,
     * the last is paired with {@code absent}.
     *
     * @return as of {@link #pairRows}
     */
    public static long pairColumns(
            float[] to, int toAt, int toLd, float[] from, int fromAt, int fromLd, int rows, int columns, int absent,
            int bound, long[] p) {
        requireRange(from, fromAt, fromLd, rows, columns);
        requireRange(to, toAt, toLd, rows, Math.ceilDiv(columns, 2));
        int rest = columns % (2 * LANES);
        boolean oneRow = rest == 0 && fromLd == columns && 2 * toLd == columns;
        set(p, Parameter.FIRST, bytes(fromAt));
        set(p, Parameter.SECOND, bytes(fromAt + LANES));
        set(p, Parameter.TO, bytes(toAt));
        set(p, Parameter.FROM_ROW, bytes(fromLd));
        set(p, Parameter.TO_ROW, bytes(toLd));
        set(p, Parameter.ROWS, oneRow ? 1 : rows);
        set(p, Parameter.VECTORS, (oneRow ? rows : 1) * (columns / (2 * LANES)));
        set(p, Parameter.FIRST_LANES, lanes(Math.min(rest, LANES)));
        set(p, Parameter.SECOND_LANES, lanes(Math.max(0, rest - LANES)));
        set(p, Parameter.TO_LANES, lanes(Math.ceilDiv(rest, 2)));
        set(p, Parameter.ABSENT, absent);
        set(p, Parameter.BOUND, bound);
        MemorySegment source = MemorySegment.ofArray(from);
        MemorySegment target = MemorySegment.ofArray(to);
        return call(PAIRS_OF_COLUMNS, source, source, target, target, target, MemorySegment.ofArray(p));
    }

    /**
     * The smallest magnitude but 0 among the last pairs made with these parameters, as 2*bits - 1 of bfloat16's 15
     * bits; {@link #NOTHING_BUT_ZEROS} if there is none.
     */
    public static int least(long[] p) {
        long least = NOTHING_BUT_ZEROS;
        for (int i = PairCode.LEAST; i < PARAMETERS; i++) {
            least = Math.min(least, Math.min(p[i] & 0xFFFF_FFFFL, p[i] >>> Integer.SIZE));
        }
        return (int) least;
    }

    /** Includes values of this {@link #least} among the last pairs. */
    public static void include(int least, long[] p) {
        p[PairCode.LEAST] =
                Math.min(least, p[PairCode.LEAST] & 0xFFFF_FFFFL) | p[PairCode.LEAST] >>> Integer.SIZE << Integer.SIZE;
    }

    /**
     * The bound above which one factor's products with another factor, of the given {@link #least}, keep their bits: if
     * every |a| but 0 is at least 2^ea, every |b| but 0 at least 2^eb and ea + eb is at least -110, every product is a
     * multiple of 2^-124, and so is every sum that starts from 0 or from at least 2^-100. Such a number is 0 or normal.
     * Both factors have to be normal too; for one that is not, nothing reaches the bound.
     */
    public static int boundFor(int least) {
        int exponent = least + 1 >>> 8;
        int other = exponent == 0 ? 256 : Math.max(1, 2 * 127 - 110 - exponent);
        return 2 * (other << 7) - 1;
    }

    /** The bound that excludes subnormals and nothing else. */
    public static int boundOfNormal() {
        return boundFor(NOTHING_BUT_ZEROS);
    }

    /** Whether a value from which a sum starts is not 0, but below 2^-100. */
    public static boolean startsBelowBound(float[] values, int at, int ld, int rows, int columns, long[] p) {
        requireRange(values, at, ld, rows, columns);
        p[StartCode.Parameter.VALUES.ordinal()] = bytes(at);
        p[StartCode.Parameter.ROW.ordinal()] = bytes(ld);
        p[StartCode.Parameter.ROWS.ordinal()] = rows;
        p[StartCode.Parameter.VECTORS.ordinal()] = columns / LANES;
        p[StartCode.Parameter.LANES.ordinal()] = lanes(columns % LANES);
        p[StartCode.Parameter.BOUND.ordinal()] = START_BOUND;
        MemorySegment array = MemorySegment.ofArray(values);
        return call(STARTS, array, array, array, array, array, MemorySegment.ofArray(p)) != 0;
    }

    /**
     * out[i][c] = finish(start[i][c] + sum over j &lt; pairs of both products of a[i][j] and b[j][c]), for i &lt; rows
     * and c &lt; columns.
     *
     * @param startLd 0 for the same start in every row
     * @param residual laid out as out; null but for {@link Finish#ROUND_WITH_RESIDUAL}
     * @param aLd floats between rows of a
     * @param aPairLd floats between pairs of a row of a
     * @param b a panel: rows of {@link #PANEL} pairs
     * @param columns at most {@link #PANEL}
     */
    public static void multiply(
            float[] out, int outAt, int outLd, float[] start, int startAt, int startLd, float[] residual, float[] a,
            int aAt, int aLd, int aPairLd, float[] b, int bAt, int pairs, int rows, int columns, Finish finish,
            long[] p) {
        if (rows == 0 || columns == 0) {
            return;
        }
        requireRange(out, outAt, outLd, rows, columns);
        requireRange(start, startAt, startLd, rows, columns);
        requireRange(a, aAt, aLd, rows, 1);
        requireRange(a, aAt + (rows - 1) * aLd, aPairLd, pairs, 1);
        requireRange(b, bAt, PANEL, pairs, Math.min(PANEL, Math.ceilDiv(columns, LANES) * LANES));
        Objects.checkIndex(columns - 1, PANEL);
        float[] around = finish == Finish.ROUND_WITH_RESIDUAL ? residual : out;
        requireRange(around, outAt, outLd, rows, columns);
        int vectors = Math.ceilDiv(columns, LANES);
        p[ProductCode.Parameter.OUT.ordinal()] = bytes(outAt);
        p[ProductCode.Parameter.START.ordinal()] = bytes(startAt);
        p[ProductCode.Parameter.RESIDUAL.ordinal()] = bytes(outAt);
        p[ProductCode.Parameter.A.ordinal()] = bytes(aAt);
        p[ProductCode.Parameter.B.ordinal()] = bytes(bAt);
        p[ProductCode.Parameter.PAIRS.ordinal()] = pairs;
        p[ProductCode.Parameter.A_ROW.ordinal()] = bytes(aLd);
        p[ProductCode.Parameter.A_PAIR.ordinal()] = bytes(aPairLd);
        p[ProductCode.Parameter.OUT_ROW.ordinal()] = bytes(outLd);
        p[ProductCode.Parameter.START_ROW.ordinal()] = bytes(startLd);
        p[ProductCode.Parameter.ROWS.ordinal()] = rows;
        p[ProductCode.Parameter.VECTORS.ordinal()] = columns == PANEL ? ProductCode.WHOLE_PANEL : vectors;
        p[ProductCode.Parameter.LAST_LANES.ordinal()] = lanes(columns - (vectors - 1) * LANES);
        p[ProductCode.Parameter.FINISH.ordinal()] = finish.ordinal();
        call(
                PRODUCTS, MemorySegment.ofArray(out), MemorySegment.ofArray(start), MemorySegment.ofArray(around),
                MemorySegment.ofArray(a), MemorySegment.ofArray(b), MemorySegment.ofArray(p));
    }

    /** Rounds of {@link PeakCode}. */
    public static void spin(int rounds, long[] p) {
        p[0] = rounds;
        MemorySegment numbers = MemorySegment.ofArray(p);
        call(PEAK, numbers, numbers, numbers, numbers, numbers, numbers);
    }

    /** FLOP of a round of {@link #spin}: two multiply-adds for each lane of each sum. */
    public static double flopOfSpin() {
        return 4.0 * LANES * PeakCode.SUMS;
    }

    private static void set(long[] p, Parameter parameter, long value) {
        p[parameter.ordinal()] = value;
    }

    /** Bytes of so many floats; offsets count from element 0 of an array. */
    private static long bytes(int floats) {
        return (long) Float.BYTES * floats;
    }

    /** The mask of the first {@code count} lanes. */
    private static int lanes(int count) {
        return (1 << count) - 1;
    }

    private static void requireRange(float[] array, int at, int ld, int rows, int columns) {
        if (rows > 0 && columns > 0) {
            Objects.checkFromIndexSize((long) at, (rows - 1L) * ld + columns, (long) array.length);
        }
    }
}
