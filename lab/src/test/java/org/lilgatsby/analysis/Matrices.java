package org.lilgatsby.analysis;

import java.util.SplittableRandom;
import org.lilgatsby.bf16.Bf16;

/** Small matrices for tests. */
final class Matrices {
    private Matrices() {}

    /** Rows of numbers, rounded to bfloat16. */
    static Matrix bf16(float[]... rows) {
        short[] bits = new short[rows.length * rows[0].length];
        for (int i = 0; i < bits.length; i++) {
            bits[i] = Bf16.fromFloat(rows[i / rows[0].length][i % rows[0].length]);
        }
        return Matrix.ofBits(bits, rows.length, rows[0].length);
    }

    /** Rows of numbers in float32. */
    static Matrix f32(float[]... rows) {
        float[] values = new float[rows.length * rows[0].length];
        for (int i = 0; i < values.length; i++) {
            values[i] = rows[i / rows[0].length][i % rows[0].length];
        }
        return Matrix.ofFloats(values, rows.length, rows[0].length);
    }

    static float[] row(float... values) {
        return values;
    }

    /** Rows drawn from few values, so that many are equal; both zeros and both signs are among them. */
    static Matrix crowded(long seed, int rows, int columns) {
        float[] values = {0f, -0f, 1f, 1.0078125f, -1f, 0.5f, 0x1p-133f};
        SplittableRandom random = new SplittableRandom(seed);
        float[][] matrix = new float[rows][columns];
        for (float[] row : matrix) {
            for (int j = 0; j < columns; j++) {
                row[j] = values[random.nextInt(j == 0 ? values.length : 2)];
            }
        }
        return bf16(matrix);
    }
}
