package org.lilgatsby.kernel;

import static org.lilgatsby.kernel.PackedMatrix.PANEL;
import static org.lilgatsby.kernel.VectorWidth.FLOATS;
import static org.lilgatsby.kernel.VectorWidth.LENGTH;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import org.lilgatsby.bf16.Bf16;

/**
 * Causal attention of one head with queries across lanes: a panel of {@link PackedMatrix#PANEL} queries at a time, its scores
 * stored as [key][query], so that softmax needs no sum across lanes and every product is a tile of
 * {@link VectorTile} or {@link VectorTransposedTile}.
 */
final class VectorAttention {
    private static final int BLOCK = Kernels.ATTENTION_BLOCK;

    private VectorAttention() {}

    /** Two panels [HS][PANEL] and two [HS][PANEL] by panels of channels, two [T][PANEL], maxima and reciprocals. */
    static int scratch(int positions, int headSize) {
        return 2 * panel(headSize) + 2 * packed(headSize) + 2 * positions * PANEL + 2 * PANEL;
    }

    private static int panel(int headSize) {
        return headSize * PANEL;
    }

    private static int packed(int headSize) {
        return Math.ceilDiv(headSize, PANEL) * PANEL * PANEL;
    }

    static void attention(
            float[] out, int outAt, int outLd, float[] stats, int statsAt,
            float[] qkv, int qAt, int kAt, int vAt, int qkvLd,
            float[] scratch, int positions, int headSize, float scale, boolean rounded) {
        int pAt = panel(headSize);
        int statistics = pAt + positions * PANEL;
        for (int i = 0; i < positions; i += PANEL) {
            int queries = Math.min(PANEL, positions - i);
            int keys = i + queries;
            packQueries(scratch, 0, qkv, qAt + i * qkvLd, qkvLd, headSize, queries);
            scores(scratch, pAt, qkv, kAt, qkvLd, scratch, 0, headSize, keys);
            softmax(scratch, pAt, statistics, i, keys, scale);
            for (int q = 0; q < queries; q++) {
                stats[statsAt + 2 * (i + q)] = scratch[statistics + q];
                stats[statsAt + 2 * (i + q) + 1] = scratch[statistics + PANEL + q];
            }
            overKeys(out, outAt + i * outLd, outLd, scratch, pAt, qkv, vAt, qkvLd, i, keys, queries, headSize);
            for (int q = 0; q < queries; q++) {
                scale(out, outAt + (i + q) * outLd, headSize, scratch[statistics + PANEL + q], rounded);
            }
        }
    }

    /** panel[d][q] = x[q][d]; queries that are not there are 0, and so are their scores. */
    private static void packQueries(float[] scratch, int panelAt, float[] x, int at, int ld, int headSize, int queries) {
        VectorMatmul.packTransposed(scratch, panelAt, x, at, ld, headSize, queries);
        for (int q = queries; q < PANEL; q++) {
            for (int d = 0; d < headSize; d++) {
                scratch[panelAt + d * PANEL + q] = 0f;
            }
        }
    }

    /** s[j][q] = sum over d of x[j][d]*panel[d][q], for j < keys. */
    private static void scores(
            float[] s, int sAt, float[] x, int xAt, int ld, float[] panel, int panelAt, int headSize, int keys) {
        for (int j = 0; j < keys; j += VectorTile.ROWS) {
            VectorTile.rowsByPanel(
                    s, sAt + j * PANEL, PANEL, null, 0, 0, x, xAt + j * ld, ld, panel, panelAt, headSize,
                    Math.min(VectorTile.ROWS, keys - j), PANEL);
        }
    }

    /** Scores [key][query] of queries from {@code first} on to exp(score - max), their maxima and reciprocal sums. */
    private static void softmax(float[] s, int sAt, int statistics, int first, int keys, float scale) {
        for (int c = 0; c < PANEL; c += LENGTH) {
            FloatVector greatest = FloatVector.broadcast(FLOATS, Float.NEGATIVE_INFINITY);
            FloatVector query = FloatVector.zero(FLOATS).addIndex(1).add(c);
            for (int j = 0; j < keys; j++) {
                FloatVector score = FloatVector.fromArray(FLOATS, s, sAt + j * PANEL + c);
                if (j > first) {
                    score = score.blend(Float.NEGATIVE_INFINITY, query.compare(VectorOperators.LT, j - first));
                    score.intoArray(s, sAt + j * PANEL + c);
                }
                greatest = greatest.blend(score, score.compare(VectorOperators.GT, greatest));
            }
            FloatVector max = greatest.mul(scale);
            FloatVector minusMax = max.neg();
            FloatVector sum = FloatVector.zero(FLOATS);
            for (int j = 0; j < keys; j++) {
                int at = sAt + j * PANEL + c;
                FloatVector e = VectorMath.exp(
                        FloatVector.fromArray(FLOATS, s, at).fma(FloatVector.broadcast(FLOATS, scale), minusMax));
                e.intoArray(s, at);
                sum = sum.add(e);
            }
            max.intoArray(s, statistics + c);
            FloatVector.broadcast(FLOATS, 1f).div(sum).intoArray(s, statistics + PANEL + c);
        }
    }

    /** out[q][d] = sum over keys j of p[j][q]*x[j][d], to the end of q's block. */
    private static void overKeys(
            float[] out, int outAt, int outLd, float[] p, int pAt, float[] x, int xAt, int ld,
            int first, int keys, int queries, int headSize) {
        for (int q = 0; q < queries; q += BLOCK) {
            int rows = Math.min(BLOCK, queries - q);
            VectorTransposedTile.product(
                    out, outAt + q * outLd, outLd, null, p, pAt + q, PANEL, x, xAt, ld,
                    Math.min(first + q + BLOCK, keys), rows, headSize);
        }
    }

    private static void scale(float[] x, int at, int n, float factor, boolean rounded) {
        int i = at;
        for (; i <= at + n - LENGTH; i += LENGTH) {
            FloatVector value = FloatVector.fromArray(FLOATS, x, i).mul(factor);
            (rounded ? VectorMath.round(value) : value).intoArray(x, i);
        }
        for (; i < at + n; i++) {
            x[i] = rounded ? Bf16.round(x[i] * factor) : x[i] * factor;
        }
    }

    static void attentionBackward(
            float[] dqkv, float[] dout, int doutAt, int doutLd, float[] stats, int statsAt,
            float[] qkv, int qAt, int kAt, int vAt, int qkvLd,
            float[] scratch, int positions, int headSize, float scale, boolean rounded) {
        int doutPanel = panel(headSize);
        int qRows = doutPanel + panel(headSize);
        int doutRows = qRows + packed(headSize);
        int pAt = doutRows + packed(headSize);
        int dsAt = pAt + positions * PANEL;
        int statistics = dsAt + positions * PANEL;
        for (int i = 0; i < positions; i += PANEL) {
            int queries = Math.min(PANEL, positions - i);
            int keys = i + queries;
            int q = qAt + i * qkvLd;
            int d = doutAt + i * doutLd;
            packQueries(scratch, 0, qkv, q, qkvLd, headSize, queries);
            packQueries(scratch, doutPanel, dout, d, doutLd, headSize, queries);
            packRows(scratch, qRows, qkv, q, qkvLd, queries, headSize);
            packRows(scratch, doutRows, dout, d, doutLd, queries, headSize);
            for (int r = 0; r < PANEL; r++) {
                scratch[statistics + r] = r < queries ? stats[statsAt + 2 * (i + r)] : 0f;
                scratch[statistics + PANEL + r] = r < queries ? stats[statsAt + 2 * (i + r) + 1] : 0f;
            }
            scores(scratch, pAt, qkv, kAt, qkvLd, scratch, 0, headSize, keys);
            scores(scratch, dsAt, qkv, vAt, qkvLd, scratch, doutPanel, headSize, keys);
            softmaxBackward(scratch, pAt, dsAt, statistics, i, keys, scale);
            overKeys(dqkv, q, qkvLd, scratch, dsAt, qkv, kAt, qkvLd, i, keys, queries, headSize);
            overQueries(dqkv, kAt, qkvLd, scratch, dsAt, qRows, i, keys, queries, headSize);
            overQueries(dqkv, vAt, qkvLd, scratch, pAt, doutRows, i, keys, queries, headSize);
        }
        if (rounded) {
            for (int t = 0; t < positions; t++) {
                VectorElementwise.round(dqkv, qAt + t * qkvLd, headSize);
                VectorElementwise.round(dqkv, kAt + t * qkvLd, headSize);
                VectorElementwise.round(dqkv, vAt + t * qkvLd, headSize);
            }
        }
    }

    /** Rows of channels as panels of a packed matrix of {@code rows} rows. */
    private static void packRows(float[] scratch, int panelAt, float[] x, int at, int ld, int rows, int headSize) {
        for (int c = 0; c < headSize; c += PANEL) {
            VectorMatmul.packRows(scratch, panelAt + c * PANEL, x, at + c, ld, rows, Math.min(PANEL, headSize - c));
        }
    }

    /** Scores to probabilities, dp to ds, in place. */
    private static void softmaxBackward(float[] s, int pAt, int dsAt, int statistics, int first, int keys, float scale) {
        for (int c = 0; c < PANEL; c += LENGTH) {
            FloatVector minusMax = FloatVector.fromArray(FLOATS, s, statistics + c).neg();
            FloatVector reciprocal = FloatVector.fromArray(FLOATS, s, statistics + PANEL + c);
            FloatVector query = FloatVector.zero(FLOATS).addIndex(1).add(c);
            FloatVector delta = FloatVector.zero(FLOATS);
            for (int j = 0; j < keys; j++) {
                int at = j * PANEL + c;
                FloatVector p = VectorMath.exp(
                                FloatVector.fromArray(FLOATS, s, pAt + at).fma(FloatVector.broadcast(FLOATS, scale), minusMax))
                        .mul(reciprocal);
                FloatVector sum = p.fma(FloatVector.fromArray(FLOATS, s, dsAt + at), delta);
                if (j > first) {
                    VectorMask<Float> masked = query.compare(VectorOperators.LT, j - first);
                    p = p.blend(0f, masked);
                    sum = sum.blend(delta, masked);
                }
                delta = sum;
                p.intoArray(s, pAt + at);
            }
            for (int j = 0; j < keys; j++) {
                int at = j * PANEL + c;
                FloatVector dp = FloatVector.fromArray(FLOATS, s, dsAt + at);
                FloatVector ds = FloatVector.fromArray(FLOATS, s, pAt + at).mul(dp.sub(delta)).mul(scale);
                if (j > first) {
                    ds = ds.blend(0f, query.compare(VectorOperators.LT, j - first));
                }
                ds.intoArray(s, dsAt + at);
            }
        }
    }

    /** dx[j][d] += sum over queries i of p[j][i]*rows[i][d], from the start of j's block on; 0 before. */
    private static void overQueries(
            float[] dx, int dxAt, int ld, float[] s, int pAt, int rowsAt, int first, int keys, int queries, int headSize) {
        for (int c = 0; c < headSize; c += PANEL) {
            int columns = Math.min(PANEL, headSize - c);
            for (int j = 0; j < keys; j += BLOCK) {
                int skip = Math.max(0, j - first);
                int o = dxAt + j * ld + c;
                VectorTile.rowsByPanel(
                        dx, o, ld, j >= first ? null : dx, o, ld, s, pAt + j * PANEL + skip, PANEL,
                        s, rowsAt + c * PANEL + skip * PANEL, queries - skip, Math.min(BLOCK, keys - j), columns);
            }
        }
    }
}
