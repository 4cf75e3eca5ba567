package org.lilgatsby.kernel;

import static org.lilgatsby.kernel.LaneTree.LANES;
import static org.lilgatsby.kernel.VectorWidth.FLOATS;
import static org.lilgatsby.kernel.VectorWidth.LENGTH;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import org.lilgatsby.bf16.Bf16;

/** Layer and root mean square normalisation, forward and backward. */
final class VectorNorm {
    private VectorNorm() {}

    static void norm(
            float[] out, int outAt, float[] stats, int statsAt, float[] x, int xAt,
            float[] weight, int weightAt, float[] bias, int biasAt,
            int rows, int channels, float eps, boolean centered, boolean rounded) {
        for (int t = 0; t < rows; t++) {
            int row = xAt + t * channels;
            int o = outAt + t * channels;
            float mean = centered ? VectorLanes.sum(x, row, channels) / channels : 0f;
            float rstd = 1f / (float) Math.sqrt(VectorLanes.squares(x, row, channels, mean) / channels + eps);
            stats[statsAt + 2 * t] = mean;
            stats[statsAt + 2 * t + 1] = rstd;
            int c = 0;
            for (; c <= channels - LENGTH; c += LENGTH) {
                FloatVector xhat = FloatVector.fromArray(FLOATS, x, row + c).sub(mean).mul(rstd);
                FloatVector w = FloatVector.fromArray(FLOATS, weight, weightAt + c);
                FloatVector value = centered ? xhat.fma(w, FloatVector.fromArray(FLOATS, bias, biasAt + c)) : xhat.mul(w);
                (rounded ? VectorMath.round(value) : value).intoArray(out, o + c);
            }
            for (; c < channels; c++) {
                float xhat = (x[row + c] - mean) * rstd;
                float w = weight[weightAt + c];
                float value = centered ? Math.fma(xhat, w, bias[biasAt + c]) : xhat * w;
                out[o + c] = rounded ? Bf16.round(value) : value;
            }
        }
    }

    static void normBackward(
            float[] dx, int dxAt, float[] around, float[] dout, int doutAt, float[] x, int xAt,
            float[] stats, int statsAt, float[] weight, int weightAt,
            int rows, int channels, boolean centered, boolean rounded) {
        for (int t = 0; t < rows; t++) {
            float mean = stats[statsAt + 2 * t];
            float rstd = stats[statsAt + 2 * t + 1];
            int row = t * channels;
            float sumG = centered ? gradientSum(dout, doutAt + row, weight, weightAt, channels) / channels : 0f;
            float sumGx = weightedSum(dout, doutAt + row, weight, weightAt, x, xAt + row, channels, mean, rstd) / channels;
            int c = 0;
            for (; c <= channels - LENGTH; c += LENGTH) {
                FloatVector g = FloatVector.fromArray(FLOATS, dout, doutAt + row + c)
                        .mul(FloatVector.fromArray(FLOATS, weight, weightAt + c));
                FloatVector xhat = FloatVector.fromArray(FLOATS, x, xAt + row + c).sub(mean).mul(rstd);
                FloatVector projected = xhat.fma(FloatVector.broadcast(FLOATS, sumGx), FloatVector.broadcast(FLOATS, sumG));
                FloatVector value = g.sub(projected).mul(rstd);
                if (rounded) {
                    value = VectorMath.round(value);
                }
                int o = dxAt + row + c;
                if (around != null) {
                    value = FloatVector.fromArray(FLOATS, around, o).add(value);
                    if (rounded) {
                        value = VectorMath.round(value);
                    }
                }
                value.intoArray(dx, o);
            }
            for (; c < channels; c++) {
                float g = dout[doutAt + row + c] * weight[weightAt + c];
                float xhat = (x[xAt + row + c] - mean) * rstd;
                float value = (g - Math.fma(xhat, sumGx, sumG)) * rstd;
                value = rounded ? Bf16.round(value) : value;
                int o = dxAt + row + c;
                if (around != null) {
                    value = around[o] + value;
                    value = rounded ? Bf16.round(value) : value;
                }
                dx[o] = value;
            }
        }
    }

    private static float gradientSum(float[] dout, int doutAt, float[] weight, int weightAt, int n) {
        if (LENGTH == 16) {
            return VectorLanes.join(gradientSum(dout, doutAt, weight, weightAt, n, 0));
        }
        FloatVector halves = gradientSum(dout, doutAt, weight, weightAt, n, 0)
                .add(gradientSum(dout, doutAt, weight, weightAt, n, 8));
        if (LENGTH == 8) {
            return VectorLanes.join(halves);
        }
        return VectorLanes.join(halves.add(gradientSum(dout, doutAt, weight, weightAt, n, 4)
                .add(gradientSum(dout, doutAt, weight, weightAt, n, 12))));
    }

    private static FloatVector gradientSum(float[] dout, int doutAt, float[] weight, int weightAt, int n, int lane) {
        FloatVector sum = FloatVector.zero(FLOATS);
        for (int i = lane; i < n; i += LANES) {
            VectorMask<Float> mask = FLOATS.indexInRange(i, n);
            FloatVector g = FloatVector.fromArray(FLOATS, dout, doutAt + i, mask)
                    .mul(FloatVector.fromArray(FLOATS, weight, weightAt + i, mask));
            sum = sum.blend(sum.add(g), mask);
        }
        return sum;
    }

    private static float weightedSum(
            float[] dout, int doutAt, float[] weight, int weightAt, float[] x, int xAt, int n, float mean, float rstd) {
        if (LENGTH == 16) {
            return VectorLanes.join(weightedSum(dout, doutAt, weight, weightAt, x, xAt, n, mean, rstd, 0));
        }
        FloatVector halves = weightedSum(dout, doutAt, weight, weightAt, x, xAt, n, mean, rstd, 0)
                .add(weightedSum(dout, doutAt, weight, weightAt, x, xAt, n, mean, rstd, 8));
        if (LENGTH == 8) {
            return VectorLanes.join(halves);
        }
        return VectorLanes.join(halves.add(weightedSum(dout, doutAt, weight, weightAt, x, xAt, n, mean, rstd, 4)
                .add(weightedSum(dout, doutAt, weight, weightAt, x, xAt, n, mean, rstd, 12))));
    }

    private static FloatVector weightedSum(
            float[] dout, int doutAt, float[] weight, int weightAt, float[] x, int xAt, int n, float mean, float rstd,
            int lane) {
        FloatVector sum = FloatVector.zero(FLOATS);
        for (int i = lane; i < n; i += LANES) {
            VectorMask<Float> mask = FLOATS.indexInRange(i, n);
            FloatVector g = FloatVector.fromArray(FLOATS, dout, doutAt + i, mask)
                    .mul(FloatVector.fromArray(FLOATS, weight, weightAt + i, mask));
            FloatVector xhat = FloatVector.fromArray(FLOATS, x, xAt + i, mask).sub(mean).mul(rstd);
            sum = sum.blend(g.fma(xhat, sum), mask);
        }
        return sum;
    }

    static void normParameterGradient(
            float[] dweight, int dweightAt, float[] dbias, int dbiasAt, float[] dout, int doutAt,
            float[] x, int xAt, float[] stats, int statsAt, int positions, int channels, int from, int to,
            boolean centered, boolean accumulate) {
        for (int c = from; c < to; c += LENGTH) {
            VectorMask<Float> mask = FLOATS.indexInRange(c, to);
            FloatVector dw = FloatVector.zero(FLOATS);
            FloatVector db = dw;
            if (accumulate) {
                dw = FloatVector.fromArray(FLOATS, dweight, dweightAt + c, mask);
            }
            if (accumulate && centered) {
                db = FloatVector.fromArray(FLOATS, dbias, dbiasAt + c, mask);
            }
            for (int t = 0; t < positions; t++) {
                FloatVector g = FloatVector.fromArray(FLOATS, dout, doutAt + t * channels + c, mask);
                FloatVector xhat = FloatVector.fromArray(FLOATS, x, xAt + t * channels + c, mask)
                        .sub(stats[statsAt + 2 * t])
                        .mul(stats[statsAt + 2 * t + 1]);
                dw = g.fma(xhat, dw);
                db = db.add(g);
            }
            dw.intoArray(dweight, dweightAt + c, mask);
            if (centered) {
                db.intoArray(dbias, dbiasAt + c, mask);
            }
        }
    }
}
