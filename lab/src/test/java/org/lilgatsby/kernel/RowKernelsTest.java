package org.lilgatsby.kernel;

import static org.lilgatsby.kernel.TestKernels.assertSameBits;
import static org.lilgatsby.kernel.TestKernels.values;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Kernels that sum along rows: normalisation, cross-entropy, sum of squares. */
class RowKernelsTest {
    private static final int ROWS = 5;

    @ParameterizedTest
    @ValueSource(ints = {1, 13, 16, 17, 31, 64, 207, 4098})
    void normalisationHasTheSameBits(int channels) {
        for (int variant = 0; variant < 16; variant++) {
            boolean rounded = (variant & 1) != 0;
            boolean centered = (variant & 2) != 0;
            boolean special = (variant & 4) != 0;
            boolean flag = (variant & 8) != 0;
            SplittableRandom random = new SplittableRandom(variant);
            float[] x = values(random, 1 + ROWS * channels, special);
            float[] weight = values(random, 2 + channels, special);
            float[] bias = values(random, 3 + channels, special);
            float[] dout = values(random, 4 + ROWS * channels, special);
            float[] around = flag ? values(random, 5 + ROWS * channels, special) : null;
            float[] stats = new float[6 + 2 * ROWS];
            new ScalarKernels().norm(
                    new float[ROWS * channels], 0, stats, 6, x, 1, weight, 2, bias, 3, ROWS, channels, 1e-5f, centered,
                    rounded);
            assertSameBits("norm", k -> {
                float[] out = new float[5 + ROWS * channels];
                k.norm(
                        out, 5, new float[2 * ROWS], 0, x, 1, weight, 2, bias, 3, ROWS, channels, 1e-5f, centered,
                        rounded);
                return out;
            });
            assertSameBits("norm statistics", k -> {
                float[] out = new float[6 + 2 * ROWS];
                k.norm(
                        new float[ROWS * channels], 0, out, 6, x, 1, weight, 2, bias, 3, ROWS, channels, 1e-5f,
                        centered, rounded);
                return out;
            });
            assertSameBits("normBackward", k -> {
                float[] dx = new float[5 + ROWS * channels];
                k.normBackward(dx, 5, around, dout, 4, x, 1, stats, 6, weight, 2, ROWS, channels, centered, rounded);
                return dx;
            });
            int from = random.nextInt(channels);
            int to = random.nextInt(from, channels + 1);
            assertSameBits("normParameterGradient", k -> {
                float[] gradients = values(new SplittableRandom(9), 3 + 2 * channels, special);
                k.normParameterGradient(
                        gradients, 1, gradients, 2 + channels, dout, 4, x, 1, stats, 6, ROWS, channels, from, to,
                        centered, flag);
                return gradients;
            });
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 13, 16, 17, 31, 128, 207, 4098})
    void crossEntropyHasTheSameBits(int vocabulary) {
        for (int variant = 0; variant < 4; variant++) {
            boolean rounded = (variant & 1) != 0;
            boolean special = (variant & 2) != 0;
            SplittableRandom random = new SplittableRandom(variant);
            float[] logits = values(random, 1 + ROWS * vocabulary, special);
            int[] targets = new int[2 + ROWS];
            Arrays.setAll(targets, i -> i == 4 ? -100 : random.nextInt(vocabulary));
            assertSameBits("dlogits", k -> {
                float[] dlogits = logits.clone();
                k.crossEntropy(
                        new double[ROWS], 0, dlogits, 1, dlogits, 1, targets, 2, ROWS, vocabulary, 0.01f, rounded);
                return dlogits;
            });
            assertSameBits("losses", k -> {
                double[] losses = new double[3 + ROWS];
                float[] dlogits = new float[1 + ROWS * vocabulary];
                k.crossEntropy(losses, 3, dlogits, 1, logits, 1, targets, 2, ROWS, vocabulary, 0.01f, rounded);
                return halves(losses);
            });
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 13, 16, 17, 31, 128, 207, 4098})
    void crossEntropyOfBf16HasTheSameBits(int vocabulary) {
        for (boolean special : new boolean[] {false, true}) {
            SplittableRandom random = new SplittableRandom(vocabulary);
            float[] logits = values(random, 1 + ROWS * vocabulary, special);
            int[] targets = new int[2 + ROWS];
            Arrays.setAll(targets, i -> i == 4 ? -100 : random.nextInt(vocabulary));
            for (boolean inPlace : new boolean[] {false, true}) {
                assertSameBits("dlogits", k -> {
                    float[] read = logits.clone();
                    float[] dlogits = inPlace ? read : new float[1 + ROWS * vocabulary];
                    k.crossEntropyOfBf16(
                            new double[ROWS], 0, dlogits, 1, read, 1, targets, 2, ROWS, vocabulary, 0.01f);
                    return dlogits;
                });
                assertSameBits("losses", k -> {
                    float[] read = logits.clone();
                    float[] dlogits = inPlace ? read : new float[1 + ROWS * vocabulary];
                    double[] losses = new double[3 + ROWS];
                    k.crossEntropyOfBf16(losses, 3, dlogits, 1, read, 1, targets, 2, ROWS, vocabulary, 0.01f);
                    return halves(losses);
                });
            }
        }
    }

    private static float[] halves(double[] values) {
        float[] halves = new float[2 * values.length];
        for (int i = 0; i < values.length; i++) {
            long bits = Double.doubleToLongBits(values[i]);
            halves[2 * i] = Float.intBitsToFloat((int) (bits >>> 32));
            halves[2 * i + 1] = Float.intBitsToFloat((int) bits);
        }
        return halves;
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 13, 16, 17, 31, 64, 207, 4098})
    void sumOfSquaresHasTheSameBits(int n) {
        for (boolean special : new boolean[] {false, true}) {
            float[] x = values(new SplittableRandom(n), 3 + n, special);
            assertSameBits("sumOfSquares", k -> new float[] {k.sumOfSquares(x, 3, n)});
        }
    }
}
