package org.lilgatsby.kernel;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.lilgatsby.kernel.TestKernels.assertSameBits;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.lilgatsby.bf16.Bf16;

/**
 * Rounding, exp, the logistic function and sums over their whole domain: vectors agree with scalars, errors stay within
 * bounds.
 */
class DomainTest {
    private static final int CHUNK = 1 << 16;

    /**
     * One float in how many is tested. Odd, so that all 32 bits of the pattern take both values: a million floats of
     * both signs, NaN and infinity too.
     */
    int stride() {
        return 4_099;
    }

    /** Passes every {@link #stride}th float, chunk by chunk, and then all bfloat16 values. */
    private void overTheDomain(Consumer<float[]> check) {
        float[] x = new float[CHUNK];
        int bits = 0;
        int stride = stride();
        for (long done = 0; done < 1L << 32; done += (long) stride * CHUNK) {
            for (int i = 0; i < CHUNK; i++) {
                x[i] = Float.intBitsToFloat(bits);
                bits += stride;
            }
            check.accept(x);
        }
        for (int i = 0; i < CHUNK; i++) {
            x[i] = Bf16.toFloat((short) i);
        }
        check.accept(x);
    }

    @Test
    void roundingIsTheSameInVectorsAndWithinHalfAnUlp() {
        float[] rounded = new float[CHUNK];
        overTheDomain(x -> {
            for (int i = 0; i < CHUNK; i++) {
                rounded[i] = Bf16.round(x[i]);
                if (Float.isFinite(rounded[i])) {
                    double half = Bf16.ulp(Bf16.fromFloat(rounded[i])) / 2.0;
                    double error = Math.abs((double) rounded[i] - x[i]);
                    assertTrue(error <= half, () -> "an error of " + error + ", more than half an ULP, " + half);
                } else {
                    assertEquals(Float.isNaN(x[i]), Float.isNaN(rounded[i]));
                    assertTrue(
                            Float.isNaN(x[i]) || Math.abs(x[i]) >= 0x1.FFp127f,
                            "finite values stay finite below the last midpoint");
                }
            }
            for (Kernels kernels : TestKernels.all()) {
                float[] actual = new float[CHUNK];
                kernels.joinParts(actual, 0, new float[][] {x}, 1, 0, CHUNK, true, false);
                assertArrayEquals(raw(rounded), raw(actual), "rounding by " + kernels.description());
            }
        });
    }

    /** Compares bits, of NaN too. */
    private static int[] raw(float[] values) {
        int[] bits = new int[values.length];
        Arrays.setAll(bits, i -> Float.floatToRawIntBits(values[i]));
        return bits;
    }

    @Test
    void expIsTheSameInVectors() {
        float[] exps = new float[CHUNK];
        overTheDomain(x -> {
            for (int i = 0; i < CHUNK; i++) {
                exps[i] = Exp.exp(x[i]);
            }
            float[] actual = x.clone();
            VectorMath.exp(actual, 0, CHUNK);
            assertSameBits("exp", exps, actual);
        });
    }

    @Test
    void geluIsTheSameInVectorsOfEveryWidth() {
        overTheDomain(x -> {
            assertSameBits("gelu", k -> {
                float[] out = new float[CHUNK];
                k.gelu(out, 0, new float[CHUNK], 0, x, 0, CHUNK, false);
                return out;
            });
            assertSameBits("derivative of gelu", k -> {
                float[] derivative = new float[CHUNK];
                k.gelu(new float[CHUNK], 0, derivative, 0, x, 0, CHUNK, false);
                return derivative;
            });
            assertSameBits("gelu by erf", k -> {
                float[] out = new float[CHUNK];
                k.geluErf(out, 0, new float[CHUNK], 0, x, 0, CHUNK, false);
                return out;
            });
            assertSameBits("derivative of gelu by erf", k -> {
                float[] derivative = new float[CHUNK];
                k.geluErf(new float[CHUNK], 0, derivative, 0, x, 0, CHUNK, false);
                return derivative;
            });
        });
    }

    /** Each lane adds n/16 terms one after another, and four additions join the lanes: n/16 + 3 roundings at most. */
    @ParameterizedTest
    @ValueSource(ints = {1, 16, 64, 128, 1000, 8192, 116_480})
    void aSumIsWithinTheBoundOfItsTree(int n) {
        SplittableRandom random = new SplittableRandom(n);
        double worst = 0;
        double bound = (Math.ceilDiv(n, LaneTree.LANES) + 3) * 0x1p-24;
        for (int trial = 0; trial < 50; trial++) {
            float[] x = TestKernels.values(random, n, false);
            double exact = 0;
            for (float value : x) {
                exact += (double) value * value;
            }
            for (Kernels kernels : TestKernels.all()) {
                worst = Math.max(worst, Math.abs(kernels.sumOfSquares(x, 0, n) - exact) / exact);
            }
        }
        System.out.printf("sum of %,d squares: worst relative error %.3e, bound %.3e%n", n, worst, bound);
        assertTrue(worst <= bound, "relative error " + worst + ", more than " + bound);
    }
}
