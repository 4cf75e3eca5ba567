package org.lilgatsby.kernel;

import static org.lilgatsby.kernel.CacheLine.ALIGNED_OFFSET;
import static org.lilgatsby.kernel.NormalTail.LARGEST;
import static org.lilgatsby.kernel.VectorWidth.FLOATS;
import static org.lilgatsby.kernel.VectorWidth.LENGTH;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;

/**
 * gelu by erf, and its gradient, chunk by chunk: first the argument of exp, from -78.2 to 0 since x is cut off; then
 * exp; then the tail of the distribution; then the results.
 */
final class VectorGeluErf {
    private static final ScalarKernels SCALAR = new ScalarKernels();
    private static final int CHUNK = 1024;

    private VectorGeluErf() {}

    static void gelu(
            float[] out, int outAt, float[] derivative, int derivativeAt, float[] x, int xAt, int n, boolean rounded) {
        float[] scratch = VectorScratch.atLeast(2 * CHUNK);
        int whole = n - n % LENGTH;
        for (int i = 0; i < whole; i += CHUNK) {
            int length = Math.min(CHUNK, whole - i);
            exponents(scratch, x, xAt + i, length);
            VectorMath.expWithin(scratch, ALIGNED_OFFSET, length);
            tails(scratch, x, xAt + i, length);
            gated(out, outAt + i, derivative, derivativeAt + i, scratch, x, xAt + i, length);
        }
        SCALAR.geluErf(out, outAt + whole, derivative, derivativeAt + whole, x, xAt + whole, n - whole, false);
        if (rounded) {
            VectorRows.round(out, outAt, n, 1, n);
        }
    }

    private static void exponents(float[] e, float[] x, int xAt, int n) {
        for (int i = 0; i < n; i += LENGTH) {
            FloatVector cut = FloatVector.fromArray(FLOATS, x, xAt + i);
            cut = cut.blend(-LARGEST, cut.compare(VectorOperators.LT, -LARGEST));
            cut = cut.blend(LARGEST, cut.compare(VectorOperators.GT, LARGEST));
            cut.mul(cut).mul(-0.5f).intoArray(e, ALIGNED_OFFSET + i);
        }
    }

    /** The tails, CHUNK after the exps in the scratch memory. */
    private static void tails(float[] scratch, float[] x, int xAt, int n) {
        FloatVector one = FloatVector.broadcast(FLOATS, 1f);
        for (int i = 0; i < n; i += LENGTH) {
            FloatVector a = FloatVector.fromArray(FLOATS, x, xAt + i).abs();
            a = a.blend(LARGEST, a.compare(VectorOperators.GT, LARGEST));
            FloatVector w = one.div(a.add(NormalTail.SHIFT));
            FloatVector q = w.fma(FloatVector.broadcast(FLOATS, -2f * NormalTail.SHIFT), one);
            FloatVector y = q.fma(
                    FloatVector.broadcast(FLOATS, NormalTail.T9), FloatVector.broadcast(FLOATS, NormalTail.T8));
            y = y.fma(q, FloatVector.broadcast(FLOATS, NormalTail.T7));
            y = y.fma(q, FloatVector.broadcast(FLOATS, NormalTail.T6));
            y = y.fma(q, FloatVector.broadcast(FLOATS, NormalTail.T5));
            y = y.fma(q, FloatVector.broadcast(FLOATS, NormalTail.T4));
            y = y.fma(q, FloatVector.broadcast(FLOATS, NormalTail.T3));
            y = y.fma(q, FloatVector.broadcast(FLOATS, NormalTail.T2));
            y = y.fma(q, FloatVector.broadcast(FLOATS, NormalTail.T1));
            y = y.fma(q, FloatVector.broadcast(FLOATS, NormalTail.T0));
            FloatVector exp = FloatVector.fromArray(FLOATS, scratch, ALIGNED_OFFSET + i);
            exp.mul(w.mul(y)).intoArray(scratch, ALIGNED_OFFSET + CHUNK + i);
        }
    }

    private static void gated(
            float[] out, int outAt, float[] derivative, int derivativeAt, float[] scratch, float[] x, int xAt, int n) {
        FloatVector one = FloatVector.broadcast(FLOATS, 1f);
        for (int i = 0; i < n; i += LENGTH) {
            FloatVector above = FloatVector.fromArray(FLOATS, x, xAt + i);
            above = above.blend(-LARGEST, above.compare(VectorOperators.LT, -LARGEST));
            FloatVector cut = above.blend(LARGEST, above.compare(VectorOperators.GT, LARGEST));
            FloatVector exp = FloatVector.fromArray(FLOATS, scratch, ALIGNED_OFFSET + i);
            FloatVector tail = FloatVector.fromArray(FLOATS, scratch, ALIGNED_OFFSET + CHUNK + i);
            FloatVector gate = one.sub(tail).blend(tail, cut.compare(VectorOperators.LT, 0f));
            above.mul(gate).intoArray(out, outAt + i);
            cut.mul(NormalTail.DENSITY).fma(exp, gate).intoArray(derivative, derivativeAt + i);
        }
    }
}
