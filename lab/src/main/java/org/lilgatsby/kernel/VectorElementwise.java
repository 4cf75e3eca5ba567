package org.lilgatsby.kernel;

import static org.lilgatsby.kernel.VectorWidth.FLOATS;
import static org.lilgatsby.kernel.VectorWidth.LENGTH;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import org.lilgatsby.bf16.Bf16;

/** Loops without sums across elements; what is left after the last whole vector is the specification's. */
final class VectorElementwise {
    private static final ScalarKernels SCALAR = new ScalarKernels();

    private VectorElementwise() {}

    /** x[i] = r(x[i]). */
    static void round(float[] x, int at, int n) {
        int end = at + n;
        int i = at;
        for (; i <= end - LENGTH; i += LENGTH) {
            VectorMath.round(FloatVector.fromArray(FLOATS, x, i)).intoArray(x, i);
        }
        for (; i < end; i++) {
            x[i] = Bf16.round(x[i]);
        }
    }

    static void add(float[] target, int targetAt, float[] source, int sourceAt, int n, boolean accumulate) {
        int i = 0;
        for (; i <= n - LENGTH; i += LENGTH) {
            FloatVector base = accumulate ? FloatVector.fromArray(FLOATS, target, targetAt + i) : FloatVector.zero(FLOATS);
            base.add(FloatVector.fromArray(FLOATS, source, sourceAt + i)).intoArray(target, targetAt + i);
        }
        SCALAR.add(target, targetAt + i, source, sourceAt + i, n - i, accumulate);
    }

    static void embed(
            float[] x, int xAt, float[] wte, int wteAt, float[] wpe, int wpeAt,
            int[] ids, int idsAt, int rows, int channels, boolean rounded) {
        for (int t = 0; t < rows; t++) {
            int row = xAt + t * channels;
            int token = wteAt + ids[idsAt + t] * channels;
            int position = wpeAt + t * channels;
            int c = 0;
            for (; c <= channels - LENGTH; c += LENGTH) {
                FloatVector sum = FloatVector.fromArray(FLOATS, wte, token + c).add(FloatVector.fromArray(FLOATS, wpe, position + c));
                (rounded ? VectorMath.round(sum) : sum).intoArray(x, row + c);
            }
            for (; c < channels; c++) {
                float sum = wte[token + c] + wpe[position + c];
                x[row + c] = rounded ? Bf16.round(sum) : sum;
            }
        }
    }

    static void embedBackward(
            float[] dlookup, int dlookupAt, float[] dx, int dxAt, int[] ids, int idsAt,
            int positions, int channels, int from, int to) {
        for (int t = 0; t < positions; t++) {
            int token = dlookupAt + ids[idsAt + t] * channels + from;
            add(dlookup, token, dx, dxAt + t * channels + from, to - from, true);
        }
    }

    static void gelu(float[] out, int outAt, float[] x, int xAt, int n, boolean rounded) {
        int i = 0;
        for (; i <= n - LENGTH; i += LENGTH) {
            FloatVector value = FloatVector.fromArray(FLOATS, x, xAt + i);
            FloatVector result = value.mul(gate(value, square(value)));
            (rounded ? VectorMath.round(result) : result).intoArray(out, outAt + i);
        }
        SCALAR.gelu(out, outAt + i, x, xAt + i, n - i, rounded);
    }

    static void geluBackward(float[] dx, int dxAt, float[] dout, int doutAt, float[] x, int xAt, int n, boolean rounded) {
        int i = 0;
        for (; i <= n - LENGTH; i += LENGTH) {
            FloatVector value = FloatVector.fromArray(FLOATS, x, xAt + i);
            FloatVector square = square(value);
            FloatVector gate = gate(value, square);
            FloatVector slope = square.fma(
                    FloatVector.broadcast(FLOATS, ScalarKernels.SLOPE_CUBIC), FloatVector.broadcast(FLOATS, ScalarKernels.SLOPE));
            FloatVector one = FloatVector.broadcast(FLOATS, 1f);
            FloatVector derivative = value.mul(gate).mul(one.sub(gate)).fma(slope, gate);
            FloatVector result = FloatVector.fromArray(FLOATS, dout, doutAt + i).mul(derivative);
            (rounded ? VectorMath.round(result) : result).intoArray(dx, dxAt + i);
        }
        SCALAR.geluBackward(dx, dxAt + i, dout, doutAt + i, x, xAt + i, n - i, rounded);
    }

    private static FloatVector square(FloatVector x) {
        FloatVector square = x.mul(x);
        VectorMask<Float> large = square.compare(VectorOperators.GT, ScalarKernels.LARGEST_SQUARE);
        return square.blend(ScalarKernels.LARGEST_SQUARE, large);
    }

    private static FloatVector gate(FloatVector x, FloatVector square) {
        FloatVector exponent = x.mul(square.fma(
                FloatVector.broadcast(FLOATS, ScalarKernels.GATE_CUBIC), FloatVector.broadcast(FLOATS, ScalarKernels.GATE)));
        FloatVector one = FloatVector.broadcast(FLOATS, 1f);
        return one.div(one.add(VectorMath.exp(exponent)));
    }

    /** Slots of a tree of 8 that hold no part hold -0, which no sum sees. */
    static void joinParts(
            float[] g, int at, float[][] parts, int count, int partsAt, int n, boolean rounded, boolean accumulate) {
        int i = 0;
        if (count <= 8) {
            FloatVector none = FloatVector.broadcast(FLOATS, -0f);
            for (; i <= n - LENGTH; i += LENGTH) {
                int p = partsAt + i;
                FloatVector p0 = FloatVector.fromArray(FLOATS, parts[0], p);
                FloatVector p1 = count > 1 ? FloatVector.fromArray(FLOATS, parts[1], p) : none;
                FloatVector p2 = count > 2 ? FloatVector.fromArray(FLOATS, parts[2], p) : none;
                FloatVector p3 = count > 3 ? FloatVector.fromArray(FLOATS, parts[3], p) : none;
                FloatVector p4 = count > 4 ? FloatVector.fromArray(FLOATS, parts[4], p) : none;
                FloatVector p5 = count > 5 ? FloatVector.fromArray(FLOATS, parts[5], p) : none;
                FloatVector p6 = count > 6 ? FloatVector.fromArray(FLOATS, parts[6], p) : none;
                FloatVector p7 = count > 7 ? FloatVector.fromArray(FLOATS, parts[7], p) : none;
                FloatVector sum = p0.add(p1).add(p2.add(p3)).add(p4.add(p5).add(p6.add(p7)));
                if (rounded) {
                    sum = VectorMath.round(sum);
                }
                if (accumulate) {
                    sum = FloatVector.fromArray(FLOATS, g, at + i).add(sum);
                    if (rounded) {
                        sum = VectorMath.round(sum);
                    }
                }
                sum.intoArray(g, at + i);
            }
        }
        SCALAR.joinParts(g, at + i, parts, count, partsAt + i, n - i, rounded, accumulate);
    }
}
