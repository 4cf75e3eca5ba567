package org.lilgatsby.kernel;

import static org.lilgatsby.kernel.CacheLine.ALIGNED_OFFSET;
import static org.lilgatsby.kernel.VectorWidth.FLOATS;
import static org.lilgatsby.kernel.VectorWidth.LENGTH;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorOperators;
import org.lilgatsby.bf16.Bf16;

/**
 * The optimizers' updates, chunk by chunk, so that a chunk stays in the cache from loop to loop. Fused AdamW takes
 * three loops: rounding in a loop overlaps with its roots and quotients, but the JIT does not inline more than two
 * roundings in one method. The launcher therefore has the loops compiled on their own.
 */
final class VectorOptimizer {
    private static final int CHUNK = 512;

    private VectorOptimizer() {}

    static void adamwFused(float[] p, float[] m, float[] v, float[] g, int at, int n, AdamWStep s) {
        float[] scratch = VectorScratch.atLeast(CHUNK);
        int end = at + n - n % LENGTH;
        for (int i = at; i < end; i += CHUNK) {
            int length = Math.min(CHUNK, end - i);
            clipped(scratch, g, i, length, s);
            moments(m, v, scratch, i, length, s);
            minusQuotient(p, scratch, i, length, s);
        }
        ScalarOptimizer.adamwFused(p, m, v, g, end, at + n - end, s);
    }

    private static void round(boolean rounded, float[] x, int at, int n) {
        if (rounded) {
            VectorRows.round(x, at, n, 1, n);
        }
    }

    private static void clipped(float[] gradient, float[] g, int at, int n, AdamWStep s) {
        boolean rounds = s.roundGradients();
        for (int i = 0; i < n; i += LENGTH) {
            FloatVector clipped = FloatVector.fromArray(FLOATS, g, at + i).mul(s.clip());
            (rounds ? VectorMath.rounded(clipped) : clipped).intoArray(gradient, ALIGNED_OFFSET + i);
        }
    }

    /**
     * Updates the moments; g, the gradient at {@link CacheLine#ALIGNED_OFFSET}, becomes what is to be subtracted from
     * the parameters.
     */
    private static void moments(float[] m, float[] v, float[] g, int at, int n, AdamWStep s) {
        boolean rounds = s.roundMoments();
        FloatVector oneMinusBeta1 = FloatVector.broadcast(FLOATS, s.oneMinusBeta1());
        for (int i = 0; i < n; i += LENGTH) {
            FloatVector gradient = FloatVector.fromArray(FLOATS, g, ALIGNED_OFFSET + i);
            FloatVector before = FloatVector.fromArray(FLOATS, m, at + i);
            FloatVector expAvg = gradient.sub(before).fma(oneMinusBeta1, before);
            (rounds ? VectorMath.rounded(expAvg) : expAvg).intoArray(m, at + i);
            FloatVector decayed = FloatVector.fromArray(FLOATS, v, at + i).mul(s.beta2());
            FloatVector expAvgSq = gradient.mul(s.oneMinusBeta2()).fma(gradient, decayed);
            (rounds ? VectorMath.rounded(expAvgSq) : expAvgSq).intoArray(v, at + i);
            FloatVector denominator = expAvgSq.lanewise(VectorOperators.SQRT).div(s.correction2()).add(s.epsilon());
            expAvg.mul(s.stepSize()).div(denominator).intoArray(g, ALIGNED_OFFSET + i);
        }
    }

    private static void minusQuotient(float[] p, float[] quotient, int at, int n, AdamWStep s) {
        boolean rounds = s.roundParameters();
        for (int i = 0; i < n; i += LENGTH) {
            FloatVector parameter = FloatVector.fromArray(FLOATS, p, at + i);
            parameter = parameter.sub(parameter.mul(s.decay()))
                    .sub(FloatVector.fromArray(FLOATS, quotient, ALIGNED_OFFSET + i));
            (rounds ? VectorMath.rounded(parameter) : parameter).intoArray(p, at + i);
        }
    }

    static void adamwStochastic(float[] p, float[] m, float[] v, float[] g, int at, int n, int tensor, AdamWStep s) {
        float[] scratch = VectorScratch.atLeast(CHUNK + VectorThreefry.scratch(CHUNK));
        int end = at + n - n % LENGTH;
        for (int i = at; i < end; i += CHUNK) {
            int length = Math.min(CHUNK, end - i);
            clipped(scratch, g, i, length, s);
            moments(m, v, scratch, i, length, s);
            VectorThreefry.ofElements(scratch, ALIGNED_OFFSET + CHUNK, length, s.key0(), s.key1(), i - at, tensor);
            minusQuotientStochastically(p, scratch, i, length, s);
        }
        ScalarOptimizer.adamwStochastic(p, m, v, g, end, at + n - end, end - at, tensor, s);
    }

    /** The random bits lie {@link #CHUNK} after the quotients. */
    private static void minusQuotientStochastically(float[] p, float[] quotient, int at, int n, AdamWStep s) {
        for (int i = 0; i < n; i += LENGTH) {
            FloatVector parameter = FloatVector.fromArray(FLOATS, p, at + i);
            parameter = parameter.sub(parameter.mul(s.decay()))
                    .sub(FloatVector.fromArray(FLOATS, quotient, ALIGNED_OFFSET + i));
            IntVector bits = FloatVector.fromArray(FLOATS, quotient, ALIGNED_OFFSET + CHUNK + i).reinterpretAsInts();
            VectorMath.stochastic(parameter, bits).intoArray(p, at + i);
        }
    }

    static void adamwKahan(float[] p, float[] c, float[] m, float[] v, float[] g, int at, int n, AdamWStep s) {
        float[] scratch = VectorScratch.atLeast(CHUNK);
        int end = at + n - n % LENGTH;
        for (int i = at; i < end; i += CHUNK) {
            int length = Math.min(CHUNK, end - i);
            clipped(scratch, g, i, length, s);
            moments(m, v, scratch, i, length, s);
            minusQuotientCompensated(p, c, scratch, i, length, s);
        }
        ScalarOptimizer.adamwKahan(p, c, m, v, g, end, at + n - end, s);
    }

    private static void minusQuotientCompensated(float[] p, float[] c, float[] quotient, int at, int n, AdamWStep s) {
        for (int i = 0; i < n; i += LENGTH) {
            FloatVector before = FloatVector.fromArray(FLOATS, p, at + i);
            FloatVector wanted = before.mul(s.decay()).neg()
                    .sub(FloatVector.fromArray(FLOATS, quotient, ALIGNED_OFFSET + i))
                    .add(FloatVector.fromArray(FLOATS, c, at + i));
            FloatVector after = VectorMath.rounded(before.add(wanted));
            after.intoArray(p, at + i);
            VectorMath.rounded(wanted.sub(after.sub(before))).intoArray(c, at + i);
        }
    }

    static void adamwPerOp(float[] p, float[] m, float[] v, float[] g, int at, int n, AdamWStep s) {
        boolean rp = s.roundParameters();
        boolean rm = s.roundMoments();
        float epsilon = rm ? Bf16.round(s.epsilon()) : s.epsilon();
        float[] scratch = VectorScratch.atLeast(CHUNK);
        int end = at + n - n % LENGTH;
        for (int i = at; i < end; i += CHUNK) {
            int length = Math.min(CHUNK, end - i);
            clipped(scratch, g, i, length, s);
            times(p, i, s.keep(), length);
            round(rp, p, i, length);
            lerp(m, i, scratch, s.oneMinusBeta1(), length);
            round(rm, m, i, length);
            times(v, i, s.beta2(), length);
            round(rm, v, i, length);
            addSquares(v, i, scratch, s.oneMinusBeta2(), length);
            round(rm, v, i, length);
            root(scratch, v, i, length);
            round(rm, scratch, ALIGNED_OFFSET, length);
            over(scratch, s.correction2(), length);
            round(rm, scratch, ALIGNED_OFFSET, length);
            plus(scratch, epsilon, length);
            round(rm, scratch, ALIGNED_OFFSET, length);
            addQuotient(p, m, i, scratch, -s.stepSize(), length);
            round(rp, p, i, length);
        }
        ScalarOptimizer.adamwPerOp(p, m, v, g, end, at + n - end, s);
    }

    private static void times(float[] x, int at, float factor, int n) {
        for (int i = at; i < at + n; i += LENGTH) {
            FloatVector.fromArray(FLOATS, x, i).mul(factor).intoArray(x, i);
        }
    }

    private static void lerp(float[] m, int at, float[] g, float weight, int n) {
        FloatVector w = FloatVector.broadcast(FLOATS, weight);
        for (int i = 0; i < n; i += LENGTH) {
            FloatVector before = FloatVector.fromArray(FLOATS, m, at + i);
            FloatVector.fromArray(FLOATS, g, ALIGNED_OFFSET + i).sub(before).fma(w, before).intoArray(m, at + i);
        }
    }

    private static void addSquares(float[] v, int at, float[] g, float factor, int n) {
        for (int i = 0; i < n; i += LENGTH) {
            FloatVector gradient = FloatVector.fromArray(FLOATS, g, ALIGNED_OFFSET + i);
            gradient.mul(factor).fma(gradient, FloatVector.fromArray(FLOATS, v, at + i)).intoArray(v, at + i);
        }
    }

    private static void root(float[] out, float[] v, int at, int n) {
        for (int i = 0; i < n; i += LENGTH) {
            FloatVector.fromArray(FLOATS, v, at + i).lanewise(VectorOperators.SQRT).intoArray(out, ALIGNED_OFFSET + i);
        }
    }

    private static void over(float[] x, float divisor, int n) {
        for (int i = 0; i < n; i += LENGTH) {
            FloatVector.fromArray(FLOATS, x, ALIGNED_OFFSET + i).div(divisor).intoArray(x, ALIGNED_OFFSET + i);
        }
    }

    private static void plus(float[] x, float summand, int n) {
        for (int i = 0; i < n; i += LENGTH) {
            FloatVector.fromArray(FLOATS, x, ALIGNED_OFFSET + i).add(summand).intoArray(x, ALIGNED_OFFSET + i);
        }
    }

    private static void addQuotient(float[] p, float[] m, int at, float[] denominator, float factor, int n) {
        for (int i = 0; i < n; i += LENGTH) {
            FloatVector quotient = FloatVector.fromArray(FLOATS, m, at + i)
                    .mul(factor)
                    .div(FloatVector.fromArray(FLOATS, denominator, ALIGNED_OFFSET + i));
            FloatVector.fromArray(FLOATS, p, at + i).add(quotient).intoArray(p, at + i);
        }
    }

    static void sgd(float[] p, float[] g, int at, int n, AdamWStep s) {
        float[] gradient = VectorScratch.atLeast(CHUNK);
        int end = at + n - n % LENGTH;
        for (int i = at; i < end; i += CHUNK) {
            int length = Math.min(CHUNK, end - i);
            clipped(gradient, g, i, length, s);
            if (s.decay() != 0f) {
                minusMultiple(p, p, i, i, s.decay(), length);
                round(s.roundParameters(), p, i, length);
            }
            minusMultiple(p, gradient, i, ALIGNED_OFFSET, s.learningRate(), length);
            round(s.roundParameters(), p, i, length);
        }
        ScalarOptimizer.sgd(p, g, end, at + n - end, s);
    }

    static void sgdStochastic(float[] p, float[] g, int at, int n, int tensor, AdamWStep s) {
        float[] scratch = VectorScratch.atLeast(CHUNK + VectorThreefry.scratch(CHUNK));
        int end = at + n - n % LENGTH;
        for (int i = at; i < end; i += CHUNK) {
            int length = Math.min(CHUNK, end - i);
            clipped(scratch, g, i, length, s);
            times(scratch, ALIGNED_OFFSET, s.learningRate(), length);
            VectorThreefry.ofElements(scratch, ALIGNED_OFFSET + CHUNK, length, s.key0(), s.key1(), i - at, tensor);
            minusQuotientStochastically(p, scratch, i, length, s);
        }
        ScalarOptimizer.sgdStochastic(p, g, end, at + n - end, end - at, tensor, s);
    }

    static void sgdKahan(float[] p, float[] c, float[] g, int at, int n, AdamWStep s) {
        float[] scratch = VectorScratch.atLeast(CHUNK);
        int end = at + n - n % LENGTH;
        for (int i = at; i < end; i += CHUNK) {
            int length = Math.min(CHUNK, end - i);
            clipped(scratch, g, i, length, s);
            times(scratch, ALIGNED_OFFSET, s.learningRate(), length);
            minusQuotientCompensated(p, c, scratch, i, length, s);
        }
        ScalarOptimizer.sgdKahan(p, c, g, end, at + n - end, s);
    }

    private static void minusMultiple(float[] p, float[] x, int at, int xAt, float factor, int n) {
        for (int i = 0; i < n; i += LENGTH) {
            FloatVector multiple = FloatVector.fromArray(FLOATS, x, xAt + i).mul(factor);
            FloatVector.fromArray(FLOATS, p, at + i).sub(multiple).intoArray(p, at + i);
        }
    }
}
