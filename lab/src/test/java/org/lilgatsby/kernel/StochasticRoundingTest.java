package org.lilgatsby.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.lilgatsby.bf16.Bf16;

/** Threefry against its authors' answers; stochastic rounding: which value, and how often. */
class StochasticRoundingTest {
    private static final int DRAWS = 1 << 16;

    /** From kat_vectors of the authors' library Random123. */
    @ParameterizedTest
    @CsvSource({
        "00000000, 00000000, 00000000, 00000000, 6b200159, 99ba4efe",
        "ffffffff, ffffffff, ffffffff, ffffffff, 1cb996fc, bb002be7",
        "13198a2e, 03707344, 243f6a88, 85a308d3, c4923a9c, 483df7a0",
    })
    void threefryGivesItsAuthorsAnswers(
            String key0, String key1, String counter0, String counter1, String x0, String x1) {
        long bits = Threefry.bits(word(key0), word(key1), word(counter0), word(counter1));
        assertEquals(x1 + x0, "%016x".formatted(bits));
    }

    private static int word(String hexadecimal) {
        return Integer.parseUnsignedInt(hexadecimal, 16);
    }

    /** All 65,536 equally likely draws, so this is the distribution itself: its mean is the value, exactly. */
    @ParameterizedTest
    @ValueSource(floats = {1.00390625f, 1.001f, -1.001f, 0x1.fffffep0f, -0x1.ff8p-7f, 3e-39f, 1e30f, 0.5f, -0f})
    void theMeanOverAllDrawsIsTheValueAndOnlyItsNeighboursOccur(float value) {
        float lower = Float.intBitsToFloat(Float.floatToRawIntBits(value) & 0xFFFF_0000);
        float upper = Float.intBitsToFloat((Float.floatToRawIntBits(value) & 0xFFFF_0000) + 0x1_0000);
        long ups = 0;
        for (int bits = 0; bits < DRAWS; bits++) {
            float rounded = Bf16.roundStochastically(value, bits);
            assertTrue(rounded == lower || rounded == upper, () -> value + " became " + rounded);
            ups += rounded == lower ? 0 : 1;
        }
        assertEquals(value, lower + ((double) upper - lower) * ups / DRAWS, 0);
    }

    @Test
    void whatIsNoNumberStaysWhatItIs() {
        for (int bits : new int[] {0, 1, 0xFFFF}) {
            assertEquals(Bf16.toFloat(Bf16.NAN), Bf16.roundStochastically(Float.intBitsToFloat(0x7F80_0001), bits));
            assertEquals(Float.POSITIVE_INFINITY, Bf16.roundStochastically(Float.POSITIVE_INFINITY, bits));
            assertEquals(Float.NEGATIVE_INFINITY, Bf16.roundStochastically(Float.NEGATIVE_INFINITY, bits));
        }
    }

    /**
     * An update far below half an ULP, which rounding to nearest loses for ever: stochastic rounding follows it within
     * its standard error. 4,096 parameters, 256 steps, each with a key of its own; no draw depends on the machine.
     */
    @Test
    void updatesBelowHalfAnUlpArriveOnAverage() {
        int n = 4096;
        int steps = 256;
        double ulp = 0x1p-7;
        double size = ulp / 37;
        float[] p = new float[n];
        float[] g = new float[n];
        Arrays.fill(p, 1.5f);
        Arrays.fill(g, -1f);
        AdamWStep step = new AdamWStep(true, true, true);
        step.set(1, size, 0, 0.9, 0.999, 1e-8, 1f);
        Kernels kernels = new ScalarKernels();
        for (int t = 0; t < steps; t++) {
            step.setKey(t, 25);
            kernels.sgdStochastic(p, g, 0, n, 0, step);
        }
        double mean = 0;
        double squares = 0;
        for (float value : p) {
            double moved = (value - 1.5f) / ulp;
            mean += moved / n;
            squares += moved * moved / n;
        }
        double share = step.learningRate() / ulp;
        double expected = steps * share;
        double variance = steps * share * (1 - share);
        assertEquals(expected, mean, 4 * Math.sqrt(variance / n), "mean, within four standard errors");
        assertEquals(variance, squares - mean * mean, 0.1 * variance, "variance of a binomial distribution");
        Arrays.fill(p, 1.5f);
        for (int t = 0; t < steps; t++) {
            kernels.sgd(p, g, 0, n, step);
        }
        assertEquals(1.5f, p[0], "rounded to nearest, nothing moves");
    }

    /** The bits of neighbours, of steps and of tensors are different ones, each as often 1 as 0. */
    @Test
    void everyBitOfEveryElementIsAsOftenOneAsZero() {
        int n = 1 << 14;
        int[] ones = new int[16];
        int[] equalToNext = new int[3];
        for (int i = 0; i < n; i++) {
            int bits = Threefry.ofElement(1, 2, i, 0);
            for (int bit = 0; bit < 16; bit++) {
                ones[bit] += bits >>> bit & 1;
            }
            equalToNext[0] += bits == Threefry.ofElement(1, 2, i + 1, 0) ? 1 : 0;
            equalToNext[1] += bits == Threefry.ofElement(1, 3, i, 0) ? 1 : 0;
            equalToNext[2] += bits == Threefry.ofElement(1, 2, i, 128) ? 1 : 0;
        }
        for (int bit = 0; bit < 16; bit++) {
            assertEquals(n / 2.0, ones[bit], 5 * Math.sqrt(n / 4.0), "bit " + bit);
        }
        for (int equal : equalToNext) {
            assertTrue(equal <= 5, equal + " of " + n + " draws of 16 bits are equal");
        }
    }

    /** What rounding to nearest loses, the compensation keeps: after many small updates, the sum has arrived. */
    @Test
    void compensatedUpdatesArrive() {
        float[] p = {1.5f};
        float[] c = {0f};
        AdamWStep step = new AdamWStep(true, true, true);
        step.set(1, 0x1p-12, 0, 0.9, 0.999, 1e-8, 1f);
        Kernels kernels = new ScalarKernels();
        for (int t = 0; t < 1024; t++) {
            kernels.sgdKahan(p, c, new float[] {-1f}, 0, 1, step);
            assertEquals(1.5 + (t + 1) * 0x1p-12, p[0] + c[0], 0, "step " + (t + 1));
            assertTrue(Math.abs(c[0]) <= 0x1p-8, "at most half an ULP is kept");
        }
        assertEquals(1.75f, p[0]);
    }
}
