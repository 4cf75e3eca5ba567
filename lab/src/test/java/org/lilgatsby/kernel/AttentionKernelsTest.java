package org.lilgatsby.kernel;

import static org.lilgatsby.kernel.TestKernels.assertSameBits;
import static org.lilgatsby.kernel.TestKernels.values;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AttentionKernelsTest {
    @ParameterizedTest
    @CsvSource(textBlock = """
            1, 1
            1, 32
            2, 3
            13, 16
            17, 20
            33, 32
            65, 7
            128, 32
            207, 40
            70, 67
            """)
    void forwardAndBackwardHaveTheSameBits(int positions, int headSize) {
        for (int variant = 0; variant < 4; variant++) {
            boolean rounded = (variant & 1) != 0;
            boolean special = (variant & 2) != 0;
            int ld = 3 * headSize + 5;
            SplittableRandom random = new SplittableRandom(variant);
            float[] qkv = values(random, 1 + positions * ld, special);
            float[] dout = values(random, 2 + positions * (headSize + 3), special);
            float scale = (float) (1 / Math.sqrt(headSize));
            int q = 1;
            int k = 1 + headSize;
            int v = 1 + 2 * headSize;
            assertSameBits("attention", kernels -> {
                float[] out = new float[4 + positions * (headSize + 1)];
                float[] scratch = dirtyScratch(kernels, positions, headSize);
                kernels.attention(
                        out, 4, headSize + 1, new float[6 + 2 * positions], 6, qkv, q, k, v, ld, scratch, positions, headSize,
                        scale, rounded);
                return out;
            });
            assertSameBits("attention statistics", kernels -> {
                float[] stats = new float[6 + 2 * positions];
                float[] scratch = dirtyScratch(kernels, positions, headSize);
                kernels.attention(
                        new float[positions * headSize], 0, headSize, stats, 6, qkv, q, k, v, ld, scratch, positions, headSize,
                        scale, rounded);
                return stats;
            });
            assertSameBits("attentionBackward", kernels -> {
                float[] stats = new float[6 + 2 * positions];
                float[] scratch = dirtyScratch(kernels, positions, headSize);
                kernels.attention(
                        new float[positions * headSize], 0, headSize, stats, 6, qkv, q, k, v, ld, scratch, positions, headSize,
                        scale, rounded);
                float[] dqkv = values(new SplittableRandom(9), qkv.length, false);
                kernels.attentionBackward(
                        dqkv, dout, 2, headSize + 3, stats, 6, qkv, q, k, v, ld, scratch, positions, headSize, scale, rounded);
                return dqkv;
            });
        }
    }

    private static float[] dirtyScratch(Kernels kernels, int positions, int headSize) {
        float[] scratch = new float[kernels.attentionScratch(positions, headSize)];
        Arrays.fill(scratch, Float.NaN);
        return scratch;
    }
}
