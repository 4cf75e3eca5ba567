package org.lilgatsby.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;
import static org.lilgatsby.kernel.TestKernels.assertSameBits;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.lilgatsby.bf16.Bf16;

/**
 * The processor's bfloat16 products against the specification; other tests of kernels compare them too, mostly on
 * floats that are not bfloat16.
 */
class Bf16KernelsTest {
    private static final float[] HOSTILE = {
        0f, -0f, Float.NaN, Float.intBitsToFloat(0xFFC1_0000), Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY,
        Bf16.toFloat(Bf16.MAX_VALUE), -Bf16.toFloat(Bf16.MAX_VALUE), 1f, -1f, 0x1.02p100f, -0x1.FEp-40f
    };

    /** Exponents of so many powers of two on both sides of 0 are now and then too small for blocks of some 10,000. */
    private static final int CROSSING = 48;

    private final Kernels scalar = new ScalarKernels();

    @BeforeEach
    void thisMachineHasThem() {
        assumeTrue(Bf16Kernels.refusal().isEmpty(), () -> Bf16Kernels.refusal().get());
    }

    /** bfloat16 values of exponents from -spread to spread. */
    private static float[] values(SplittableRandom random, int count, int spread) {
        float[] values = new float[count];
        for (int i = 0; i < count; i++) {
            values[i] = Bf16.round(
                    (float) random.nextDouble(-2, 2) * (float) Math.scalb(1.0, random.nextInt(-spread, spread + 1)));
        }
        return values;
    }

    private static float[] withHostile(SplittableRandom random, float[] values) {
        for (int i = 0; i < values.length; i++) {
            if (random.nextInt(16) == 0) {
                values[i] = HOSTILE[random.nextInt(HOSTILE.length)];
            }
        }
        return values;
    }

    private record Case(int rows, int depth, int columns, float[] a, float[] w, float[] bias, float[] residual) {
        float[] product(Kernels k, boolean transposed, boolean rounded) {
            int ld = transposed ? depth + 1 : columns + 2;
            PackedMatrix b = k.packed(depth, columns);
            k.pack(b, w, 3, ld, transposed, false);
            float[] out = new float[5 + rows * (columns + 1)];
            k.multiply(out, 5, columns + 1, residual, a, 1, depth + 3, b, bias, 2, rows, rounded);
            return out;
        }

        float[] gradient(Kernels k, boolean accumulate) {
            // a as [rows][depth + 3], w as [rows][columns]: sums over rows
            float[] dw = new float[4 + depth * (columns + 2)];
            for (int i = 0; i < (accumulate ? 2 : 1); i++) {
                k.weightGradient(
                        dw, 4, columns + 2, a, 1, depth + 3, residual == null ? w : residual, 3, columns, rows, 0,
                        depth, columns, i > 0);
            }
            return dw;
        }
    }

    private static Case of(
            long seed, int rows, int depth, int columns, int spread, boolean hostile, boolean withResidual) {
        SplittableRandom random = new SplittableRandom(seed);
        float[] a = values(random, 1 + rows * (depth + 3), spread);
        float[] w = values(
                random, 3 + Math.max(rows * columns, Math.max((depth + 1) * columns, depth * (columns + 2))), spread);
        float[] bias = withResidual ? null : values(random, 2 + columns, spread);
        float[] residual = withResidual ? values(random, 5 + rows * (columns + 1), spread) : null;
        return new Case(
                rows, depth, columns, hostile ? withHostile(random, a) : a, hostile ? withHostile(random, w) : w, bias,
                residual);
    }

    static Stream<int[]> shapes() {
        Stream.Builder<int[]> shapes = Stream.builder();
        for (int columns : new int[] {1, 15, 16, 17, 31, 33, 48, 63, 64, 65, 130}) {
            shapes.add(new int[] {columns % 13 + 1, columns % 7 + 30, columns});
        }
        for (int rows : new int[] {1, 2, 3, 4, 5, 6, 7, 64, 65, 71, 128}) {
            shapes.add(new int[] {rows, 2 * rows - 1, 70 + rows % 3});
        }
        shapes.add(new int[] {128, 64, 192});
        shapes.add(new int[] {7, 300, 64});
        return shapes.build();
    }

    @ParameterizedTest
    @MethodSource("shapes")
    void everyShapeHasTheBitsOfTheSpecification(int[] shape) {
        for (int variant = 0; variant < 8; variant++) {
            boolean hostile = (variant & 1) != 0;
            boolean rounded = (variant & 2) != 0;
            boolean withResidual = (variant & 4) != 0;
            Case c = of(variant, shape[0], shape[1], shape[2], 6, hostile, withResidual);
            Bf16Blocks before = Bf16Blocks.soFar();
            Kernels bf16 = new Bf16Kernels();
            boolean transposed = variant % 3 == 0;
            String what = "%d x %d x %d, variant %d".formatted(shape[0], shape[1], shape[2], variant);
            assertSameBits(what, c.product(scalar, transposed, rounded), c.product(bf16, transposed, rounded));
            assertSameBits(what + ", gradient", c.gradient(scalar, rounded), c.gradient(bf16, rounded));
            assertEquals(0, Bf16Blocks.soFar().since(before).leftOver(), what + ": nothing is too small");
        }
    }

    /**
     * Factors that are powers of two around the bound of the sum of exponents, -110; what is below it must be left
     * over.
     */
    @ParameterizedTest
    @CsvSource({
        "-50, -60, true", "-50, -61, false", "-110, 0, true", "-111, 0, false", "-126, 16, true", "-126, 15, false",
        "-127, 127, false", "-127, 100, false", "5, -116, false", "5, -115, true", "40, -126, true", "40, -127, false"
    })
    void whatCouldBeFlushedIsLeftOver(int exponentOfA, int exponentOfB, boolean computed) {
        int depth = 40;
        float[] a = new float[7 * depth];
        float[] w = new float[depth * 70];
        SplittableRandom random = new SplittableRandom(exponentOfA);
        for (float[] factor : new float[][] {a, w}) {
            int exponent = factor == a ? exponentOfA : exponentOfB;
            for (int i = 0; i < factor.length; i++) {
                float value = Bf16.round((float) random.nextDouble(1, 2)) * (random.nextBoolean() ? 1 : -1);
                factor[i] = random.nextInt(5) == 0 ? 0f : Bf16.round(Math.scalb(value, exponent));
            }
        }
        for (boolean transposed : new boolean[] {false, true}) {
            Bf16Blocks before = Bf16Blocks.soFar();
            float[][] results = new float[2][];
            int i = 0;
            for (Kernels k : new Kernels[] {scalar, new Bf16Kernels()}) {
                PackedMatrix b = k.packed(depth, 70);
                k.pack(b, w, 0, transposed ? depth : 70, transposed, false);
                results[i] = new float[7 * 70];
                k.multiply(results[i++], 0, 70, null, a, 0, depth, b, null, 0, 7, false);
            }
            assertSameBits("exponents " + exponentOfA + " and " + exponentOfB, results[0], results[1]);
            assertEquals(computed ? 0 : 1, Bf16Blocks.soFar().since(before).leftOver(), "blocks left over");
        }
    }

    @ParameterizedTest
    @ValueSource(floats = {0x1p-100f, 0x1.FFFFFEp-101f, 0x1p-126f, 0x1p-149f, -0x1p-100f, -0x1.8p-149f})
    void startsThatCouldLeaveSubnormalSumsAreLeftOver(float start) {
        SplittableRandom random = new SplittableRandom(4);
        float[] x = values(random, 9 * 20, 3);
        float[] dy = values(random, 9 * 30, 3);
        Bf16Blocks before = Bf16Blocks.soFar();
        float[][] results = new float[2][];
        int i = 0;
        for (Kernels k : new Kernels[] {scalar, new Bf16Kernels()}) {
            results[i] = new float[20 * 30];
            results[i][77] = start;
            k.weightGradient(results[i++], 0, 30, x, 0, 20, dy, 0, 30, 9, 0, 20, 30, true);
        }
        assertSameBits("start " + start, results[0], results[1]);
        assertEquals(Math.abs(start) >= 0x1p-100f ? 0 : 1, Bf16Blocks.soFar().since(before).leftOver());
    }

    @Test
    void oneValueThatIsNoBfloat16LeavesItsBlockOver() {
        float[] a = values(new SplittableRandom(1), 130 * 8, 1);
        float[] w = values(new SplittableRandom(2), 8 * 20, 1);
        a[100 * 8 + 3] = 0x1.000002p0f;
        Bf16Blocks before = Bf16Blocks.soFar();
        float[][] results = new float[2][];
        int i = 0;
        for (Kernels k : new Kernels[] {scalar, new Bf16Kernels()}) {
            PackedMatrix b = k.packed(8, 20);
            k.pack(b, w, 0, 20, false, false);
            results[i] = new float[130 * 20];
            k.multiply(results[i++], 0, 20, null, a, 0, 8, b, null, 0, 130, true);
        }
        assertSameBits("one float", results[0], results[1]);
        Bf16Blocks blocks = Bf16Blocks.soFar().since(before);
        assertEquals(new Bf16Blocks(2, 1), blocks);
        assertEquals(1 / 3.0, blocks.shareLeftOver());
        assertEquals(
                "bfloat16 products: 1 of 3 blocks (33.33 %) were left to the vector kernels, since their numbers were"
                        + " too small or not bfloat16",
                blocks.sentence());
    }

    /** Absent terms of odd sums must leave -0 as it is. */
    @Test
    void sumsOfMinusZeroStayThat() {
        float[] w = {-0f, -0f, -0f};
        float[] a = {1f, 1f, 1f};
        float[] bias = {-0f};
        for (Kernels k : new Kernels[] {scalar, new Bf16Kernels()}) {
            PackedMatrix b = k.packed(3, 1);
            k.pack(b, w, 0, 1, false, false);
            float[] out = new float[1];
            k.multiply(out, 0, 1, null, a, 0, 3, b, bias, 0, 1, true);
            assertEquals(-0f, out[0], k.description());
            float[] dw = {-0f};
            k.weightGradient(dw, 0, 1, a, 0, 1, w, 0, 1, 3, 0, 1, 1, true);
            assertEquals(-0f, dw[0], k.description());
        }
    }

    /**
     * A hundred million products for each class of shapes; the last classes have exponents that cross the bound below
     * which blocks are left over, and the whole range from subnormal numbers to overflow.
     */
    @Tag("long")
    @ParameterizedTest
    @CsvSource({
        "128, 64, 192, 4", "128, 64, 64, 12", "128, 64, 256, 20", "128, 256, 64, 6", "128, 64, 128, 8",
        "61, 127, 83, 5", "7, 1001, 20, 10", "128, 64, 192, 48", "61, 127, 83, 48", "128, 256, 64, 126"
    })
    void randomProductsHaveTheBitsOfTheSpecification(int rows, int depth, int columns, int spread) {
        long products = 0;
        Bf16Blocks before = Bf16Blocks.soFar();
        for (long seed = 0; products < 100_000_000; seed++) {
            Case c = of(seed, rows, depth, columns, spread, seed % 4 == 3, seed % 2 == 0);
            Kernels bf16 = new Bf16Kernels();
            boolean rounded = seed % 3 == 0;
            assertSameBits(
                    "seed " + seed, c.product(scalar, seed % 5 == 0, rounded), c.product(bf16, seed % 5 == 0, rounded));
            assertSameBits("gradient, seed " + seed, c.gradient(scalar, rounded), c.gradient(bf16, rounded));
            products += 2L * rows * depth * columns;
        }
        Bf16Blocks blocks = Bf16Blocks.soFar().since(before);
        assertEquals(spread < CROSSING, blocks.leftOver() == 0, blocks.toString());
        assertEquals(spread <= CROSSING, blocks.computed() > 0, blocks.toString());
    }

    /** The same for attention, of whose products the scores and their gradients have two factors of bfloat16. */
    @Tag("long")
    @ParameterizedTest
    @CsvSource({"128, 32, 2", "128, 32, 58", "71, 20, 3", "71, 20, 126"})
    void randomAttentionHasTheBitsOfTheSpecification(int positions, int headSize, int spread) {
        long products = 0;
        for (long seed = 0; products < 100_000_000; seed++) {
            SplittableRandom random = new SplittableRandom(seed);
            float[] qkv = values(random, positions * 3 * headSize, spread);
            float[] dout = values(random, positions * headSize, spread);
            if (seed % 4 == 3) {
                withHostile(random, qkv);
            }
            boolean rounded = seed % 2 == 0;
            assertSameBits(
                    "seed " + seed,
                    attention(scalar, qkv, dout, positions, headSize, rounded),
                    attention(new Bf16Kernels(), qkv, dout, positions, headSize, rounded));
            products += 3L * positions * (positions + 1) * headSize;
        }
    }

    /** Outputs, reciprocal sums and the gradients of q, k and v, one after the other. */
    private static float[] attention(
            Kernels k, float[] qkv, float[] dout, int positions, int headSize, boolean rounded) {
        int size = positions * headSize;
        float scale = (float) (1 / Math.sqrt(headSize));
        float[] exps = new float[k.attentionExps(positions)];
        float[] scratch = new float[k.attentionScratch(positions, headSize)];
        float[] out = new float[size];
        float[] reciprocals = new float[positions];
        float[] dqkv = new float[3 * size];
        k.attention(
                out, 0, headSize, exps, 0, reciprocals, 0, qkv, 0, headSize, 2 * headSize, 3 * headSize, scratch,
                positions, headSize, scale, rounded);
        k.attentionBackward(
                dqkv, dout, 0, headSize, exps, 0, reciprocals, 0, qkv, 0, headSize, 2 * headSize, 3 * headSize, scratch,
                positions, headSize, scale, rounded);
        float[] all = Arrays.copyOf(out, 4 * size + positions);
        System.arraycopy(reciprocals, 0, all, size, positions);
        System.arraycopy(dqkv, 0, all, size + positions, 3 * size);
        return all;
    }
}
