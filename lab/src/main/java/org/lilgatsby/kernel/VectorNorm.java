package org.lilgatsby.kernel;

import static org.lilgatsby.kernel.CacheLine.ALIGNED_OFFSET;
import static org.lilgatsby.kernel.LaneTree.LANES;
import static org.lilgatsby.kernel.VectorLanes.PAIRS;
import static org.lilgatsby.kernel.VectorLanes.STRIDE;
import static org.lilgatsby.kernel.VectorWidth.FLOATS;
import static org.lilgatsby.kernel.VectorWidth.LENGTH;

import jdk.incubator.vector.FloatVector;

/**
 * Layer and root mean square normalisation, forward and backward. Lanes of all rows are summed before any are joined:
 * each join is a chain of dependent operations, and joins side by side overlap their latencies.
 */
final class VectorNorm {
    private static final ScalarKernels SCALAR = new ScalarKernels();

    private VectorNorm() {}

    static void norm(
            float[] out, int outAt, float[] stats, int statsAt, float[] x, int xAt,
            float[] weight, int weightAt, float[] bias, int biasAt,
            int rows, int channels, float eps, boolean centered, boolean rounded) {
        float[] lanes = VectorScratch.atLeast(LANES * rows);
        for (int t = 0; t < rows && centered; t++) {
            VectorLanes.addUp(lanes, ALIGNED_OFFSET + t * LANES, x, xAt + t * channels, channels);
        }
        for (int t = 0; t < rows; t++) {
            stats[statsAt + 2 * t] = centered ? VectorLanes.join(lanes, ALIGNED_OFFSET + t * LANES) / channels : 0f;
        }
        for (int t = 0; t < rows; t++) {
            VectorLanes.addUpSquares(
                    lanes, ALIGNED_OFFSET + t * LANES, x, xAt + t * channels, channels, stats[statsAt + 2 * t]);
        }
        for (int t = 0; t < rows; t++) {
            float squares = VectorLanes.join(lanes, ALIGNED_OFFSET + t * LANES);
            stats[statsAt + 2 * t + 1] = 1f / (float) Math.sqrt(squares / channels + eps);
        }
        for (int t = 0; t < rows; t++) {
            affine(
                    out, outAt + t * channels, x, xAt + t * channels, stats[statsAt + 2 * t],
                    stats[statsAt + 2 * t + 1], weight, weightAt, centered ? bias : null, biasAt, channels);
        }
        if (rounded) {
            VectorRows.round(out, outAt, channels, rows, channels);
        }
    }

    private static void affine(
            float[] out, int outAt, float[] x, int xAt, float mean, float rstd,
            float[] weight, int weightAt, float[] bias, int biasAt, int n) {
        int c = 0;
        for (; c <= n - LENGTH; c += LENGTH) {
            FloatVector xhat = FloatVector.fromArray(FLOATS, x, xAt + c).sub(mean).mul(rstd);
            FloatVector w = FloatVector.fromArray(FLOATS, weight, weightAt + c);
            if (bias != null) {
                xhat.fma(w, FloatVector.fromArray(FLOATS, bias, biasAt + c)).intoArray(out, outAt + c);
            } else {
                xhat.mul(w).intoArray(out, outAt + c);
            }
        }
        for (; c < n; c++) {
            float xhat = (x[xAt + c] - mean) * rstd;
            out[outAt + c] = bias != null
                    ? Math.fma(xhat, weight[weightAt + c], bias[biasAt + c])
                    : xhat * weight[weightAt + c];
        }
    }

    static void normBackward(
            float[] dx, int dxAt, float[] around, float[] dout, int doutAt, float[] x, int xAt,
            float[] stats, int statsAt, float[] weight, int weightAt,
            int rows, int channels, boolean centered, boolean rounded) {
        float[] lanes = VectorScratch.atLeast(2 * LANES * rows);
        for (int t = 0; t < rows; t++) {
            int row = t * channels;
            gradientLanes(
                    lanes, ALIGNED_OFFSET + 2 * LANES * t, dout, doutAt + row, weight, weightAt, x, xAt + row,
                    stats[statsAt + 2 * t], stats[statsAt + 2 * t + 1], channels);
        }
        for (int t = 0; t < rows; t++) {
            int sums = ALIGNED_OFFSET + 2 * LANES * t;
            float plain = centered ? VectorLanes.join(lanes, sums) / channels : 0f;
            lanes[sums + 1] = VectorLanes.join(lanes, sums + LANES) / channels;
            lanes[sums] = plain;
        }
        for (int t = 0; t < rows; t++) {
            int row = t * channels;
            projected(
                    dx, dxAt + row, dout, doutAt + row, weight, weightAt, x, xAt + row,
                    stats[statsAt + 2 * t], stats[statsAt + 2 * t + 1],
                    lanes[ALIGNED_OFFSET + 2 * LANES * t], lanes[ALIGNED_OFFSET + 2 * LANES * t + 1], channels);
        }
        if (rounded) {
            VectorRows.round(dx, dxAt, channels, rows, channels);
        }
        if (around != null && rounded) {
            VectorRows.roundSum(dx, dxAt, around, dxAt, rows * channels);
        } else if (around != null) {
            VectorElementwise.add(dx, dxAt, around, dxAt, rows * channels, true);
        }
    }

    /** Lanes of sum(g) and, after them, of sum(g*xhat). */
    private static void gradientLanes(
            float[] lanes, int lanesAt, float[] dout, int doutAt, float[] weight, int weightAt, float[] x, int xAt,
            float mean, float rstd, int n) {
        int whole = n - n % LANES;
        for (int lane = 0; lane < LANES; lane += STRIDE) {
            FloatVector plain0 = FloatVector.zero(FLOATS);
            FloatVector plain1 = plain0;
            FloatVector weighted0 = plain0;
            FloatVector weighted1 = plain0;
            for (int c = lane; c < whole; c += LANES) {
                FloatVector g0 = FloatVector.fromArray(FLOATS, dout, doutAt + c)
                        .mul(FloatVector.fromArray(FLOATS, weight, weightAt + c));
                plain0 = plain0.add(g0);
                weighted0 = g0.fma(FloatVector.fromArray(FLOATS, x, xAt + c).sub(mean).mul(rstd), weighted0);
                if (PAIRS) {
                    FloatVector g1 = FloatVector.fromArray(FLOATS, dout, doutAt + c + LENGTH)
                            .mul(FloatVector.fromArray(FLOATS, weight, weightAt + c + LENGTH));
                    plain1 = plain1.add(g1);
                    weighted1 = g1.fma(
                            FloatVector.fromArray(FLOATS, x, xAt + c + LENGTH).sub(mean).mul(rstd), weighted1);
                }
            }
            plain0.intoArray(lanes, lanesAt + lane);
            weighted0.intoArray(lanes, lanesAt + LANES + lane);
            if (PAIRS) {
                plain1.intoArray(lanes, lanesAt + lane + LENGTH);
                weighted1.intoArray(lanes, lanesAt + LANES + lane + LENGTH);
            }
        }
        for (int c = whole; c < n; c++) {
            int lane = lanesAt + c - whole;
            float g = dout[doutAt + c] * weight[weightAt + c];
            lanes[lane] += g;
            lanes[LANES + lane] = Math.fma(g, (x[xAt + c] - mean) * rstd, lanes[LANES + lane]);
        }
    }

    /** rstd*(g - (sumG + xhat*sumGx)). */
    private static void projected(
            float[] out, int outAt, float[] dout, int doutAt, float[] weight, int weightAt, float[] x, int xAt,
            float mean, float rstd, float sumG, float sumGx, int n) {
        FloatVector g1 = FloatVector.broadcast(FLOATS, sumG);
        FloatVector gx = FloatVector.broadcast(FLOATS, sumGx);
        int c = 0;
        for (; c <= n - LENGTH; c += LENGTH) {
            FloatVector g = FloatVector.fromArray(FLOATS, dout, doutAt + c)
                    .mul(FloatVector.fromArray(FLOATS, weight, weightAt + c));
            FloatVector xhat = FloatVector.fromArray(FLOATS, x, xAt + c).sub(mean).mul(rstd);
            g.sub(xhat.fma(gx, g1)).mul(rstd).intoArray(out, outAt + c);
        }
        for (; c < n; c++) {
            float g = dout[doutAt + c] * weight[weightAt + c];
            float xhat = (x[xAt + c] - mean) * rstd;
            out[outAt + c] = rstd * (g - Math.fma(xhat, sumGx, sumG));
        }
    }

    static void normParameterGradient(
            float[] dweight, int dweightAt, float[] dbias, int dbiasAt, float[] dout, int doutAt,
            float[] x, int xAt, float[] stats, int statsAt, int positions, int channels, int from, int to,
            boolean shifted, boolean accumulate) {
        int c = from;
        for (; c <= to - 2 * LENGTH; c += 2 * LENGTH) {
            FloatVector zero = FloatVector.zero(FLOATS);
            FloatVector dw0 = accumulate ? FloatVector.fromArray(FLOATS, dweight, dweightAt + c) : zero;
            FloatVector dw1 = accumulate ? FloatVector.fromArray(FLOATS, dweight, dweightAt + c + LENGTH) : zero;
            FloatVector db0 = accumulate && shifted ? FloatVector.fromArray(FLOATS, dbias, dbiasAt + c) : zero;
            FloatVector db1 = accumulate && shifted
                    ? FloatVector.fromArray(FLOATS, dbias, dbiasAt + c + LENGTH)
                    : zero;
            for (int t = 0; t < positions; t++) {
                int i = t * channels + c;
                float mean = stats[statsAt + 2 * t];
                float rstd = stats[statsAt + 2 * t + 1];
                FloatVector g0 = FloatVector.fromArray(FLOATS, dout, doutAt + i);
                FloatVector g1 = FloatVector.fromArray(FLOATS, dout, doutAt + i + LENGTH);
                dw0 = g0.fma(FloatVector.fromArray(FLOATS, x, xAt + i).sub(mean).mul(rstd), dw0);
                dw1 = g1.fma(FloatVector.fromArray(FLOATS, x, xAt + i + LENGTH).sub(mean).mul(rstd), dw1);
                db0 = db0.add(g0);
                db1 = db1.add(g1);
            }
            dw0.intoArray(dweight, dweightAt + c);
            dw1.intoArray(dweight, dweightAt + c + LENGTH);
            if (shifted) {
                db0.intoArray(dbias, dbiasAt + c);
                db1.intoArray(dbias, dbiasAt + c + LENGTH);
            }
        }
        for (; c <= to - LENGTH; c += LENGTH) {
            FloatVector dw = FloatVector.zero(FLOATS);
            FloatVector db = FloatVector.zero(FLOATS);
            if (accumulate) {
                dw = FloatVector.fromArray(FLOATS, dweight, dweightAt + c);
                if (shifted) {
                    db = FloatVector.fromArray(FLOATS, dbias, dbiasAt + c);
                }
            }
            for (int t = 0; t < positions; t++) {
                FloatVector g = FloatVector.fromArray(FLOATS, dout, doutAt + t * channels + c);
                FloatVector xhat = FloatVector.fromArray(FLOATS, x, xAt + t * channels + c)
                        .sub(stats[statsAt + 2 * t])
                        .mul(stats[statsAt + 2 * t + 1]);
                dw = g.fma(xhat, dw);
                db = db.add(g);
            }
            dw.intoArray(dweight, dweightAt + c);
            if (shifted) {
                db.intoArray(dbias, dbiasAt + c);
            }
        }
        SCALAR.normParameterGradient(
                dweight, dweightAt, dbias, dbiasAt, dout, doutAt, x, xAt, stats, statsAt, positions, channels, c, to,
                shifted, accumulate);
    }
}
