package org.lilgatsby.kernel;

import java.util.Arrays;
import java.util.Optional;
import org.lilgatsby.bf16.Bf16;

/**
 * Compares small products of the processor's bfloat16 instruction with the specification before anything relies on it:
 * factors whose sums depend on the order of their terms and on where they are rounded.
 */
final class Bf16SelfTest {
    private static final int ROWS = 9;
    private static final int DEPTH = 33;
    private static final int COLUMNS = 67;

    /** Multiplier and increment of a 32-bit linear congruential generator (Numerical Recipes). */
    private static final int FACTOR = 1_664_525;

    private static final int INCREMENT = 1_013_904_223;

    private Bf16SelfTest() {}

    /** What went wrong; empty if nothing did. */
    static Optional<String> run() {
        float[] a = values(1, ROWS * DEPTH);
        float[] w = values(2, DEPTH * COLUMNS);
        float[] residual = values(3, ROWS * COLUMNS);
        float[] expected = products(new ScalarKernels(), a, w, residual);
        Bf16Blocks before = Bf16Blocks.soFar();
        float[] actual = products(new Bf16Kernels(), a, w, residual);
        if (Bf16Blocks.soFar().since(before).leftOver() > 0) {
            return Optional.of("the self-test of bfloat16 products ran with unexpected factors");
        }
        for (int i = 0; i < expected.length; i++) {
            if (Float.floatToRawIntBits(expected[i]) != Float.floatToRawIntBits(actual[i])) {
                return Optional.of("the processor's bfloat16 products differ from the specification: %s instead of %s"
                        .formatted(Float.toHexString(actual[i]), Float.toHexString(expected[i])));
            }
        }
        return Optional.empty();
    }

    /** Unrounded sums, then rounded sums with a residual, then those of a gradient. */
    private static float[] products(Kernels kernels, float[] a, float[] w, float[] residual) {
        PackedMatrix b = kernels.packed(DEPTH, COLUMNS);
        kernels.pack(b, w, 0, COLUMNS, false, false);
        int size = ROWS * COLUMNS;
        float[] out = new float[2 * size];
        kernels.multiply(out, 0, COLUMNS, null, a, 0, DEPTH, b, w, 0, ROWS, false);
        kernels.multiply(out, size, COLUMNS, shifted(residual, size), a, 0, DEPTH, b, null, 0, ROWS, true);
        float[] gradient = new float[DEPTH * COLUMNS];
        kernels.weightGradient(gradient, 0, COLUMNS, a, 0, DEPTH, residual, 0, COLUMNS, ROWS, 0, DEPTH, COLUMNS, false);
        kernels.weightGradient(gradient, 0, COLUMNS, a, 0, DEPTH, residual, 0, COLUMNS, ROWS, 0, DEPTH, COLUMNS, true);
        float[] all = Arrays.copyOf(out, out.length + gradient.length);
        System.arraycopy(gradient, 0, all, out.length, gradient.length);
        return all;
    }

    private static float[] shifted(float[] values, int by) {
        float[] shifted = new float[by + values.length];
        System.arraycopy(values, 0, shifted, by, values.length);
        return shifted;
    }

    /** bfloat16 values whose exponents span 16 powers of two. */
    private static float[] values(int seed, int count) {
        float[] values = new float[count];
        int state = seed;
        for (int i = 0; i < count; i++) {
            state = state * FACTOR + INCREMENT;
            values[i] = Bf16.round(Math.scalb((float) (state >> 8), -28 + (state >>> 28)));
        }
        return values;
    }
}
