package org.lilgatsby.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.lilgatsby.kernel.TestKernels.assertSameBits;
import static org.lilgatsby.kernel.TestKernels.values;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.lilgatsby.bf16.Bf16;
import org.lilgatsby.bf16.Precision;

class ElementwiseKernelsTest {
    @ParameterizedTest
    @ValueSource(ints = {0, 1, 13, 16, 17, 31, 64, 207, 4098})
    void geluHasTheSameBits(int n) {
        for (int variant = 0; variant < 4; variant++) {
            boolean rounded = (variant & 1) != 0;
            boolean special = (variant & 2) != 0;
            SplittableRandom random = new SplittableRandom(variant);
            float[] x = values(random, 1 + n, special);
            float[] dout = values(random, 2 + n, special);
            assertSameBits("gelu", k -> {
                float[] out = new float[3 + n];
                k.gelu(out, 3, new float[2 + n], 2, x, 1, n, rounded);
                return out;
            });
            assertSameBits("derivative of gelu", k -> {
                float[] derivative = new float[2 + n];
                k.gelu(new float[3 + n], 3, derivative, 2, x, 1, n, rounded);
                return derivative;
            });
            assertSameBits("derivative of gelu in place", k -> {
                float[] derivative = x.clone();
                k.gelu(new float[3 + n], 3, derivative, 1, derivative, 1, n, rounded);
                return derivative;
            });
            assertSameBits("gelu by erf", k -> {
                float[] out = new float[3 + n];
                k.geluErf(out, 3, new float[2 + n], 2, x, 1, n, rounded);
                return out;
            });
            assertSameBits("derivative of gelu by erf", k -> {
                float[] derivative = new float[2 + n];
                k.geluErf(new float[3 + n], 3, derivative, 2, x, 1, n, rounded);
                return derivative;
            });
            assertSameBits("derivative of gelu by erf in place", k -> {
                float[] derivative = x.clone();
                k.geluErf(new float[3 + n], 3, derivative, 1, derivative, 1, n, rounded);
                return derivative;
            });
            assertSameBits("geluBackward in place", k -> {
                float[] dx = dout.clone();
                k.geluBackward(dx, 2, dx, 2, x, 1, n, rounded);
                return dx;
            });
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 13, 16, 17, 31, 64, 207, 4098})
    void embeddingHasTheSameBits(int channels) {
        int vocabulary = 11;
        int rows = 19;
        for (int variant = 0; variant < 4; variant++) {
            boolean rounded = (variant & 1) != 0;
            boolean special = (variant & 2) != 0;
            SplittableRandom random = new SplittableRandom(variant);
            float[] wte = values(random, 1 + vocabulary * channels, special);
            float[] wpe = values(random, 2 + rows * channels, special);
            int[] ids = new int[3 + rows];
            Arrays.setAll(ids, i -> random.nextInt(vocabulary));
            assertSameBits("embed", k -> {
                float[] x = new float[4 + rows * channels];
                k.embed(x, 4, wte, 1, wpe, 2, ids, 3, rows, channels, rounded);
                return x;
            });
            int from = random.nextInt(channels);
            int to = random.nextInt(from, channels + 1);
            assertSameBits("embedBackward", k -> {
                float[] dlookup = wte.clone();
                k.embedBackward(dlookup, 1, wpe, 2, ids, 3, rows, channels, from, to);
                return dlookup;
            });
            assertSameBits("add", k -> {
                float[] target = wte.clone();
                k.add(target, 1, wpe, 2, from, rounded);
                return target;
            });
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 5, 7, 8, 9, 13, 16, 17, 20})
    void joinedPartsHaveTheSameBits(int count) {
        int n = 1_231;
        for (int variant = 0; variant < 8; variant++) {
            boolean rounded = (variant & 1) != 0;
            boolean accumulate = (variant & 2) != 0;
            boolean special = (variant & 4) != 0;
            SplittableRandom random = new SplittableRandom(variant);
            float[][] parts = new float[count][];
            Arrays.setAll(parts, i -> values(random, 3 + n, special));
            assertSameBits("joinParts", k -> {
                float[] g = values(new SplittableRandom(9), 2 + n, special);
                k.joinParts(g, 2, parts, count, 3, n, rounded, accumulate);
                return g;
            });
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 13, 16, 17, 31, 64, 207, 4098})
    void recordedValuesHaveTheSameBits(int n) {
        float[] x = values(new SplittableRandom(n), 3 + n, true);
        for (int i = 3; i < x.length; i += 5) {
            x[i] = new float[] {
                Float.NaN, Float.NEGATIVE_INFINITY, Float.intBitsToFloat(0xFF80_0001), 0x1.FFp127f
            }[i % 4];
        }
        for (Kernels kernels : TestKernels.all()) {
            MemorySegment bytes = Arena.ofAuto().allocate(3 + 2 * n + 2).fill((byte) 0x12);
            kernels.toBf16(bytes, 3, x, 3, n);
            for (int i = 0; i < n; i++) {
                assertEquals(
                        Bf16.fromFloat(x[3 + i]), bytes.get(Bf16.STORED, 3 + 2L * i),
                        kernels.description() + ", value " + i);
            }
            for (long i : new long[] {0, 1, 2, 3 + 2 * n, 3 + 2 * n + 1}) {
                assertEquals(0x12, bytes.get(ValueLayout.JAVA_BYTE, i), kernels.description() + ", byte " + i);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 13, 16, 17, 31, 64, 207, 4098})
    void recordedDifferencesHaveTheSameBits(int n) {
        float[] x = values(new SplittableRandom(n), 3 + n, true);
        float[] y = values(new SplittableRandom(n + 1), 5 + n, true);
        for (int i = 3; i < x.length; i += 5) {
            x[i] = new float[] {Float.NaN, Float.NEGATIVE_INFINITY, 1, 0x1.FFp127f}[i % 4];
            y[i + 2] = new float[] {Float.NEGATIVE_INFINITY, 1, Float.NaN, -0x1p127f}[i % 3];
        }
        for (Kernels kernels : TestKernels.all()) {
            MemorySegment halves = Arena.ofAuto().allocate(3 + 2 * n + 2).fill((byte) 0x12);
            MemorySegment floats = Arena.ofAuto().allocate(3 + 4 * n + 2).fill((byte) 0x12);
            kernels.differencesToBf16(halves, 3, x, 3, y, 5, n);
            kernels.differences(floats, 3, x, 3, y, 5, n);
            for (int i = 0; i < n; i++) {
                float difference = x[3 + i] - y[5 + i];
                String which = kernels.description() + ", value " + i;
                assertEquals(Bf16.fromFloat(difference), halves.get(Bf16.STORED, 3 + 2L * i), which);
                assertEquals(
                        Float.floatToRawIntBits(difference),
                        Float.floatToRawIntBits(floats.get(Precision.STORED_F32, 3 + 4L * i)), which);
            }
            for (int i = 0; i < 3 + 2; i++) {
                assertEquals(
                        0x12, halves.get(ValueLayout.JAVA_BYTE, i < 3 ? i : i + 2 * n),
                        kernels.description() + ", byte " + i);
                assertEquals(
                        0x12, floats.get(ValueLayout.JAVA_BYTE, i < 3 ? i : i + 4 * n),
                        kernels.description() + ", byte " + i);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 13, 16, 17, 31, 64, 207, 4098})
    void updatesHaveTheSameBits(int n) {
        for (int variant = 0; variant < 16; variant++) {
            boolean special = (variant & 8) != 0;
            AdamWStep step = new AdamWStep((variant & 1) != 0, (variant & 2) != 0, (variant & 4) != 0);
            step.set(3, 1e-3, variant < 4 ? 0 : 0.01, 0.9, 0.999, 1e-8, 0.7f);
            assertSameBits(
                    "adamwFused", k -> updated(n, special, s -> k.adamwFused(s[0], s[1], s[2], s[3], 5, n, step)));
            assertSameBits(
                    "adamwPerOp", k -> updated(n, special, s -> k.adamwPerOp(s[0], s[1], s[2], s[3], 5, n, step)));
            assertSameBits("sgd", k -> updated(n, special, s -> k.sgd(s[0], s[3], 5, n, step)));
            step.setKey(0x243F_6A88 + variant, 0x85A3_08D3);
            assertSameBits("adamwStochastic", k -> updated(
                    n, special, s -> k.adamwStochastic(s[0], s[1], s[2], s[3], 5, n, 77, step)));
            assertSameBits("sgdStochastic", k -> updated(
                    n, special, s -> k.sgdStochastic(s[0], s[3], 5, n, 77, step)));
            assertSameBits("adamwKahan", k -> updated(
                    n, special, s -> k.adamwKahan(s[0], s[3], s[1], s[2], s[3].clone(), 5, n, step)));
            assertSameBits("sgdKahan", k -> updated(
                    n, special, s -> k.sgdKahan(s[0], s[1], s[3], 5, n, step)));
        }
    }

    private interface Update {
        void apply(float[][] state);
    }

    /** Parameter, moments and gradient after one update, one after another. */
    private static float[] updated(int n, boolean special, Update update) {
        SplittableRandom random = new SplittableRandom(n);
        int length = n + 8;
        float[][] state = {
            values(random, length, special), values(random, length, special), values(random, length, special),
            values(random, length, special)
        };
        for (int i = 0; i < length; i++) {
            state[2][i] = Math.abs(state[2][i]);
        }
        update.apply(state);
        float[] all = new float[4 * length];
        for (int i = 0; i < 4; i++) {
            System.arraycopy(state[i], 0, all, i * length, length);
        }
        return all;
    }
}
