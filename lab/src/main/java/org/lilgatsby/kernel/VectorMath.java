package org.lilgatsby.kernel;

import static org.lilgatsby.kernel.VectorWidth.FLOATS;
import static org.lilgatsby.kernel.VectorWidth.INTS;
import static org.lilgatsby.kernel.VectorWidth.LENGTH;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import org.lilgatsby.bf16.Bf16;

/**
 * Rounding and exp, lane by lane as {@link Bf16#round} and {@link Exp#exp}, each written once. They work on ranges of
 * memory, not on vectors: a method that takes or returns a vector is fast only as long as the JIT inlines it, and in a
 * large caller it does not. A few rows fit in the first-level cache, and passing over them again takes two to three
 * cycles a vector, a twentieth of a step in all. Loops of few operations may use {@link #rounded}.
 */
final class VectorMath {
    /** Bits of the float that every NaN is rounded to. */
    private static final int NAN = Bf16.NAN << 16;

    private VectorMath() {}

    /** x[i] = r(x[i]) for i &lt; n. */
    static void round(float[] x, int at, int n) {
        round(x, at, x, at, n);
    }

    /** to[i] = r(x[i]) for i &lt; n. */
    static void round(float[] to, int toAt, float[] x, int at, int n) {
        round(to, toAt, x, at, null, 0, false, n);
    }

    /** to[i] = r(x[i]*y[i]) for i &lt; n. */
    static void roundProduct(float[] to, int toAt, float[] x, int at, float[] y, int yAt, int n) {
        round(to, toAt, x, at, y, yAt, false, n);
    }

    /** to[i] = r(x[i] + y[i]) for i &lt; n. */
    static void roundSum(float[] to, int toAt, float[] x, int at, float[] y, int yAt, int n) {
        round(to, toAt, x, at, y, yAt, true, n);
    }

    private static void round(float[] to, int toAt, float[] x, int at, float[] y, int yAt, boolean sum, int n) {
        int i = 0;
        for (; i <= n - LENGTH; i += LENGTH) {
            FloatVector value = FloatVector.fromArray(FLOATS, x, at + i);
            if (y != null) {
                FloatVector other = FloatVector.fromArray(FLOATS, y, yAt + i);
                value = sum ? value.add(other) : value.mul(other);
            }
            rounded(value).intoArray(to, toAt + i);
        }
        for (; i < n; i++) {
            float value = x[at + i];
            if (y != null) {
                value = sum ? value + y[yAt + i] : value * y[yAt + i];
            }
            to[toAt + i] = Bf16.round(value);
        }
    }

    /**
     * r(value); at most twice in what is compiled together, or the JIT stops inlining it, and each vector is an object.
     */
    static FloatVector rounded(FloatVector value) {
        IntVector bits = value.reinterpretAsInts();
        IntVector half = bits.lanewise(VectorOperators.LSHR, 16).and(1).add(0x7FFF);
        VectorMask<Integer> nan = value.compare(VectorOperators.NE, value).cast(INTS);
        return bits.add(half).and(0xFFFF_0000).blend(NAN, nan).reinterpretAsFloats();
    }

    /** {@link Bf16#roundStochastically} lane by lane, with 16 random bits each. */
    static FloatVector stochastic(FloatVector value, IntVector random) {
        VectorMask<Integer> nan = value.compare(VectorOperators.NE, value).cast(INTS);
        return value.reinterpretAsInts().add(random).and(0xFFFF_0000).blend(NAN, nan).reinterpretAsFloats();
    }

    /** x[i] = exp(x[i]). */
    static void exp(float[] x, int at, int n) {
        exp(x, at, n, true, true);
    }

    /**
     * {@link #exp(float[], int, int)} of values known to be neither so small that it is 0 nor so large that it is
     * infinite.
     */
    static void expWithin(float[] x, int at, int n) {
        exp(x, at, n, false, false);
    }

    /**
     * {@link #exp(float[], int, int)} of values known not to be so large that it is infinite, such as differences from
     * a maximum.
     */
    static void expUpToZero(float[] x, int at, int n) {
        exp(x, at, n, true, false);
    }

    private static void exp(float[] x, int at, int n, boolean mayUnderflow, boolean mayOverflow) {
        int i = 0;
        for (; i <= n - LENGTH; i += LENGTH) {
            FloatVector v = FloatVector.fromArray(FLOATS, x, at + i);
            FloatVector shifted = v.fma(
                    FloatVector.broadcast(FLOATS, Exp.LOG2_E), FloatVector.broadcast(FLOATS, Exp.TO_EXPONENT));
            FloatVector n2 = shifted.sub(Exp.TO_EXPONENT);
            FloatVector r = n2.fma(FloatVector.broadcast(FLOATS, -Exp.LN2_HIGH), v);
            r = n2.fma(FloatVector.broadcast(FLOATS, -Exp.LN2_LOW), r);
            FloatVector y = r.fma(FloatVector.broadcast(FLOATS, Exp.C6), FloatVector.broadcast(FLOATS, Exp.C5));
            y = y.fma(r, FloatVector.broadcast(FLOATS, Exp.C4));
            y = y.fma(r, FloatVector.broadcast(FLOATS, Exp.C3));
            y = y.fma(r, FloatVector.broadcast(FLOATS, Exp.C2));
            y = y.fma(r, FloatVector.broadcast(FLOATS, 1f));
            y = y.fma(r, FloatVector.broadcast(FLOATS, 1f));
            FloatVector power = shifted.reinterpretAsInts().lanewise(VectorOperators.LSHL, 23).reinterpretAsFloats();
            y = y.mul(power);
            if (mayUnderflow) {
                y = y.blend(0f, v.compare(VectorOperators.LT, Exp.LOWEST));
            }
            if (mayOverflow) {
                y = y.blend(Float.POSITIVE_INFINITY, v.compare(VectorOperators.GT, Exp.HIGHEST));
            }
            y.intoArray(x, at + i);
        }
        for (; i < n; i++) {
            x[at + i] = Exp.exp(x[at + i]);
        }
    }
}
