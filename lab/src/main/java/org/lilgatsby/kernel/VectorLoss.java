package org.lilgatsby.kernel;

import static org.lilgatsby.kernel.LaneTree.LANES;
import static org.lilgatsby.kernel.VectorWidth.FLOATS;
import static org.lilgatsby.kernel.VectorWidth.LENGTH;

import java.util.Arrays;
import jdk.incubator.vector.FloatVector;

/** Softmax cross-entropy and its gradient. */
final class VectorLoss {
    private VectorLoss() {}

    static void crossEntropy(
            double[] losses, int lossesAt, float[] dlogits, int dlogitsAt, float[] logits, int logitsAt,
            int[] targets, int targetsAt, int rows, int vocabulary, float scale, boolean rounded) {
        float[] lanes = VectorScratch.atLeast(LANES);
        for (int t = 0; t < rows; t++) {
            int row = logitsAt + t * vocabulary;
            int drow = dlogitsAt + t * vocabulary;
            int target = targets[targetsAt + t];
            if (target < 0) {
                losses[lossesAt + t] = 0;
                Arrays.fill(dlogits, drow, drow + vocabulary, 0f);
                continue;
            }
            float targetLogit = logits[row + target];
            float max = VectorLanes.max(lanes, logits, row, vocabulary);
            minus(dlogits, drow, logits, row, max, vocabulary);
            VectorMath.exp(dlogits, drow, vocabulary);
            float sum = VectorLanes.sum(lanes, dlogits, drow, vocabulary);
            losses[lossesAt + t] = StrictMath.log(sum) + ((double) max - targetLogit);
            float reciprocal = 1f / sum;
            float atTarget = (dlogits[drow + target] * reciprocal - 1f) * scale;
            times(dlogits, drow, reciprocal, scale, vocabulary);
            dlogits[drow + target] = atTarget;
            if (rounded) {
                VectorMath.round(dlogits, drow, vocabulary);
            }
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
