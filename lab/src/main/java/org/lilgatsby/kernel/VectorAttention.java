package org.lilgatsby.kernel;

import static org.lilgatsby.kernel.CacheLine.ALIGNED_OFFSET;
import static org.lilgatsby.kernel.VectorWidth.PAIR;
import static org.lilgatsby.kernel.VectorWidth.PANEL;

import java.util.Arrays;

/**
 * Causal attention of one head with queries across lanes: {@link #QUERIES} at a time, their scores stored as
 * [key][query], so that softmax needs no sum across lanes and every product is one of the tiles. Pairs of a key beyond
 * all queries of a tile or a block are not computed.
 */
final class VectorAttention {
    /** Queries whose scores are stored side by side. */
    static final int QUERIES = VectorTile.A_LD;

    private static final int BLOCK = Kernels.ATTENTION_BLOCK;

    private VectorAttention() {}

    /**
     * [key][QUERIES] for every group of queries, with as many keys as its last query sees, one group after the other.
     */
    static int exps(int positions) {
        int keys = 0;
        for (int i = 0; i < positions; i += QUERIES) {
            keys = Math.addExact(keys, Math.min(positions, i + QUERIES));
        }
        return Math.multiplyExact(keys, QUERIES);
    }

    /**
     * Maxima, or sums of p*dp, and reciprocal sums of the queries; q or dout as [HS][QUERIES]; q and dout as rows
     * [QUERIES][HS]; v or k as rows [T][HS]; p and ds as [T][QUERIES]. All but p and ds are cut into panels of columns.
     */
    static int scratch(int positions, int headSize) {
        return ALIGNED_OFFSET + 2 * QUERIES + headSize * QUERIES + 2 * rows(QUERIES, headSize)
                + rows(positions, headSize)
                + 2 * positions * QUERIES;
    }

    private static int rows(int rows, int headSize) {
        return rows * Math.ceilDiv(headSize, PANEL) * PANEL;
    }

    static void attention(
            float[] out, int outAt, int outLd, float[] exps, int expsAt, float[] reciprocals, int reciprocalsAt,
            float[] qkv, int qAt, int kAt, int vAt, int qkvLd,
            float[] scratch, int positions, int headSize, float scale, boolean rounded, Scores scores) {
        int qT = ALIGNED_OFFSET + 2 * QUERIES;
        int v = qT + headSize * QUERIES;
        int e = expsAt;
        boolean inPlace = VectorTile.takesTwoBlocks(positions, headSize);
        if (!inPlace) {
            VectorMatmul.packRows(scratch, v, qkv, vAt, qkvLd, positions, headSize);
        }
        for (int i = 0; i < positions; i += QUERIES) {
            int queries = Math.min(QUERIES, positions - i);
            int keys = i + queries;
            scores.of(exps, e, qkv, kAt, qkvLd, qkv, qAt + i * qkvLd, qkvLd, headSize, i, queries, scratch, qT);
            VectorSoftmax.forward(exps, e, scratch, ALIGNED_OFFSET, i, keys, scale);
            System.arraycopy(scratch, ALIGNED_OFFSET + QUERIES, reciprocals, reciprocalsAt + i, queries);
            int o = outAt + i * outLd;
            if (inPlace) {
                overKeysInPlace(out, o, outLd, exps, e, qkv, vAt, qkvLd, i, queries);
            } else {
                overKeys(out, o, outLd, exps, e, scratch, v, positions, i, queries, headSize);
            }
            VectorRows.times(out, o, outLd, scratch, ALIGNED_OFFSET + QUERIES, queries, headSize);
            if (rounded) {
                VectorRows.round(out, o, outLd, queries, headSize);
            }
            e += keys * QUERIES;
        }
    }

    static void attentionBackward(
            float[] dqkv, float[] dout, int doutAt, int doutLd, float[] exps, int expsAt, float[] reciprocals,
            int reciprocalsAt, float[] qkv, int qAt, int kAt, int vAt, int qkvLd,
            float[] scratch, int positions, int headSize, float scale, boolean rounded, Scores scores) {
        int doutT = ALIGNED_OFFSET + 2 * QUERIES;
        int qRows = doutT + headSize * QUERIES;
        int doutRows = qRows + rows(QUERIES, headSize);
        int kRows = doutRows + rows(QUERIES, headSize);
        int p = kRows + rows(positions, headSize);
        int ds = p + positions * QUERIES;
        int e = expsAt;
        boolean inPlace = VectorTile.takesTwoBlocks(positions, headSize);
        if (!inPlace) {
            VectorMatmul.packRows(scratch, kRows, qkv, kAt, qkvLd, positions, headSize);
        }
        for (int i = 0; i < positions; i += QUERIES) {
            int queries = Math.min(QUERIES, positions - i);
            int keys = i + queries;
            int q = qAt + i * qkvLd;
            int d = doutAt + i * doutLd;
            System.arraycopy(reciprocals, reciprocalsAt + i, scratch, ALIGNED_OFFSET + QUERIES, queries);
            Arrays.fill(scratch, ALIGNED_OFFSET + QUERIES + queries, ALIGNED_OFFSET + 2 * QUERIES, 0f);
            scores.of(scratch, ds, qkv, vAt, qkvLd, dout, d, doutLd, headSize, i, queries, scratch, doutT);
            VectorSoftmax.backward(exps, e, scratch, p, ds, ALIGNED_OFFSET, i, keys, scale);
            if (inPlace) {
                overKeysInPlace(dqkv, q, qkvLd, scratch, ds, qkv, kAt, qkvLd, i, queries);
                overQueriesInPlace(dqkv, kAt, qkvLd, scratch, ds, qkv, q, qkvLd, i, keys, queries);
                overQueriesInPlace(dqkv, vAt, qkvLd, scratch, p, dout, d, doutLd, i, keys, queries);
            } else {
                VectorMatmul.packRows(scratch, qRows, qkv, q, qkvLd, queries, headSize);
                VectorMatmul.packRows(scratch, doutRows, dout, d, doutLd, queries, headSize);
                overKeys(dqkv, q, qkvLd, scratch, ds, scratch, kRows, positions, i, queries, headSize);
                overQueries(dqkv, kAt, qkvLd, scratch, ds, qRows, i, keys, queries, headSize);
                overQueries(dqkv, vAt, qkvLd, scratch, p, doutRows, i, keys, queries, headSize);
            }
            e += keys * QUERIES;
        }
        if (rounded) {
            VectorRows.round(dqkv, qAt, qkvLd, positions, headSize);
            VectorRows.round(dqkv, kAt, qkvLd, positions, headSize);
            VectorRows.round(dqkv, vAt, qkvLd, positions, headSize);
        }
    }

    /** {@link Scores} computed by tiles, from panels of queries. */
    static void scores(
            float[] s, int sAt, float[] x, int xAt, int xLd, float[] q, int qAt, int qLd, int headSize, int first,
            int queries, float[] scratch, int scratchAt) {
        for (int c = 0; c < QUERIES; c += PANEL) {
            int columns = Math.clamp(queries - c, 0, PANEL);
            panel(scratch, scratchAt + c * headSize, q, qAt + c * qLd, qLd, headSize, columns);
        }
        int keys = first + queries;
        int j = 0;
        for (int from = 0; from < QUERIES; from += PAIR) {
            int end = Math.min(keys, first + from + PAIR);
            VectorTile.product(
                    s, sAt + j * QUERIES, QUERIES, false, x, xAt + j * xLd, xLd, scratch, scratchAt, headSize * PANEL,
                    headSize, end - j, from, QUERIES);
            j = end;
        }
    }

    /** A panel of queries, panel[d][q] = x[q][d]; queries that do not exist are 0, and so are their scores. */
    static void panel(float[] panel, int at, float[] x, int xAt, int ld, int depth, int queries) {
        VectorTranspose.pack(panel, at, x, xAt, ld, depth, queries);
        for (int q = queries; q < PANEL; q++) {
            for (int d = 0; d < depth; d++) {
                panel[at + d * PANEL + q] = 0f;
            }
        }
    }

    /** out[q][d] = sum over keys j of p[j][q]*x[j][d], to the end of q's block; x is cut into panels. */
    private static void overKeys(
            float[] out, int outAt, int outLd, float[] p, int pAt, float[] x, int xAt, int positions, int first,
            int queries, int headSize) {
        for (int q = 0; q < queries; q += BLOCK) {
            int o = outAt + q * outLd;
            int depth = Math.min(first + q + BLOCK, positions);
            int rows = Math.min(BLOCK, queries - q);
            VectorTile.transposed(
                    out, o, outLd, false, p, pAt + q, QUERIES, x, xAt, positions * PANEL, depth, rows, headSize);
        }
    }

    /** The same, with x read in place. */
    private static void overKeysInPlace(
            float[] out, int outAt, int outLd, float[] p, int pAt, float[] x, int xAt, int xLd, int first,
            int queries) {
        for (int q = 0; q < queries; q += VectorTile.BLOCKS) {
            Tile8x2.blocksTransposed(out, outAt + q * outLd, outLd, p, pAt + q, x, xAt, xLd, first + q + BLOCK);
        }
    }

    /** dx[j][d] += sum over queries i of p[j][i]*rows[i][d], from the start of j's block on; 0 before. */
    private static void overQueries(
            float[] dx, int dxAt, int ld, float[] s, int pAt, int rowsAt, int first, int keys, int queries,
            int headSize) {
        VectorTile.product(
                dx, dxAt, ld, true, s, pAt, QUERIES, s, rowsAt, queries * PANEL, queries, first, 0, headSize);
        for (int j = first; j < keys; j += BLOCK) {
            int skip = j - first;
            int to = dxAt + j * ld;
            int p = pAt + j * QUERIES + skip;
            int at = rowsAt + skip * PANEL;
            int rows = Math.min(BLOCK, keys - j);
            VectorTile.product(
                    dx, to, ld, false, s, p, QUERIES, s, at, queries * PANEL, queries - skip, rows, 0, headSize);
        }
    }

    /** The same, with the rows read in place. */
    private static void overQueriesInPlace(
            float[] dx, int dxAt, int ld, float[] s, int pAt, float[] rows, int rowsAt, int rowsLd, int first, int keys,
            int queries) {
        for (int j = 0; j < keys; j += VectorTile.BLOCKS) {
            int skip = Math.max(0, j - first);
            Tile8x2.blocks(
                    dx, dxAt + j * ld, ld, j < first, s, pAt + j * QUERIES + skip,
                    rows, rowsAt + skip * rowsLd, rowsLd, j < first ? 0 : BLOCK, queries - skip);
        }
    }
}
