package org.lilgatsby.kernel;

import static org.junit.jupiter.api.Assertions.fail;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Function;
import org.lilgatsby.kernel.KernelChoice.Implementation;

/** Every implementation, all of which must give the same bits, and values to test them with. */
final class TestKernels {
    private static final Kernels SCALAR = new ScalarKernels();
    private static final float[] SPECIAL = {
        0f, -0f, 1f, -1f, Float.MIN_VALUE, -Float.MIN_VALUE, Float.MIN_NORMAL, -0x0.8p-126f, 0x1.01p0f, 0x1.03p0f,
        0x1.010002p0f, 1e-30f, -1e-30f, 87.5f, -87.5f, 100f, -100f, 1e10f, -1e19f, 3e38f, -3e38f, Float.MAX_VALUE
    };

    private TestKernels() {}

    private static final class Holder {
        static final List<Kernels> VECTOR = vector();
    }

    /**
     * The scalar kernels, the vector kernels of every width (slow where the width is beyond this processor's), those of
     * 128 bits with the tiles for 16 registers and for 32, and the processor's bfloat16 products, if it has them.
     */
    static List<Kernels> all() {
        List<Kernels> all = new ArrayList<>(Holder.VECTOR);
        all.addFirst(SCALAR);
        return all;
    }

    private static List<Kernels> vector() {
        List<Kernels> kernels = new ArrayList<>();
        for (int bits = 128; bits <= 512; bits *= 2) {
            boolean fast = bits <= KernelChoice.preferredBits();
            kernels.add(fast
                    ? new KernelChoice(Implementation.VECTOR, bits).create()
                    : KernelChoice.load(Kernels.class, "VectorKernels", bits));
        }
        boolean manyRegisters = VectorWidth.hasManyRegisters(System.getProperty("os.arch"), 128);
        kernels.add(KernelChoice.load(Kernels.class, "VectorKernels", 128, !manyRegisters));
        if (Bf16Kernels.refusal().isEmpty()) {
            kernels.add(new Bf16Kernels());
        }
        return kernels;
    }

    /** {@code length} values of roughly normal magnitude, about one in eight special if wanted. */
    static float[] values(SplittableRandom random, int length, boolean special) {
        float[] values = new float[length];
        for (int i = 0; i < length; i++) {
            values[i] = special && random.nextInt(8) == 0
                    ? SPECIAL[random.nextInt(SPECIAL.length)]
                    : (float) (random.nextDouble(-2, 2) * Math.scalb(1.0, random.nextInt(-6, 3)));
        }
        return values;
    }

    /**
     * Asserts that what {@code call} returns, written elements and others, has the same bits with every implementation.
     */
    static void assertSameBits(String what, Function<Kernels, float[]> call) {
        float[] expected = call.apply(SCALAR);
        for (Kernels kernels : Holder.VECTOR) {
            assertSameBits(what + ", scalar and " + kernels.description(), expected, call.apply(kernels));
        }
    }

    /** Asserts equal bits; any NaN equals any other. */
    static void assertSameBits(String what, float[] expected, float[] actual) {
        if (Arrays.equals(expected, actual)) {
            return; // Arrays.equals compares as Float.equals does: -0 differs from 0, NaN equals NaN
        }
        int i = Arrays.mismatch(expected, actual);
        fail("%s: element %d of %d is %s (%s) instead of %s (%s)".formatted(
                what, i, expected.length, actual[i], Float.toHexString(actual[i]), expected[i],
                Float.toHexString(expected[i])));
    }
}
