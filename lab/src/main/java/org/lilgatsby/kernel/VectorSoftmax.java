package org.lilgatsby.kernel;

import static org.lilgatsby.kernel.VectorAttention.QUERIES;
import static org.lilgatsby.kernel.VectorWidth.FLOATS;
import static org.lilgatsby.kernel.VectorWidth.LENGTH;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;

/**
 * Causal softmax of scores stored as s[key][query], a panel of queries from position {@code first} on. Each
 * vector of queries goes over its keys in ascending order, to the last key of its last query. Maxima of the
 * panel's queries stand at {@code stats}, reciprocal sums behind them.
 */
final class VectorSoftmax {
    private VectorSoftmax() {}

    /** Scores to exp(fma(score, scale, -max)), masked pairs to 0; sets maxima and reciprocal sums. */
    static void forward(float[] s, int at, int stats, int first, int keys, float scale) {
        for (int c = 0; c < QUERIES; c += LENGTH) {
            maxima(s, at + c, stats + c, first + c, Math.min(keys, first + c + LENGTH), scale);
        }
        arguments(s, at, stats, first, keys, scale);
        for (int c = 0; c < QUERIES; c += LENGTH) {
            reciprocalSums(s, at + c, stats + QUERIES + c, Math.min(keys, first + c + LENGTH));
        }
    }

    /** Scores to probabilities, dp to ds = p*(dp - sum of p*dp)*scale, masked pairs to 0. */
    static void backward(float[] s, int p, int dp, int stats, int first, int keys, float scale) {
        arguments(s, p, stats, first, keys, scale);
        for (int c = 0; c < QUERIES; c += LENGTH) {
            int last = Math.min(keys, first + c + LENGTH);
            probabilities(s, p + c, dp + c, stats + QUERIES + c, first + c, last);
            gradients(s, p + c, dp + c, stats + c, first + c, last, scale);
        }
    }

    private static void maxima(float[] s, int at, int max, int first, int keys, float scale) {
        FloatVector query = FloatVector.zero(FLOATS).addIndex(1);
        FloatVector greatest = FloatVector.broadcast(FLOATS, Float.NEGATIVE_INFINITY);
        for (int j = 0; j < keys; j++) {
            FloatVector score = FloatVector.fromArray(FLOATS, s, at + j * QUERIES);
            if (j > first) {
                score = score.blend(Float.NEGATIVE_INFINITY, query.compare(VectorOperators.LT, j - first));
            }
            greatest = greatest.blend(score, score.compare(VectorOperators.GT, greatest));
        }
        greatest.mul(scale).intoArray(s, max);
    }

    /** exp of the scores less their maxima, whole vectors, masked pairs and all; then masked pairs to 0. */
    private static void arguments(float[] s, int at, int max, int first, int keys, float scale) {
        for (int c = 0; c < QUERIES; c += LENGTH) {
            minusMax(s, at + c, max + c, first + c, Math.min(keys, first + c + LENGTH), scale);
        }
        VectorMath.exp(s, at, Math.min(keys, first + 1) * QUERIES);
        for (int j = first + 1; j < keys; j++) {
            int from = (j - first) / LENGTH * LENGTH;
            VectorMath.exp(s, at + j * QUERIES + from, QUERIES - from);
        }
    }

    private static void minusMax(float[] s, int at, int max, int first, int keys, float scale) {
        FloatVector query = FloatVector.zero(FLOATS).addIndex(1);
        FloatVector factor = FloatVector.broadcast(FLOATS, scale);
        FloatVector minus = FloatVector.fromArray(FLOATS, s, max).neg();
        for (int j = 0; j < keys; j++) {
            FloatVector argument = FloatVector.fromArray(FLOATS, s, at + j * QUERIES).fma(factor, minus);
            if (j > first) {
                argument = argument.blend(Float.NEGATIVE_INFINITY, query.compare(VectorOperators.LT, j - first));
            }
            argument.intoArray(s, at + j * QUERIES);
        }
    }

    private static void reciprocalSums(float[] s, int at, int reciprocal, int keys) {
        FloatVector sum = FloatVector.zero(FLOATS);
        for (int j = 0; j < keys; j++) {
            sum = sum.add(FloatVector.fromArray(FLOATS, s, at + j * QUERIES));
        }
        FloatVector.broadcast(FLOATS, 1f).div(sum).intoArray(s, reciprocal);
    }

    /** exps times reciprocals; the sums of p*dp go where the maxima were, in front of the reciprocals. */
    private static void probabilities(float[] s, int pAt, int dpAt, int reciprocal, int first, int keys) {
        FloatVector query = FloatVector.zero(FLOATS).addIndex(1);
        FloatVector factor = FloatVector.fromArray(FLOATS, s, reciprocal);
        FloatVector sum = FloatVector.zero(FLOATS);
        for (int j = 0; j < keys; j++) {
            FloatVector p = FloatVector.fromArray(FLOATS, s, pAt + j * QUERIES).mul(factor);
            FloatVector next = p.fma(FloatVector.fromArray(FLOATS, s, dpAt + j * QUERIES), sum);
            if (j > first) {
                VectorMask<Float> masked = query.compare(VectorOperators.LT, j - first);
                p = p.blend(0f, masked);
                next = next.blend(sum, masked);
            }
            p.intoArray(s, pAt + j * QUERIES);
            sum = next;
        }
        sum.intoArray(s, reciprocal - QUERIES);
    }

    private static void gradients(float[] s, int pAt, int dpAt, int sums, int first, int keys, float scale) {
        FloatVector query = FloatVector.zero(FLOATS).addIndex(1);
        FloatVector sum = FloatVector.fromArray(FLOATS, s, sums);
        for (int j = 0; j < keys; j++) {
            FloatVector p = FloatVector.fromArray(FLOATS, s, pAt + j * QUERIES);
            FloatVector ds = p.mul(FloatVector.fromArray(FLOATS, s, dpAt + j * QUERIES).sub(sum)).mul(scale);
            if (j > first) {
                ds = ds.blend(0f, query.compare(VectorOperators.LT, j - first));
            }
            ds.intoArray(s, dpAt + j * QUERIES);
        }
    }

    /** out[r][c] *= factors[r]. */
    static void timesRows(float[] out, int outAt, int ld, float[] factors, int factorsAt, int rows, int columns) {
        for (int r = 0; r < rows; r++) {
            float factor = factors[factorsAt + r];
            int row = outAt + r * ld;
            int c = 0;
            for (; c <= columns - LENGTH; c += LENGTH) {
                FloatVector.fromArray(FLOATS, out, row + c).mul(factor).intoArray(out, row + c);
            }
            for (; c < columns; c++) {
                out[row + c] *= factor;
            }
        }
    }
}
