package org.lilgatsby.kernel;

import static org.lilgatsby.kernel.VectorAttention.QUERIES;
import static org.lilgatsby.kernel.VectorTile.FARTHEST;
import static org.lilgatsby.kernel.VectorWidth.FLOATS;
import static org.lilgatsby.kernel.VectorWidth.LENGTH;
import static org.lilgatsby.kernel.VectorWidth.PAIR;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;

/**
 * Causal softmax of scores stored as s[key][query], for {@link VectorAttention#QUERIES} queries from position
 * {@code first} on. A pair of vectors of queries runs over its keys in ascending order, to the last key of its last
 * query: a pair of 256-bit vectors is a cache line, and two sums hide some of each other's latency. Keys that all of
 * its queries see come first, without a mask; their indices are clamped for the JIT's sake, as in the tiles.
 * {@code stats} is where the queries' maxima or sums of p*dp begin; their reciprocal sums follow.
 */
final class VectorSoftmax {
    private VectorSoftmax() {}

    /** Scores to exp(fma(score, scale, -max)), masked pairs to 0; sets maxima and reciprocal sums. */
    static void forward(float[] s, int at, float[] stats, int statsAt, int first, int keys, float scale) {
        for (int c = 0; c < QUERIES; c += PAIR) {
            int last = Math.min(keys, first + c + PAIR);
            maxima(s, at + c, stats, statsAt + c, first + c, last, scale);
            minusMax(s, at + c, stats, statsAt + c, first + c, last, scale);
        }
        exps(s, at, first, keys);
        for (int c = 0; c < QUERIES; c += PAIR) {
            reciprocalSums(s, at + c, stats, statsAt + QUERIES + c, Math.min(keys, first + c + PAIR));
        }
    }

    /**
     * Exps to p = exp*reciprocal sum, dp to ds = p*(dp - sum of p*dp)*scale, masked pairs to 0; sets the sums of p*dp.
     */
    static void backward(
            float[] exps, int expsAt, float[] s, int p, int dp, int stats, int first, int keys, float scale) {
        for (int c = 0; c < QUERIES; c += PAIR) {
            int last = Math.min(keys, first + c + PAIR);
            probabilities(exps, expsAt + c, s, p + c, dp + c, stats + QUERIES + c, first + c, last);
            gradients(s, p + c, dp + c, stats + c, first + c, last, scale);
        }
    }

    private static void maxima(
            float[] s, int at, float[] stats, int max, int first, int keys, float scale) {
        FloatVector query = FloatVector.zero(FLOATS).addIndex(1);
        FloatVector greatest0 = FloatVector.broadcast(FLOATS, Float.NEGATIVE_INFINITY);
        FloatVector greatest1 = greatest0;
        int from = Math.clamp(at, 0, FARTHEST);
        int seen = seen(first, keys);
        for (int j = 0; j < seen; j++) {
            FloatVector score0 = FloatVector.fromArray(FLOATS, s, from + j * QUERIES);
            FloatVector score1 = FloatVector.fromArray(FLOATS, s, from + j * QUERIES + LENGTH);
            greatest0 = greatest0.blend(score0, score0.compare(VectorOperators.GT, greatest0));
            greatest1 = greatest1.blend(score1, score1.compare(VectorOperators.GT, greatest1));
        }
        for (int j = seen; j < keys; j++) {
            FloatVector score0 = FloatVector.fromArray(FLOATS, s, at + j * QUERIES)
                    .blend(Float.NEGATIVE_INFINITY, query.compare(VectorOperators.LT, j - first));
            FloatVector score1 = FloatVector.fromArray(FLOATS, s, at + j * QUERIES + LENGTH)
                    .blend(Float.NEGATIVE_INFINITY, query.compare(VectorOperators.LT, j - first - LENGTH));
            greatest0 = greatest0.blend(score0, score0.compare(VectorOperators.GT, greatest0));
            greatest1 = greatest1.blend(score1, score1.compare(VectorOperators.GT, greatest1));
        }
        greatest0.mul(scale).intoArray(stats, max);
        greatest1.mul(scale).intoArray(stats, max + LENGTH);
    }

    /**
     * exp of the scores less their maxima, whole pairs of vectors; masked pairs become exp(-infinity), 0. The maximum
     * is rounded after scaling, so that arguments of huge scores may be large and positive.
     */
    private static void exps(float[] s, int at, int first, int keys) {
        VectorMath.exp(s, at, Math.min(keys, first + 1) * QUERIES);
        for (int j = first + 1; j < keys; j++) {
            int from = (j - first) / PAIR * PAIR;
            VectorMath.exp(s, at + j * QUERIES + from, QUERIES - from);
        }
    }

    private static void minusMax(
            float[] s, int at, float[] stats, int max, int first, int keys, float scale) {
        FloatVector query = FloatVector.zero(FLOATS).addIndex(1);
        FloatVector factor = FloatVector.broadcast(FLOATS, scale);
        FloatVector minus0 = FloatVector.fromArray(FLOATS, stats, max).neg();
        FloatVector minus1 = FloatVector.fromArray(FLOATS, stats, max + LENGTH).neg();
        int from = Math.clamp(at, 0, FARTHEST);
        int seen = seen(first, keys);
        for (int j = 0; j < seen; j++) {
            int row = from + j * QUERIES;
            FloatVector.fromArray(FLOATS, s, row).fma(factor, minus0).intoArray(s, row);
            FloatVector.fromArray(FLOATS, s, row + LENGTH).fma(factor, minus1).intoArray(s, row + LENGTH);
        }
        for (int j = seen; j < keys; j++) {
            int row = at + j * QUERIES;
            FloatVector.fromArray(FLOATS, s, row)
                    .fma(factor, minus0)
                    .blend(Float.NEGATIVE_INFINITY, query.compare(VectorOperators.LT, j - first))
                    .intoArray(s, row);
            FloatVector.fromArray(FLOATS, s, row + LENGTH)
                    .fma(factor, minus1)
                    .blend(Float.NEGATIVE_INFINITY, query.compare(VectorOperators.LT, j - first - LENGTH))
                    .intoArray(s, row + LENGTH);
        }
    }

    private static void reciprocalSums(float[] s, int at, float[] stats, int reciprocal, int keys) {
        FloatVector sum0 = FloatVector.zero(FLOATS);
        FloatVector sum1 = sum0;
        for (int j = 0; j < keys; j++) {
            sum0 = sum0.add(FloatVector.fromArray(FLOATS, s, at + j * QUERIES));
            sum1 = sum1.add(FloatVector.fromArray(FLOATS, s, at + j * QUERIES + LENGTH));
        }
        FloatVector one = FloatVector.broadcast(FLOATS, 1f);
        one.div(sum0).intoArray(stats, reciprocal);
        one.div(sum1).intoArray(stats, reciprocal + LENGTH);
    }

    /** Exps times reciprocals; the sums of p*dp are stored before the reciprocals. */
    private static void probabilities(
            float[] exps, int expsAt, float[] s, int pAt, int dpAt, int reciprocal, int first, int keys) {
        FloatVector query = FloatVector.zero(FLOATS).addIndex(1);
        FloatVector factor0 = FloatVector.fromArray(FLOATS, s, reciprocal);
        FloatVector factor1 = FloatVector.fromArray(FLOATS, s, reciprocal + LENGTH);
        FloatVector sum0 = FloatVector.zero(FLOATS);
        FloatVector sum1 = sum0;
        int e = Math.clamp(expsAt, 0, FARTHEST);
        int p = Math.clamp(pAt, 0, FARTHEST);
        int dp = Math.clamp(dpAt, 0, FARTHEST);
        int seen = seen(first, keys);
        for (int j = 0; j < seen; j++) {
            int row = j * QUERIES;
            FloatVector p0 = FloatVector.fromArray(FLOATS, exps, e + row).mul(factor0);
            FloatVector p1 = FloatVector.fromArray(FLOATS, exps, e + row + LENGTH).mul(factor1);
            sum0 = p0.fma(FloatVector.fromArray(FLOATS, s, dp + row), sum0);
            sum1 = p1.fma(FloatVector.fromArray(FLOATS, s, dp + row + LENGTH), sum1);
            p0.intoArray(s, p + row);
            p1.intoArray(s, p + row + LENGTH);
        }
        for (int j = seen; j < keys; j++) {
            int row = j * QUERIES;
            VectorMask<Float> masked0 = query.compare(VectorOperators.LT, j - first);
            VectorMask<Float> masked1 = query.compare(VectorOperators.LT, j - first - LENGTH);
            FloatVector p0 = FloatVector.fromArray(FLOATS, exps, expsAt + row).mul(factor0);
            FloatVector p1 = FloatVector.fromArray(FLOATS, exps, expsAt + row + LENGTH).mul(factor1);
            sum0 = p0.fma(FloatVector.fromArray(FLOATS, s, dpAt + row), sum0).blend(sum0, masked0);
            sum1 = p1.fma(FloatVector.fromArray(FLOATS, s, dpAt + row + LENGTH), sum1).blend(sum1, masked1);
            p0.blend(0f, masked0).intoArray(s, pAt + row);
            p1.blend(0f, masked1).intoArray(s, pAt + row + LENGTH);
        }
        sum0.intoArray(s, reciprocal - QUERIES);
        sum1.intoArray(s, reciprocal - QUERIES + LENGTH);
    }

    private static void gradients(float[] s, int pAt, int dpAt, int sums, int first, int keys, float scale) {
        FloatVector query = FloatVector.zero(FLOATS).addIndex(1);
        FloatVector sum0 = FloatVector.fromArray(FLOATS, s, sums);
        FloatVector sum1 = FloatVector.fromArray(FLOATS, s, sums + LENGTH);
        int p = Math.clamp(pAt, 0, FARTHEST);
        int dp = Math.clamp(dpAt, 0, FARTHEST);
        int seen = seen(first, keys);
        for (int j = 0; j < seen; j++) {
            int row = j * QUERIES;
            FloatVector ds0 = FloatVector.fromArray(FLOATS, s, dp + row).sub(sum0);
            FloatVector ds1 = FloatVector.fromArray(FLOATS, s, dp + row + LENGTH).sub(sum1);
            FloatVector.fromArray(FLOATS, s, p + row).mul(ds0).mul(scale).intoArray(s, dp + row);
            FloatVector.fromArray(FLOATS, s, p + row + LENGTH).mul(ds1).mul(scale).intoArray(s, dp + row + LENGTH);
        }
        for (int j = seen; j < keys; j++) {
            int row = j * QUERIES;
            FloatVector ds0 = FloatVector.fromArray(FLOATS, s, dpAt + row).sub(sum0);
            FloatVector ds1 = FloatVector.fromArray(FLOATS, s, dpAt + row + LENGTH).sub(sum1);
            FloatVector.fromArray(FLOATS, s, pAt + row)
                    .mul(ds0)
                    .mul(scale)
                    .blend(0f, query.compare(VectorOperators.LT, j - first))
                    .intoArray(s, dpAt + row);
            FloatVector.fromArray(FLOATS, s, pAt + row + LENGTH)
                    .mul(ds1)
                    .mul(scale)
                    .blend(0f, query.compare(VectorOperators.LT, j - first - LENGTH))
                    .intoArray(s, dpAt + row + LENGTH);
        }
    }

    /**
     * Number of keys that every query of a pair of vectors sees, {@code first} being the first query: those before it,
     * and its own.
     */
    private static int seen(int first, int keys) {
        return Math.clamp(first + 1, 0, Math.clamp(keys, 0, VectorTile.MOST_TERMS));
    }
}
