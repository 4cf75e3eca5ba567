package org.lilgatsby.kernel;

import static org.lilgatsby.kernel.VectorWidth.FLOATS;
import static org.lilgatsby.kernel.VectorWidth.LENGTH;

import java.util.Arrays;
import jdk.incubator.vector.FloatVector;
import org.lilgatsby.bf16.Bf16;

/** Softmax cross-entropy and its gradient. */
final class VectorLoss {
    private VectorLoss() {}

    static void crossEntropy(
            double[] losses, int lossesAt, float[] dlogits, int dlogitsAt, float[] logits, int logitsAt,
            int[] targets, int targetsAt, int rows, int vocabulary, float scale, boolean rounded) {
        for (int t = 0; t < rows; t++) {
            int drow = dlogitsAt + t * vocabulary;
            int target = targets[targetsAt + t];
            if (target < 0) {
                losses[lossesAt + t] = 0;
                Arrays.fill(dlogits, drow, drow + vocabulary, 0f);
            } else {
                losses[lossesAt + t] =
                        row(dlogits, drow, logits, logitsAt + t * vocabulary, target, vocabulary, scale, rounded);
            }
        }
    }

    private static double row(
            float[] dlogits, int dlogitsAt, float[] logits, int logitsAt, int target, int vocabulary,
            float scale, boolean rounded) {
        float targetLogit = logits[logitsAt + target];
        float max = VectorLanes.max(logits, logitsAt, vocabulary);
        int v = 0;
        for (; v <= vocabulary - LENGTH; v += LENGTH) {
            VectorMath.exp(FloatVector.fromArray(FLOATS, logits, logitsAt + v).sub(max)).intoArray(dlogits, dlogitsAt + v);
        }
        for (; v < vocabulary; v++) {
            dlogits[dlogitsAt + v] = Exp.exp(logits[logitsAt + v] - max);
        }
        float sum = VectorLanes.sum(dlogits, dlogitsAt, vocabulary);
        float reciprocal = 1f / sum;
        float atTarget = (dlogits[dlogitsAt + target] * reciprocal - 1f) * scale;
        for (v = 0; v <= vocabulary - LENGTH; v += LENGTH) {
            FloatVector value = FloatVector.fromArray(FLOATS, dlogits, dlogitsAt + v).mul(reciprocal).mul(scale);
            (rounded ? VectorMath.round(value) : value).intoArray(dlogits, dlogitsAt + v);
        }
        for (; v < vocabulary; v++) {
            float value = dlogits[dlogitsAt + v] * reciprocal * scale;
            dlogits[dlogitsAt + v] = rounded ? Bf16.round(value) : value;
        }
        dlogits[dlogitsAt + target] = rounded ? Bf16.round(atTarget) : atTarget;
        return StrictMath.log(sum) + ((double) max - targetLogit);
    }
}
