package org.lilgatsby.kernel;

import static org.lilgatsby.kernel.LaneTree.LANES;

import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import org.lilgatsby.bf16.Bf16;
import org.lilgatsby.bf16.Precision;

/**
 * The specification: every loop written as plainly as its definition. Slow, and simple enough to be checked by reading.
 */
public final class ScalarKernels implements Kernels {
    private static final float SQRT_2_OVER_PI = 0.7978846f;
    private static final float CUBIC = 0.044715f;

    /** exp(-2u) = exp(x*(GATE + GATE_CUBIC*x^2)), with u the argument of gelu_new's tanh. */
    static final float GATE = -2f * SQRT_2_OVER_PI;

    static final float GATE_CUBIC = -2f * SQRT_2_OVER_PI * CUBIC;

    /** d(2u)/dx = SLOPE + SLOPE_CUBIC*x^2. */
    static final float SLOPE = 2f * SQRT_2_OVER_PI;

    static final float SLOPE_CUBIC = 6f * SQRT_2_OVER_PI * CUBIC;

    /** Where x is cut off: beyond, the gate is 0 or 1 to within 1e-33, and nothing overflows. */
    static final float LARGEST = 9.5f;

    @Override
    public String description() {
        return "scalar";
    }

    static float r(boolean rounded, float value) {
        return rounded ? Bf16.round(value) : value;
    }

    @Override
    public PackedMatrix packed(int rows, int columns) {
        return new PackedMatrix(rows, columns, panel(columns));
    }

    @Override
    public long packedBytes(int rows, int columns) {
        return PackedMatrix.bytes(rows, columns, panel(columns));
    }

    private static int panel(int columns) {
        return Math.max(1, columns);
    }

    @Override
    public void pack(PackedMatrix b, float[] w, int at, int ld, boolean transposed, boolean rounded) {
        for (int k = 0; k < b.rows(); k++) {
            for (int n = 0; n < b.columns(); n++) {
                float value = transposed ? w[at + n * ld + k] : w[at + k * ld + n];
                b.values()[b.at(k, n)] = r(rounded, value);
            }
        }
    }

    @Override
    public void multiply(
            float[] out, int outAt, int outLd, float[] residual,
            float[] a, int aAt, int aLd, PackedMatrix b, float[] bias, int biasAt,
            int rows, boolean rounded) {
        for (int i = 0; i < rows; i++) {
            for (int j = 0; j < b.columns(); j++) {
                float sum = bias == null ? 0f : bias[biasAt + j];
                for (int k = 0; k < b.rows(); k++) {
                    sum = Math.fma(a[aAt + i * aLd + k], b.values()[b.at(k, j)], sum);
                }
                int o = outAt + i * outLd + j;
                float value = r(rounded, sum);
                out[o] = residual == null ? value : r(rounded, residual[o] + value);
            }
        }
    }

    @Override
    public void weightGradient(
            float[] dw, int dwAt, int dwLd, float[] x, int xAt, int xLd, float[] dy, int dyAt, int dyLd,
            int positions, int from, int to, int columns, boolean accumulate) {
        for (int i = from; i < to; i++) {
            for (int j = 0; j < columns; j++) {
                int o = dwAt + i * dwLd + j;
                float sum = accumulate ? dw[o] : 0f;
                for (int t = 0; t < positions; t++) {
                    sum = Math.fma(x[xAt + t * xLd + i], dy[dyAt + t * dyLd + j], sum);
                }
                dw[o] = sum;
            }
        }
    }

    @Override
    public void columnSums(
            float[] db, int dbAt, float[] dy, int dyAt, int dyLd, int positions, int from, int to, boolean accumulate) {
        for (int j = from; j < to; j++) {
            float sum = accumulate ? db[dbAt + j] : 0f;
            for (int t = 0; t < positions; t++) {
                sum += dy[dyAt + t * dyLd + j];
            }
            db[dbAt + j] = sum;
        }
    }

    @Override
    public void embed(
            float[] x, int xAt, float[] wte, int wteAt, float[] wpe, int wpeAt,
            int[] ids, int idsAt, int rows, int channels, boolean rounded) {
        for (int t = 0; t < rows; t++) {
            for (int c = 0; c < channels; c++) {
                float sum = wte[wteAt + ids[idsAt + t] * channels + c] + wpe[wpeAt + t * channels + c];
                x[xAt + t * channels + c] = r(rounded, sum);
            }
        }
    }

    @Override
    public void embedBackward(
            float[] dlookup, int dlookupAt, float[] dx, int dxAt, int[] ids, int idsAt,
            int positions, int channels, int from, int to) {
        for (int t = 0; t < positions; t++) {
            for (int c = from; c < to; c++) {
                dlookup[dlookupAt + ids[idsAt + t] * channels + c] += dx[dxAt + t * channels + c];
            }
        }
    }

    @Override
    public void add(float[] target, int targetAt, float[] source, int sourceAt, int n, boolean accumulate) {
        for (int i = 0; i < n; i++) {
            target[targetAt + i] = (accumulate ? target[targetAt + i] : 0f) + source[sourceAt + i];
        }
    }

    @Override
    public void norm(
            float[] out, int outAt, float[] stats, int statsAt, float[] x, int xAt,
            float[] weight, int weightAt, float[] bias, int biasAt,
            int rows, int channels, float eps, boolean centered, boolean rounded) {
        float[] lanes = new float[LANES];
        for (int t = 0; t < rows; t++) {
            int row = xAt + t * channels;
            float mean = 0f;
            if (centered) {
                Arrays.fill(lanes, 0f);
                for (int c = 0; c < channels; c++) {
                    lanes[c % LANES] += x[row + c];
                }
                mean = LaneTree.join(lanes, 0) / channels;
            }
            Arrays.fill(lanes, 0f);
            for (int c = 0; c < channels; c++) {
                float d = x[row + c] - mean;
                lanes[c % LANES] = Math.fma(d, d, lanes[c % LANES]);
            }
            float rstd = 1f / (float) Math.sqrt(LaneTree.join(lanes, 0) / channels + eps);
            stats[statsAt + 2 * t] = mean;
            stats[statsAt + 2 * t + 1] = rstd;
            for (int c = 0; c < channels; c++) {
                float xhat = (x[row + c] - mean) * rstd;
                float value = centered
                        ? Math.fma(xhat, weight[weightAt + c], bias[biasAt + c])
                        : xhat * weight[weightAt + c];
                out[outAt + t * channels + c] = r(rounded, value);
            }
        }
    }

    @Override
    public void normBackward(
            float[] dx, int dxAt, float[] around, float[] dout, int doutAt, float[] x, int xAt,
            float[] stats, int statsAt, float[] weight, int weightAt,
            int rows, int channels, boolean centered, boolean rounded) {
        float[] plain = new float[LANES];
        float[] weighted = new float[LANES];
        for (int t = 0; t < rows; t++) {
            float mean = stats[statsAt + 2 * t];
            float rstd = stats[statsAt + 2 * t + 1];
            int row = t * channels;
            Arrays.fill(plain, 0f);
            Arrays.fill(weighted, 0f);
            for (int c = 0; c < channels; c++) {
                float g = dout[doutAt + row + c] * weight[weightAt + c];
                float xhat = (x[xAt + row + c] - mean) * rstd;
                plain[c % LANES] += g;
                weighted[c % LANES] = Math.fma(g, xhat, weighted[c % LANES]);
            }
            float sumG = centered ? LaneTree.join(plain, 0) / channels : 0f;
            float sumGx = LaneTree.join(weighted, 0) / channels;
            for (int c = 0; c < channels; c++) {
                float g = dout[doutAt + row + c] * weight[weightAt + c];
                float xhat = (x[xAt + row + c] - mean) * rstd;
                float value = r(rounded, rstd * (g - Math.fma(xhat, sumGx, sumG)));
                int o = dxAt + row + c;
                dx[o] = around == null ? value : r(rounded, around[o] + value);
            }
        }
    }

    @Override
    public void normParameterGradient(
            float[] dweight, int dweightAt, float[] dbias, int dbiasAt, float[] dout, int doutAt,
            float[] x, int xAt, float[] stats, int statsAt, int positions, int channels, int from, int to,
            boolean shifted, boolean accumulate) {
        for (int c = from; c < to; c++) {
            float dw = accumulate ? dweight[dweightAt + c] : 0f;
            float db = accumulate && shifted ? dbias[dbiasAt + c] : 0f;
            for (int t = 0; t < positions; t++) {
                float g = dout[doutAt + t * channels + c];
                float xhat = (x[xAt + t * channels + c] - stats[statsAt + 2 * t]) * stats[statsAt + 2 * t + 1];
                dw = Math.fma(g, xhat, dw);
                db += g;
            }
            dweight[dweightAt + c] = dw;
            if (shifted) {
                dbias[dbiasAt + c] = db;
            }
        }
    }

    @Override
    public int attentionExps(int positions) {
        return Math.multiplyExact(positions, positions);
    }

    @Override
    public int attentionScratch(int positions, int headSize) {
        return 2 * positions;
    }

    @Override
    public void attention(
            float[] out, int outAt, int outLd, float[] exps, int expsAt, float[] reciprocals, int reciprocalsAt,
            float[] qkv, int qAt, int kAt, int vAt, int qkvLd,
            float[] scratch, int positions, int headSize, float scale, boolean rounded) {
        for (int i = 0; i < positions; i++) {
            int row = expsAt + i * positions;
            float greatest = Float.NEGATIVE_INFINITY;
            for (int j = 0; j <= i; j++) {
                exps[row + j] = dot(qkv, qAt + i * qkvLd, qkv, kAt + j * qkvLd, headSize);
                greatest = exps[row + j] > greatest ? exps[row + j] : greatest;
            }
            float max = greatest * scale;
            float sum = 0f;
            for (int j = 0; j <= i; j++) {
                exps[row + j] = Exp.exp(Math.fma(exps[row + j], scale, -max));
                sum += exps[row + j];
            }
            float reciprocal = 1f / sum;
            reciprocals[reciprocalsAt + i] = reciprocal;
            int keys = Math.min(blockEnd(i), positions);
            Arrays.fill(exps, row + i + 1, row + keys, 0f);
            for (int d = 0; d < headSize; d++) {
                float value = 0f;
                for (int j = 0; j < keys; j++) {
                    value = Math.fma(exps[row + j], qkv[vAt + j * qkvLd + d], value);
                }
                out[outAt + i * outLd + d] = r(rounded, value * reciprocal);
            }
        }
    }

    private static int blockEnd(int position) {
        return (position / ATTENTION_BLOCK + 1) * ATTENTION_BLOCK;
    }

    private static float dot(float[] a, int aAt, float[] b, int bAt, int n) {
        float sum = 0f;
        for (int d = 0; d < n; d++) {
            sum = Math.fma(a[aAt + d], b[bAt + d], sum);
        }
        return sum;
    }

    @Override
    public void attentionBackward(
            float[] dqkv, float[] dout, int doutAt, int doutLd, float[] exps, int expsAt, float[] reciprocals,
            int reciprocalsAt, float[] qkv, int qAt, int kAt, int vAt, int qkvLd,
            float[] scratch, int positions, int headSize, float scale, boolean rounded) {
        for (int j = 0; j < positions; j++) {
            Arrays.fill(dqkv, kAt + j * qkvLd, kAt + j * qkvLd + headSize, 0f);
            Arrays.fill(dqkv, vAt + j * qkvLd, vAt + j * qkvLd + headSize, 0f);
        }
        for (int i = 0; i < positions; i++) {
            float delta = 0f;
            for (int j = 0; j <= i; j++) {
                float p = exps[expsAt + i * positions + j] * reciprocals[reciprocalsAt + i];
                float dp = dot(dout, doutAt + i * doutLd, qkv, vAt + j * qkvLd, headSize);
                delta = Math.fma(p, dp, delta);
                scratch[j] = p;
                scratch[positions + j] = dp;
            }
            int keys = Math.min(blockEnd(i), positions);
            for (int j = 0; j < keys; j++) {
                float p = j <= i ? scratch[j] : 0f;
                float ds = j <= i ? p * (scratch[positions + j] - delta) * scale : 0f;
                scratch[positions + j] = ds;
                for (int d = 0; d < headSize; d++) {
                    int dk = kAt + j * qkvLd + d;
                    int dv = vAt + j * qkvLd + d;
                    dqkv[dk] = Math.fma(ds, qkv[qAt + i * qkvLd + d], dqkv[dk]);
                    dqkv[dv] = Math.fma(p, dout[doutAt + i * doutLd + d], dqkv[dv]);
                }
            }
            for (int d = 0; d < headSize; d++) {
                float value = 0f;
                for (int j = 0; j < keys; j++) {
                    value = Math.fma(scratch[positions + j], qkv[kAt + j * qkvLd + d], value);
                }
                dqkv[qAt + i * qkvLd + d] = r(rounded, value);
            }
        }
        for (int j = 0; j < positions; j++) {
            for (int d = 0; d < headSize; d++) {
                dqkv[kAt + j * qkvLd + d] = r(rounded, dqkv[kAt + j * qkvLd + d]);
                dqkv[vAt + j * qkvLd + d] = r(rounded, dqkv[vAt + j * qkvLd + d]);
            }
        }
    }

    private static float cut(float x) {
        float atMost = x > LARGEST ? LARGEST : x;
        return atMost < -LARGEST ? -LARGEST : atMost;
    }

    /** exp(-2u) of a cut x; the gate, logistic(2u), is 1/(1 + that). */
    private static float expMinus2u(float cut) {
        return Exp.exp(cut * Math.fma(cut * cut, GATE_CUBIC, GATE));
    }

    @Override
    public void gelu(
            float[] out, int outAt, float[] derivative, int derivativeAt, float[] x, int xAt, int n, boolean rounded) {
        for (int i = 0; i < n; i++) {
            float value = x[xAt + i];
            float cut = cut(value);
            float e = expMinus2u(cut);
            float gate = 1f / (1f + e);
            out[outAt + i] = r(rounded, (value < -LARGEST ? -LARGEST : value) * gate);
            float slope = Math.fma(cut * cut, SLOPE_CUBIC, SLOPE);
            derivative[derivativeAt + i] = Math.fma(cut * gate * (e * gate), slope, gate);
        }
    }

    @Override
    public void geluErf(
            float[] out, int outAt, float[] derivative, int derivativeAt, float[] x, int xAt, int n, boolean rounded) {
        for (int i = 0; i < n; i++) {
            float value = x[xAt + i];
            float above = value < -NormalTail.LARGEST ? -NormalTail.LARGEST : value;
            float cut = above > NormalTail.LARGEST ? NormalTail.LARGEST : above;
            float e = Exp.exp(cut * cut * -0.5f);
            float tail = NormalTail.tail(Math.abs(cut), e);
            float gate = cut < 0f ? tail : 1f - tail;
            out[outAt + i] = r(rounded, above * gate);
            derivative[derivativeAt + i] = Math.fma(cut * NormalTail.DENSITY, e, gate);
        }
    }

    @Override
    public void geluBackward(
            float[] dx, int dxAt, float[] dout, int doutAt, float[] derivative, int derivativeAt, int n,
            boolean rounded) {
        for (int i = 0; i < n; i++) {
            dx[dxAt + i] = r(rounded, dout[doutAt + i] * derivative[derivativeAt + i]);
        }
    }

    @Override
    public void crossEntropy(
            double[] losses, int lossesAt, float[] dlogits, int dlogitsAt, float[] logits, int logitsAt,
            int[] targets, int targetsAt, int rows, int vocabulary, float scale, boolean rounded) {
        float[] lanes = new float[LANES];
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
            float max = Float.NEGATIVE_INFINITY;
            for (int v = 0; v < vocabulary; v++) {
                max = logits[row + v] > max ? logits[row + v] : max;
            }
            Arrays.fill(lanes, 0f);
            for (int v = 0; v < vocabulary; v++) {
                float e = Exp.exp(logits[row + v] - max);
                dlogits[drow + v] = e;
                lanes[v % LANES] += e;
            }
            float sum = LaneTree.join(lanes, 0);
            losses[lossesAt + t] = StrictMath.log(sum) + ((double) max - targetLogit);
            float reciprocal = 1f / sum;
            for (int v = 0; v < vocabulary; v++) {
                float p = dlogits[drow + v] * reciprocal;
                dlogits[drow + v] = r(rounded, (v == target ? p - 1f : p) * scale);
            }
        }
    }

    @Override
    public void crossEntropyOfBf16(
            double[] losses, int lossesAt, float[] dlogits, int dlogitsAt, float[] logits, int logitsAt,
            int[] targets, int targetsAt, int rows, int vocabulary, float scale) {
        float[] lanes = new float[LANES];
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
            float max = Float.NEGATIVE_INFINITY;
            for (int v = 0; v < vocabulary; v++) {
                max = logits[row + v] > max ? logits[row + v] : max;
            }
            Arrays.fill(lanes, 0f);
            for (int v = 0; v < vocabulary; v++) {
                lanes[v % LANES] += Exp.exp(logits[row + v] - max);
            }
            float log = Bf16.round((float) StrictMath.log(Bf16.round(LaneTree.join(lanes, 0))));
            losses[lossesAt + t] = -(double) Bf16.round(logits[row + target] - max - log);
            for (int v = 0; v < vocabulary; v++) {
                float part = Exp.exp(Bf16.round(logits[row + v] - max - log)) * factor;
                dlogits[drow + v] = Bf16.round(v == target ? part - factor : part);
            }
        }
    }

    @Override
    public void joinParts(
            float[] g, int at, float[][] parts, int count, int partsAt, int n, boolean rounded, boolean accumulate) {
        for (int i = 0; i < n; i++) {
            float sum = r(rounded, LaneTree.joinParts(parts, 0, count, partsAt + i));
            g[at + i] = accumulate ? r(rounded, g[at + i] + sum) : sum;
        }
    }

    @Override
    public void round(float[] to, int toAt, float[] x, int at, int n) {
        for (int i = 0; i < n; i++) {
            to[toAt + i] = Bf16.round(x[at + i]);
        }
    }

    @Override
    public void toBf16(MemorySegment to, long toAt, float[] x, int at, int n) {
        for (int i = 0; i < n; i++) {
            to.set(Bf16.STORED, toAt + (long) Short.BYTES * i, Bf16.fromFloat(x[at + i]));
        }
    }

    @Override
    public void differencesToBf16(MemorySegment to, long toAt, float[] x, int at, float[] y, int yAt, int n) {
        for (int i = 0; i < n; i++) {
            to.set(Bf16.STORED, toAt + (long) Short.BYTES * i, Bf16.fromFloat(x[at + i] - y[yAt + i]));
        }
    }

    @Override
    public void differences(MemorySegment to, long toAt, float[] x, int at, float[] y, int yAt, int n) {
        for (int i = 0; i < n; i++) {
            to.set(Precision.STORED_F32, toAt + (long) Float.BYTES * i, x[at + i] - y[yAt + i]);
        }
    }

    @Override
    public float sumOfSquares(float[] x, int at, int n) {
        float[] lanes = new float[LANES];
        for (int i = 0; i < n; i++) {
            lanes[i % LANES] = Math.fma(x[at + i], x[at + i], lanes[i % LANES]);
        }
        return LaneTree.join(lanes, 0);
    }

    @Override
    public void adamwFused(float[] p, float[] m, float[] v, float[] g, int at, int n, AdamWStep s) {
        ScalarOptimizer.adamwFused(p, m, v, g, at, n, s);
    }

    @Override
    public void adamwPerOp(float[] p, float[] m, float[] v, float[] g, int at, int n, AdamWStep s) {
        ScalarOptimizer.adamwPerOp(p, m, v, g, at, n, s);
    }

    @Override
    public void adamwStochastic(float[] p, float[] m, float[] v, float[] g, int at, int n, int tensor, AdamWStep s) {
        ScalarOptimizer.adamwStochastic(p, m, v, g, at, n, 0, tensor, s);
    }

    @Override
    public void adamwKahan(float[] p, float[] c, float[] m, float[] v, float[] g, int at, int n, AdamWStep s) {
        ScalarOptimizer.adamwKahan(p, c, m, v, g, at, n, s);
    }

    @Override
    public void sgd(float[] p, float[] g, int at, int n, AdamWStep s) {
        ScalarOptimizer.sgd(p, g, at, n, s);
    }

    @Override
    public void sgdStochastic(float[] p, float[] g, int at, int n, int tensor, AdamWStep s) {
        ScalarOptimizer.sgdStochastic(p, g, at, n, 0, tensor, s);
    }

    @Override
    public void sgdKahan(float[] p, float[] c, float[] g, int at, int n, AdamWStep s) {
        ScalarOptimizer.sgdKahan(p, c, g, at, n, s);
    }
}
