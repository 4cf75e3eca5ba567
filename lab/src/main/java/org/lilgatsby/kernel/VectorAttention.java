package org.lilgatsby.kernel;

import static org.lilgatsby.kernel.PackedMatrix.PANEL;

/**
 * Causal attention of one head with queries across lanes: a panel of {@link PackedMatrix#PANEL} queries at a time, its
 * scores stored as [key][query], so that softmax needs no sum across lanes and every product is one of the two
 * tiles. Pairs of a key beyond all queries of a vector or a block are not computed.
 */
final class VectorAttention {
    private static final int BLOCK = Kernels.ATTENTION_BLOCK;
    private static final int TILE = 2 * VectorWidth.LENGTH;

    private VectorAttention() {}

    /**
     * Maxima and reciprocal sums of a panel; q and dout as [HS][PANEL], and as rows [PANEL][HS]; k and v as
     * rows [T][HS]; p and ds as [T][PANEL]. Rows of channels are cut into panels.
     */
    static int scratch(int positions, int headSize) {
        return 2 * PANEL + 2 * headSize * PANEL + 2 * rows(PANEL, headSize) + 2 * rows(positions, headSize) + 2 * positions * PANEL;
    }

    private static int rows(int rows, int headSize) {
        return rows * Math.ceilDiv(headSize, PANEL) * PANEL;
    }

    static void attention(
            float[] out, int outAt, int outLd, float[] stats, int statsAt,
            float[] qkv, int qAt, int kAt, int vAt, int qkvLd,
            float[] scratch, int positions, int headSize, float scale, boolean rounded) {
        int qT = 2 * PANEL;
        int v = qT + headSize * PANEL;
        int p = v + rows(positions, headSize);
        packRows(scratch, v, qkv, vAt, qkvLd, positions, headSize);
        for (int i = 0; i < positions; i += PANEL) {
            int queries = Math.min(PANEL, positions - i);
            int keys = i + queries;
            packQueries(scratch, qT, qkv, qAt + i * qkvLd, qkvLd, headSize, queries);
            scores(scratch, p, qkv, kAt, qkvLd, scratch, qT, headSize, i, keys);
            VectorSoftmax.forward(scratch, p, 0, i, keys, scale);
            for (int q = 0; q < queries; q++) {
                stats[statsAt + 2 * (i + q)] = scratch[q];
                stats[statsAt + 2 * (i + q) + 1] = scratch[PANEL + q];
            }
            int o = outAt + i * outLd;
            overKeys(out, o, outLd, scratch, p, v, positions, i, queries, headSize);
            VectorSoftmax.timesRows(out, o, outLd, scratch, PANEL, queries, headSize);
            if (rounded) {
                VectorMath.round(out, o, outLd, queries, headSize);
            }
        }
    }

    static void attentionBackward(
            float[] dqkv, float[] dout, int doutAt, int doutLd, float[] stats, int statsAt,
            float[] qkv, int qAt, int kAt, int vAt, int qkvLd,
            float[] scratch, int positions, int headSize, float scale, boolean rounded) {
        int qT = 2 * PANEL;
        int doutT = qT + headSize * PANEL;
        int qRows = doutT + headSize * PANEL;
        int doutRows = qRows + rows(PANEL, headSize);
        int kRows = doutRows + rows(PANEL, headSize);
        int p = kRows + rows(positions, headSize);
        int ds = p + positions * PANEL;
        packRows(scratch, kRows, qkv, kAt, qkvLd, positions, headSize);
        for (int i = 0; i < positions; i += PANEL) {
            int queries = Math.min(PANEL, positions - i);
            int keys = i + queries;
            int q = qAt + i * qkvLd;
            int d = doutAt + i * doutLd;
            packQueries(scratch, qT, qkv, q, qkvLd, headSize, queries);
            packQueries(scratch, doutT, dout, d, doutLd, headSize, queries);
            packRows(scratch, qRows, qkv, q, qkvLd, queries, headSize);
            packRows(scratch, doutRows, dout, d, doutLd, queries, headSize);
            for (int r = 0; r < PANEL; r++) {
                scratch[r] = r < queries ? stats[statsAt + 2 * (i + r)] : 0f;
                scratch[PANEL + r] = r < queries ? stats[statsAt + 2 * (i + r) + 1] : 0f;
            }
            scores(scratch, p, qkv, kAt, qkvLd, scratch, qT, headSize, i, keys);
            scores(scratch, ds, qkv, vAt, qkvLd, scratch, doutT, headSize, i, keys);
            VectorSoftmax.backward(scratch, p, ds, 0, i, keys, scale);
            overKeys(dqkv, q, qkvLd, scratch, ds, kRows, positions, i, queries, headSize);
            overQueries(dqkv, kAt, qkvLd, scratch, ds, qRows, i, keys, queries, headSize);
            overQueries(dqkv, vAt, qkvLd, scratch, p, doutRows, i, keys, queries, headSize);
        }
        if (rounded) {
            VectorMath.round(dqkv, qAt, qkvLd, positions, headSize);
            VectorMath.round(dqkv, kAt, qkvLd, positions, headSize);
            VectorMath.round(dqkv, vAt, qkvLd, positions, headSize);
        }
    }

    /** panel[d][q] = x[q][d]; queries that are not there are 0, and so are their scores. */
    private static void packQueries(float[] scratch, int panelAt, float[] x, int at, int ld, int headSize, int queries) {
        VectorTranspose.pack(scratch, panelAt, x, at, ld, headSize, queries);
        for (int q = queries; q < PANEL; q++) {
            for (int d = 0; d < headSize; d++) {
                scratch[panelAt + d * PANEL + q] = 0f;
            }
        }
    }

    /** Rows of channels as the panels of a packed matrix. */
    private static void packRows(float[] scratch, int panelAt, float[] x, int at, int ld, int rows, int headSize) {
        for (int c = 0; c < headSize; c += PANEL) {
            VectorMatmul.packRows(scratch, panelAt + c * rows, x, at + c, ld, rows, Math.min(PANEL, headSize - c));
        }
    }

    /** s[j][q] = sum over d of x[j][d]*panel[d][q], for keys j of the queries from {@code first} on. */
    private static void scores(
            float[] s, int sAt, float[] x, int xAt, int ld, float[] panel, int panelAt, int headSize, int first, int keys) {
        int rows;
        for (int j = 0; j < keys; j += rows) {
            int from = Math.max(0, (j - first) / TILE * TILE);
            rows = VectorTile.rows(keys - j);
            VectorTile.product(
                    s, sAt + j * PANEL, PANEL, null, 0, 0, x, xAt + j * ld, ld, panel, panelAt, headSize, rows, from, PANEL);
        }
    }

    /** out[q][d] = sum over keys j of p[j][q]*rows[j][d], to the end of q's block. */
    private static void overKeys(
            float[] out, int outAt, int outLd, float[] s, int pAt, int rowsAt, int positions, int first, int queries,
            int headSize) {
        for (int c = 0; c < headSize; c += PANEL) {
            int columns = Math.min(PANEL, headSize - c);
            int q = 0;
            if (VectorBlocksTile.fits(columns)) {
                for (; q <= queries - VectorBlocksTile.ROWS; q += VectorBlocksTile.ROWS) {
                    VectorBlocksTile.transposed(
                            out, outAt + q * outLd + c, outLd, s, pAt + q, s, rowsAt + c * positions, first + q + BLOCK);
                }
            }
            for (; q < queries; q += BLOCK) {
                VectorTransposedTile.product(
                        out, outAt + q * outLd + c, outLd, null, s, pAt + q, s, rowsAt + c * positions,
                        Math.min(first + q + BLOCK, positions), Math.min(BLOCK, queries - q), columns);
            }
        }
    }

    /** dx[j][d] += sum over queries i of p[j][i]*rows[i][d], from the start of j's block on; 0 before. */
    private static void overQueries(
            float[] dx, int dxAt, int ld, float[] s, int pAt, int rowsAt, int first, int keys, int queries, int headSize) {
        for (int c = 0; c < headSize; c += PANEL) {
            int columns = Math.min(PANEL, headSize - c);
            int j = 0;
            if (VectorBlocksTile.fits(columns)) {
                for (; j <= keys - VectorBlocksTile.ROWS; j += VectorBlocksTile.ROWS) {
                    int skip = Math.max(0, j - first);
                    VectorBlocksTile.product(
                            dx, dxAt + j * ld + c, ld, j < first, s, pAt + j * PANEL + skip,
                            s, rowsAt + c * queries + skip * PANEL, j < first ? 0 : BLOCK, queries - skip);
                }
            }
            for (; j < keys; j += BLOCK) {
                int skip = Math.max(0, j - first);
                int o = dxAt + j * ld + c;
                VectorTile.product(
                        dx, o, ld, j >= first ? null : dx, o, ld, s, pAt + j * PANEL + skip, PANEL,
                        s, rowsAt + c * queries + skip * PANEL, queries - skip, Math.min(BLOCK, keys - j), 0, columns);
            }
        }
    }
}
