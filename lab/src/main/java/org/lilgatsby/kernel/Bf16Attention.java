package org.lilgatsby.kernel;

import static org.lilgatsby.kernel.CacheLine.ALIGNED_OFFSET;
import static org.lilgatsby.kernel.VectorAttention.QUERIES;
import static org.lilgatsby.kernel.VectorWidth.PAIR;

import org.lilgatsby.kernel.x86.Bf16Processor;
import org.lilgatsby.kernel.x86.Finish;

/** Attention's {@link Scores}, computed by the processor's bfloat16 instruction. */
final class Bf16Attention {
    private Bf16Attention() {}

    static void scores(
            float[] s, int sAt, float[] x, int xAt, int xLd, float[] q, int qAt, int qLd, int headSize, int first,
            int queries, float[] scratch, int scratchAt) {
        Bf16Scratch memory = Bf16Scratch.ofThread();
        long[] p = memory.parameters;
        int pairs = Math.ceilDiv(headSize, 2);
        int keys = first + queries;
        float[] rows = memory.pairs(keys * pairs);
        if (Bf16Processor.pairColumns(
                        rows, ALIGNED_OFFSET, pairs, q, qAt, qLd, queries, headSize, Bf16Processor.ABSENT_OF_B,
                        Bf16Processor.boundOfNormal(), p) != 0) {
            leftOver(s, sAt, x, xAt, xLd, q, qAt, qLd, headSize, first, queries, scratch, scratchAt);
            return;
        }
        int bound = Bf16Processor.boundFor(Bf16Processor.least(p));
        VectorAttention.panel(scratch, scratchAt, rows, ALIGNED_OFFSET, pairs, pairs, queries);
        if (Bf16Processor.pairColumns(
                        rows, ALIGNED_OFFSET, pairs, x, xAt, xLd, keys, headSize, Bf16Processor.ABSENT_OF_A, bound,
                        p) != 0) {
            leftOver(s, sAt, x, xAt, xLd, q, qAt, qLd, headSize, first, queries, scratch, scratchAt);
            return;
        }
        int j = 0;
        for (int from = 0; from < QUERIES; from += PAIR) {
            int end = Math.min(keys, first + from + PAIR);
            Bf16Processor.multiply(
                    s, sAt + j * QUERIES + from, QUERIES, Bf16Matmul.ZEROS, ALIGNED_OFFSET, 0, null, rows,
                    ALIGNED_OFFSET + j * pairs, pairs, 1, scratch, scratchAt + from, pairs, end - j, QUERIES - from,
                    Finish.NOTHING, p);
            j = end;
        }
        Bf16Blocks.countComputed();
    }

    private static void leftOver(
            float[] s, int sAt, float[] x, int xAt, int xLd, float[] q, int qAt, int qLd, int headSize, int first,
            int queries, float[] scratch, int scratchAt) {
        VectorAttention.scores(s, sAt, x, xAt, xLd, q, qAt, qLd, headSize, first, queries, scratch, scratchAt);
        Bf16Blocks.countLeftOver();
    }
}
