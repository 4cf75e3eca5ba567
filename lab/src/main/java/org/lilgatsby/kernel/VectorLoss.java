package org.lilgatsby.kernel;

import static org.lilgatsby.kernel.CacheLine.ALIGNED_OFFSET;
import static org.lilgatsby.kernel.LaneTree.LANES;
import static org.lilgatsby.kernel.VectorWidth.FLOATS;
import static org.lilgatsby.kernel.VectorWidth.LENGTH;

import java.util.Arrays;
import jdk.incubator.vector.FloatVector;
import org.lilgatsby.bf16.Bf16;

/** Softmax cross-entropy and its gradient. */
final class VectorLoss {
    /** Logits processed at a time, few enough to stay in the first-level cache. */
    private static final int BLOCK = 2048;

    private VectorLoss() {}

    static void crossEntropy(
            double[] losses, int lossesAt, float[] dlogits, int dlogitsAt, float[] logits, int logitsAt,
            int[] targets, int targetsAt, int rows, int vocabulary, float scale, boolean rounded) {
        int block = Math.max(1, BLOCK / vocabulary);
        for (int t = 0; t < rows; t += block) {
            int n = Math.min(block, rows - t);
            int drow = dlogitsAt + t * vocabulary;
            exps(
                    losses, lossesAt + t, dlogits, drow, logits, logitsAt + t * vocabulary, targets, targetsAt + t, n,
                    vocabulary);
            gradients(losses, lossesAt + t, dlogits, drow, targets, targetsAt + t, n, vocabulary, scale);
            if (rounded) {
                VectorRows.round(dlogits, drow, vocabulary, n, vocabulary);
            }
        }
    }

    /** dlogits = exp(logits - max); losses = max - the target's logit. */
    private static void exps(
            double[] losses, int lossesAt, float[] dlogits, int dlogitsAt, float[] logits, int logitsAt,
            int[] targets, int targetsAt, int rows, int vocabulary) {
        float[] lanes = VectorScratch.atLeast(LANES);
        for (int t = 0; t < rows; t++) {
            int row = logitsAt + t * vocabulary;
            int target = targets[targetsAt + t];
            float max = VectorLanes.max(lanes, logits, row, vocabulary);
            losses[lossesAt + t] = target < 0 ? 0 : (double) max - logits[row + target];
            minus(dlogits, dlogitsAt + t * vocabulary, logits, row, max, vocabulary);
        }
        VectorMath.expUpToZero(dlogits, dlogitsAt, rows * vocabulary);
    }

    /** dlogits = (dlogits/sum - onehot)*scale; losses += log(sum). */
    private static void gradients(
            double[] losses, int lossesAt, float[] dlogits, int dlogitsAt, int[] targets, int targetsAt,
            int rows, int vocabulary, float scale) {
        float[] lanes = VectorScratch.atLeast(LANES);
        for (int t = 0; t < rows; t++) {
            int row = dlogitsAt + t * vocabulary;
            int target = targets[targetsAt + t];
            if (target < 0) {
                Arrays.fill(dlogits, row, row + vocabulary, 0f);
                continue;
            }
            float sum = VectorLanes.sum(lanes, dlogits, row, vocabulary);
            losses[lossesAt + t] += StrictMath.log(sum);
            float reciprocal = 1f / sum;
            float atTarget = (dlogits[row + target] * reciprocal - 1f) * scale;
            times(dlogits, row, reciprocal, scale, vocabulary);
            dlogits[row + target] = atTarget;
        }
    }

    static void crossEntropyOfBf16(
            double[] losses, int lossesAt, float[] dlogits, int dlogitsAt, float[] logits, int logitsAt,
            int[] targets, int targetsAt, int rows, int vocabulary, float scale) {
        float[] scratch = VectorScratch.atLeast(LANES + vocabulary); // lanes, then exps
        int exps = ALIGNED_OFFSET + LANES;
        float factor = Bf16.round(scale);
        for (int t = 0; t < rows; t++) {
            int row = logitsAt + t * vocabulary;
            int drow = dlogitsAt + t * vocabulary;
            int target = targets[targetsAt + t];
            if (target < 0) {
                losses[lossesAt + t] = 0;
                Arrays.fill(dlogits, drow, drow + vocabulary, 0f);
                continue;
            }
            minus(dlogits, drow, logits, row, VectorLanes.max(scratch, logits, row, vocabulary), vocabulary);
            System.arraycopy(dlogits, drow, scratch, exps, vocabulary);
            VectorMath.expUpToZero(scratch, exps, vocabulary);
            float sum = Bf16.round(VectorLanes.sum(scratch, scratch, exps, vocabulary));
            minus(dlogits, drow, dlogits, drow, Bf16.round((float) StrictMath.log(sum)), vocabulary);
            VectorMath.round(dlogits, drow, vocabulary);
            losses[lossesAt + t] = -(double) dlogits[drow + target];
            VectorMath.expUpToZero(dlogits, drow, vocabulary);
            times(dlogits, drow, factor, 1f, vocabulary);
            dlogits[drow + target] -= factor;
            VectorMath.round(dlogits, drow, vocabulary);
        }
    }

    private static void minus(float[] out, int outAt, float[] x, int xAt, float max, int n) {
        int i = 0;
        for (; i <= n - LENGTH; i += LENGTH) {
            FloatVector.fromArray(FLOATS, x, xAt + i).sub(max).intoArray(out, outAt + i);
        }
        for (; i < n; i++) {
            out[outAt + i] = x[xAt + i] - max;
        }
    }

    private static void times(float[] x, int at, float first, float second, int n) {
        int i = at;
        for (; i <= at + n - LENGTH; i += LENGTH) {
            FloatVector.fromArray(FLOATS, x, i).mul(first).mul(second).intoArray(x, i);
        }
        for (; i < at + n; i++) {
            x[i] = x[i] * first * second;
        }
    }
}
