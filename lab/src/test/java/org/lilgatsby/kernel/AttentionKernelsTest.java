package org.lilgatsby.kernel;

import static org.lilgatsby.kernel.TestKernels.assertSameBits;
import static org.lilgatsby.kernel.TestKernels.values;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.lilgatsby.bf16.Bf16;

class AttentionKernelsTest {
    @ParameterizedTest
    @CsvSource(textBlock = """
            1, 1
            2, 3
            13, 16
            17, 20
            33, 32
            70, 67
            71, 96
            130, 5
            128, 32
            128, 8
            8, 32
            72, 32
            200, 32
            75, 32
            140, 96
            69, 16
            67, 32
            131, 64
            20, 48
            """)
    void forwardAndBackwardHaveTheSameBits(int positions, int headSize) {
        for (int variant = 0; variant < 3; variant++) {
            boolean special = variant == 1;
            int ld = 3 * headSize + 5;
            SplittableRandom random = new SplittableRandom(positions);
            float[] qkv = values(random, 1 + positions * ld, special);
            float[] dout = values(random, 2 + positions * (headSize + 3), special);
            if (variant == 2) {
                round(qkv);
                round(dout);
            }
            float scale = (float) (1 / Math.sqrt(headSize));
            int q = 1;
            int k = 1 + headSize;
            int v = 1 + 2 * headSize;
            assertSameBits("attention of " + positions + " positions, head size " + headSize, kernels -> {
                float[] exps = new float[3 + kernels.attentionExps(positions)];
                Arrays.fill(exps, Float.NaN);
                float[] reciprocals = new float[6 + positions];
                float[] out = new float[4 + positions * (headSize + 1)];
                float[] scratch = dirtyScratch(kernels, positions, headSize);
                kernels.attention(
                        out, 4, headSize + 1, exps, 3, reciprocals, 6, qkv, q, k, v, ld, scratch, positions, headSize,
                        scale, special);
                Arrays.fill(scratch, Float.NaN);
                float[] dqkv = values(new SplittableRandom(9), qkv.length, false);
                kernels.attentionBackward(
                        dqkv, dout, 2, headSize + 3, exps, 3, reciprocals, 6, qkv, q, k, v, ld, scratch, positions,
                        headSize, scale, special);
                return concatenated(out, reciprocals, dqkv);
            });
        }
    }

    private static void round(float[] values) {
        for (int i = 0; i < values.length; i++) {
            values[i] = Bf16.round(values[i]);
        }
    }

    private static float[] concatenated(float[]... parts) {
        int length = 0;
        for (float[] part : parts) {
            length += part.length;
        }
        float[] all = new float[length];
        int at = 0;
        for (float[] part : parts) {
            System.arraycopy(part, 0, all, at, part.length);
            at += part.length;
        }
        return all;
    }

    private static float[] dirtyScratch(Kernels kernels, int positions, int headSize) {
        float[] scratch = new float[kernels.attentionScratch(positions, headSize)];
        Arrays.fill(scratch, Float.NaN);
        return scratch;
    }
}
