package org.lilgatsby.kernel;

import static org.lilgatsby.kernel.CacheLine.ALIGNED_OFFSET;
import static org.lilgatsby.kernel.x86.Bf16Processor.PANEL;

import java.util.Arrays;
import org.lilgatsby.kernel.x86.Bf16Processor;
import org.lilgatsby.kernel.x86.Finish;

/**
 * The dense products of the linear layers, computed by the processor's bfloat16 instruction, a block of rows at a time.
 * Blocks that it cannot compute to the same bits go to {@link VectorMatmul}.
 */
final class Bf16Matmul {
    /** Rows of a block: ten tiles of 6 and one of 4. */
    private static final int ROWS = 64;

    /**
     * Floats between rows of pairs of a block's first factor, where its rows lie across: a line more, for the sets of
     * the cache.
     */
    private static final int ACROSS_LD = ROWS + 16;

    /** A row of zeros, for panels whose sums all start from 0. */
    static final float[] ZEROS = CacheLine.floats(PANEL);
    private static final float[] MINUS_ZEROS = minusZeros();

    private Bf16Matmul() {}

    private static float[] minusZeros() {
        float[] values = CacheLine.floats(PANEL);
        Arrays.fill(values, -0f);
        return values;
    }

    static void pack(PairedMatrix b, float[] w, int at, int ld, boolean transposed, boolean rounded) {
        long[] p = Bf16Scratch.ofThread().parameters;
        int least = Bf16Processor.NOTHING_BUT_ZEROS;
        if (rounded) {
            b.setUnpaired();
            VectorMatmul.pack(b, w, at, ld, transposed, true);
        }
        for (int j = 0; j < b.columns(); j += PANEL) {
            int columns = Math.min(PANEL, b.columns() - j);
            long lost;
            if (rounded) {
                lost = pairRows(
                        b.pairs(), b.pairsAt(j), PANEL, b.values(), b.at(0, j), PANEL, b.rows(), columns, ZEROS, 0, p);
            } else if (transposed) {
                lost = pairTransposed(b, j, w, at + j * ld, ld, columns, p);
            } else {
                lost = pairRows(b.pairs(), b.pairsAt(j), PANEL, w, at + j, ld, b.rows(), columns, ZEROS, 0, p);
            }
            if (lost != 0) {
                b.setUnpaired();
                VectorMatmul.pack(b, w, at, ld, transposed, rounded);
                return;
            }
            least = Math.min(least, Bf16Processor.least(p));
        }
        b.setPaired(least, rounded);
    }

    private static long pairTransposed(PairedMatrix b, int j, float[] w, int at, int ld, int columns, long[] p) {
        int pairs = b.pairRows();
        float[] scratch = Bf16Scratch.ofThread().pairs(pairs * PANEL);
        long lost = Bf16Processor.pairColumns(
                scratch, ALIGNED_OFFSET, pairs, w, at, ld, columns, b.rows(), Bf16Processor.ABSENT_OF_B, 0, p);
        VectorTranspose.pack(b.pairs(), b.pairsAt(j), scratch, ALIGNED_OFFSET, pairs, pairs, columns);
        return lost;
    }

    /**
     * Turns pairs of rows of a matrix into rows of pairs; if the number of rows is odd, the last one is paired with
     * {@code absent}.
     *
     * @return as {@link Bf16Processor#pairRows}; the least magnitude is that of all rows
     */
    private static long pairRows(
            float[] to, int toAt, int toLd, float[] from, int at, int ld, int rows, int columns, float[] absent,
            int bound, long[] p) {
        int pairs = rows / 2;
        long lost = Bf16Processor.pairRows(to, toAt, toLd, from, at, from, at + ld, 2 * ld, pairs, columns, bound, p);
        if (rows % 2 != 0) {
            int least = Bf16Processor.least(p);
            lost |= Bf16Processor.pairRows(
                    to, toAt + pairs * toLd, toLd, from, at + 2 * pairs * ld, absent, ALIGNED_OFFSET, 0, 1, columns,
                    bound, p);
            Bf16Processor.include(least, p);
        }
        return lost;
    }

    static void multiply(
            float[] out, int outAt, int outLd, float[] residual,
            float[] a, int aAt, int aLd, PairedMatrix b, float[] bias, int biasAt, int rows, boolean rounded) {
        Bf16Scratch scratch = Bf16Scratch.ofThread();
        long[] p = scratch.parameters;
        boolean fits = b.isPaired()
                && (bias == null || !Bf16Processor.startsBelowBound(bias, biasAt, 0, 1, b.columns(), p));
        int pairs = b.pairRows();
        float[] x = scratch.pairs(Math.min(ROWS, rows) * pairs);
        int bound = Bf16Processor.boundFor(b.least());
        for (int i = 0; i < rows; i += ROWS) {
            int block = Math.min(ROWS, rows - i);
            int o = outAt + i * outLd;
            int from = aAt + i * aLd;
            if (fits && Bf16Processor.pairColumns(
                    x, ALIGNED_OFFSET, pairs, a, from, aLd, block, b.rows(), Bf16Processor.ABSENT_OF_A, bound,
                    p) == 0) {
                multiply(out, o, outLd, residual, x, b, bias, biasAt, block, rounded, p);
                Bf16Blocks.countComputed();
            } else {
                VectorMatmul.multiply(out, o, outLd, residual, a, from, aLd, b, bias, biasAt, block, rounded);
                Bf16Blocks.countLeftOver();
            }
        }
    }

    private static void multiply(
            float[] out, int outAt, int outLd, float[] residual, float[] x, PairedMatrix b, float[] bias, int biasAt,
            int rows, boolean rounded, long[] p) {
        Finish finish = !rounded ? Finish.NOTHING : residual == null ? Finish.ROUND : Finish.ROUND_WITH_RESIDUAL;
        int pairs = b.pairRows();
        for (int j = 0; j < b.columns(); j += PANEL) {
            int columns = Math.min(PANEL, b.columns() - j);
            Bf16Processor.multiply(
                    out, outAt + j, outLd, bias == null ? ZEROS : bias, bias == null ? ALIGNED_OFFSET : biasAt + j, 0,
                    residual, x, ALIGNED_OFFSET, pairs, 1, b.pairs(), b.pairsAt(j), pairs, rows, columns, finish, p);
        }
        if (residual != null && !rounded) {
            VectorMatmul.finish(out, residual, outAt, outLd, rows, b.columns(), false);
        }
    }

    static void weightGradient(
            float[] dw, int dwAt, int dwLd, float[] x, int xAt, int xLd, float[] dy, int dyAt, int dyLd,
            int positions, int from, int to, int columns, boolean accumulate) {
        Bf16Scratch scratch = Bf16Scratch.ofThread();
        long[] p = scratch.parameters;
        int pairs = Math.ceilDiv(positions, 2);
        int panels = ALIGNED_OFFSET + ACROSS_LD * pairs;
        float[] both = scratch.pairs(panels - ALIGNED_OFFSET + Math.ceilDiv(columns, PANEL) * PANEL * pairs);
        int least = Bf16Processor.NOTHING_BUT_ZEROS;
        long lost = 0;
        for (int j = 0; j < columns; j += PANEL) {
            int some = Math.min(PANEL, columns - j);
            lost |= pairRows(both, panels + j * pairs, PANEL, dy, dyAt + j, dyLd, positions, some, ZEROS, 0, p);
            least = Math.min(least, Bf16Processor.least(p));
        }
        int bound = Bf16Processor.boundFor(least);
        for (int i = from; i < to; i += ROWS) {
            int block = Math.min(ROWS, to - i);
            int o = dwAt + i * dwLd;
            if (lost == 0
                    && pairRows(
                            both, ALIGNED_OFFSET, ACROSS_LD, x, xAt + i, xLd, positions, block, MINUS_ZEROS, bound,
                            p) == 0
                    && !(accumulate && Bf16Processor.startsBelowBound(dw, o, dwLd, block, columns, p))) {
                for (int j = 0; j < columns; j += PANEL) {
                    Bf16Processor.multiply(
                            dw, o + j, dwLd, accumulate ? dw : ZEROS, accumulate ? o + j : ALIGNED_OFFSET,
                            accumulate ? dwLd : 0, null, both, ALIGNED_OFFSET, 1, ACROSS_LD, both, panels + j * pairs,
                            pairs, block, Math.min(PANEL, columns - j), Finish.NOTHING, p);
                }
                Bf16Blocks.countComputed();
            } else {
                VectorMatmul.weightGradient(
                        dw, dwAt, dwLd, x, xAt, xLd, dy, dyAt, dyLd, positions, i, i + block, columns, accumulate);
                Bf16Blocks.countLeftOver();
            }
        }
    }
}
