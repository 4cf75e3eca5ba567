package org.lilgatsby.kernel;

import static org.lilgatsby.kernel.CacheLine.ALIGNED_OFFSET;
import static org.lilgatsby.kernel.ScalarKernels.GATE;
import static org.lilgatsby.kernel.ScalarKernels.GATE_CUBIC;
import static org.lilgatsby.kernel.ScalarKernels.LARGEST;
import static org.lilgatsby.kernel.ScalarKernels.SLOPE;
import static org.lilgatsby.kernel.ScalarKernels.SLOPE_CUBIC;
import static org.lilgatsby.kernel.VectorWidth.FLOATS;
import static org.lilgatsby.kernel.VectorWidth.LENGTH;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;

/**
 * gelu_new and its gradient, chunk by chunk: first the argument of exp, within 78 of 0 since x is cut off; then exp;
 * then the results.
 */
final class VectorGelu {
    private static final ScalarKernels SCALAR = new ScalarKernels();
    private static final int CHUNK = 1024;

    private VectorGelu() {}

    static void gelu(
            float[] out, int outAt, float[] derivative, int derivativeAt, float[] x, int xAt, int n, boolean rounded) {
        float[] e = VectorScratch.atLeast(CHUNK);
        int whole = n - n % LENGTH;
        for (int i = 0; i < whole; i += CHUNK) {
            int length = Math.min(CHUNK, whole - i);
            exponents(e, x, xAt + i, length);
            VectorMath.expWithin(e, ALIGNED_OFFSET, length);
            gated(out, outAt + i, derivative, derivativeAt + i, e, x, xAt + i, length);
        }
        SCALAR.gelu(out, outAt + whole, derivative, derivativeAt + whole, x, xAt + whole, n - whole, false);
        if (rounded) {
            VectorRows.round(out, outAt, n, 1, n);
        }
    }

    static void geluBackward(
            float[] dx, int dxAt, float[] dout, int doutAt, float[] derivative, int derivativeAt, int n,
            boolean rounded) {
        if (rounded) {
            VectorMath.roundProduct(dx, dxAt, dout, doutAt, derivative, derivativeAt, n);
            return;
        }
        int i = 0;
        for (; i <= n - LENGTH; i += LENGTH) {
            FloatVector.fromArray(FLOATS, dout, doutAt + i)
                    .mul(FloatVector.fromArray(FLOATS, derivative, derivativeAt + i))
                    .intoArray(dx, dxAt + i);
        }
        SCALAR.geluBackward(dx, dxAt + i, dout, doutAt + i, derivative, derivativeAt + i, n - i, false);
    }

    private static void exponents(float[] e, float[] x, int xAt, int n) {
        for (int i = 0; i < n; i += LENGTH) {
            FloatVector cut = FloatVector.fromArray(FLOATS, x, xAt + i);
            cut = cut.blend(LARGEST, cut.compare(VectorOperators.GT, LARGEST));
            cut = cut.blend(-LARGEST, cut.compare(VectorOperators.LT, -LARGEST));
            FloatVector factor = cut.mul(cut).fma(
                    FloatVector.broadcast(FLOATS, GATE_CUBIC), FloatVector.broadcast(FLOATS, GATE));
            cut.mul(factor).intoArray(e, ALIGNED_OFFSET + i);
        }
    }

    private static void gated(
            float[] out, int outAt, float[] derivative, int derivativeAt, float[] e, float[] x, int xAt, int n) {
        FloatVector one = FloatVector.broadcast(FLOATS, 1f);
        for (int i = 0; i < n; i += LENGTH) {
            FloatVector value = FloatVector.fromArray(FLOATS, x, xAt + i);
            value = value.blend(-LARGEST, value.compare(VectorOperators.LT, -LARGEST));
            FloatVector cut = value.blend(LARGEST, value.compare(VectorOperators.GT, LARGEST));
            FloatVector exp = FloatVector.fromArray(FLOATS, e, ALIGNED_OFFSET + i);
            FloatVector gate = one.div(one.add(exp));
            value.mul(gate).intoArray(out, outAt + i);
            FloatVector slope = cut.mul(cut).fma(
                    FloatVector.broadcast(FLOATS, SLOPE_CUBIC), FloatVector.broadcast(FLOATS, SLOPE));
            cut.mul(gate).mul(exp.mul(gate)).fma(slope, gate).intoArray(derivative, derivativeAt + i);
        }
    }
}
