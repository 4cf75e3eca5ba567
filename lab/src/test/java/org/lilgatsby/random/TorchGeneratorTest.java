package org.lilgatsby.random;

import static org.junit.jupiter.api.Assertions.*;

import java.util.Arrays;
import java.util.OptionalDouble;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TorchGeneratorTest {
    private static float[] rand(TorchGenerator generator, int n) {
        float[] values = new float[n];
        generator.uniform(values, 0, n, 0, 1);
        return values;
    }

    @ParameterizedTest
    @ValueSource(longs = {42, 7, 1601})
    void normalsOfSixteenOrMore(long seed) {
        TorchReference torch = TorchReference.forSeed(seed);
        TorchGenerator generator = torch.generator();
        assertArrayEquals(torch.floats("randn_64"), generator.randn(64));
        assertArrayEquals(torch.floats("then_randn_128x64_first16"), Arrays.copyOf(generator.randn(128 * 64), 16));
    }

    @ParameterizedTest
    @ValueSource(longs = {42, 7, 1601})
    void normalsWithATail(long seed) {
        TorchReference torch = TorchReference.forSeed(seed);
        assertArrayEquals(
                torch.floats("randn_100_tail_not_multiple_of_16"),
                torch.generator().randn(100));
    }

    @ParameterizedTest
    @ValueSource(longs = {42, 7, 1601})
    void fewNormalsThenUniforms(long seed) {
        TorchReference torch = TorchReference.forSeed(seed);
        TorchGenerator generator = torch.generator();
        assertArrayEquals(torch.floats("randn_10_scalar_path"), generator.randn(10));
        assertArrayEquals(torch.floats("then_rand_8"), rand(generator, 8));
    }

    @ParameterizedTest
    @ValueSource(longs = {42, 7, 1601})
    void uniforms(long seed) {
        TorchReference torch = TorchReference.forSeed(seed);
        TorchGenerator generator = torch.generator();
        assertArrayEquals(torch.floats("rand_16"), rand(generator, 16));
        float[] symmetric = new float[8];
        generator.uniform(symmetric, 0, 8, -0.125f, 0.125f);
        assertArrayEquals(torch.floats("then_uniform_minus0.125_to_0.125_8"), symmetric);
    }

    @ParameterizedTest
    @ValueSource(longs = {42, 7, 1601})
    void permutations(long seed) {
        TorchReference torch = TorchReference.forSeed(seed);
        assertArrayEquals(torch.integers("randperm_20"), torch.generator().randperm(20));
        int n = 265_777;
        TorchGenerator sampler = torch.generator();
        int[] first = sampler.randperm(n);
        assertArrayEquals(torch.integers("generator_randperm_265777_first32"), Arrays.copyOf(first, 32));
        assertArrayEquals(torch.integers("generator_randperm_265777_last4"), Arrays.copyOfRange(first, n - 4, n));
        assertArrayEquals(torch.integers("second_randperm_265777_first8"), Arrays.copyOf(sampler.randperm(n), 8));
    }

    @Test
    void integersAreThoseOfTheMersenneTwister() {
        // The C++ standard, [rand.predef]: the 10,000th value from the default seed 5489 is 4123659995.
        TorchGenerator generator = new TorchGenerator(5489);
        for (int i = 1; i < 10_000; i++) {
            generator.nextInt();
        }
        assertEquals(4_123_659_995L, Integer.toUnsignedLong(generator.nextInt()));
    }

    @Test
    void sixtyFourBitsAreTwoDrawsTheFirstOnTop() {
        TorchGenerator narrow = new TorchGenerator(3);
        TorchGenerator wide = new TorchGenerator(3);
        for (int i = 0; i < 1000; i++) {
            long high = Integer.toUnsignedLong(narrow.nextInt());
            long low = Integer.toUnsignedLong(narrow.nextInt());
            assertEquals(high << 32 | low, wide.random64());
        }
    }

    @Test
    void onlyTheLowerHalfOfTheSeedCounts() {
        assertEquals(new TorchGenerator(42).state(), new TorchGenerator(42 | 5L << 32).state());
        assertNotEquals(new TorchGenerator(42).state(), new TorchGenerator(43).state());
    }

    @Test
    void seedingForgetsEverything() {
        TorchGenerator generator = new TorchGenerator(1);
        generator.randn(3);
        generator.seed(42);
        assertEquals(new TorchGenerator(42).state(), generator.state());
    }

    @Test
    void theSecondNormalOfAPairWaitsForTheNextSmallTensor() {
        TorchGenerator generator = new TorchGenerator(42);
        float first = generator.randn(1)[0];
        generator.randn(64);
        generator.nextInt();
        float second = generator.randn(1)[0];
        assertArrayEquals(new TorchGenerator(42).randn(2), new float[] {first, second});
    }

    @Test
    void meanAndDeviationScaleStandardNormals() {
        for (int n : new int[] {5, 16, 37}) {
            float[] standard = new TorchGenerator(11).randn(n);
            float[] scaled = new float[n];
            new TorchGenerator(11).normal(scaled, 0, n, 3, 0.5f);
            for (int i = 0; i < n; i++) {
                assertEquals(standard[i] * 0.5 + 3, scaled[i], 1e-6, "n " + n + ", value " + i);
            }
        }
    }

    @Property(tries = 200)
    void aTailReplacesTheLastSixteenValues(@ForAll @IntRange(min = 17, max = 200) int n) {
        int blocks = n / 16 * 16;
        float[] whole = new TorchGenerator(n).randn(n);
        TorchGenerator generator = new TorchGenerator(n);
        float[] expected = generator.randn(blocks);
        if (n > blocks) {
            rand(generator, n - blocks);
            expected = Arrays.copyOf(expected, n);
            System.arraycopy(generator.randn(16), 0, expected, n - 16, 16);
        }
        assertArrayEquals(expected, whole);
    }

    @Property(tries = 200)
    void aRestoredStateGoesOnWithTheSameBits(
            @ForAll long seed, @ForAll @IntRange(max = 1400) int integers, @ForAll @IntRange(max = 20) int normals) {
        TorchGenerator generator = new TorchGenerator(seed);
        for (int i = 0; i < integers; i++) {
            generator.nextInt();
        }
        generator.randn(normals);
        GeneratorState state = generator.state();
        TorchGenerator restored = new TorchGenerator(state);
        assertArrayEquals(generator.randn(3), restored.randn(3));
        assertArrayEquals(generator.randn(700), restored.randn(700));
        assertEquals(generator.state(), restored.state());
        assertNotEquals(state, generator.state(), "a state does not move with its generator");
    }

    @Property(tries = 100)
    void aPermutationHoldsEveryNumberOnce(@ForAll long seed, @ForAll @IntRange(max = 300) int n) {
        int[] permutation = new TorchGenerator(seed).randperm(n);
        Arrays.sort(permutation);
        for (int i = 0; i < n; i++) {
            assertEquals(i, permutation[i]);
        }
    }

    @Test
    void onlyTheGivenRangeIsWritten() {
        float[] values = new float[40];
        Arrays.fill(values, 9);
        new TorchGenerator(1).normal(values, 3, 33, 0, 1);
        assertArrayEquals(new float[] {9, 9, 9}, Arrays.copyOf(values, 3));
        assertArrayEquals(new float[] {9, 9, 9, 9}, Arrays.copyOfRange(values, 36, 40));
        assertArrayEquals(new TorchGenerator(1).randn(33), Arrays.copyOfRange(values, 3, 36));
    }

    @Test
    void wrongArgumentsAreRefusedBeforeAnythingIsDrawn() {
        TorchGenerator generator = new TorchGenerator(1);
        assertThrows(IndexOutOfBoundsException.class, () -> generator.normal(new float[5], 2, 4, 0, 1));
        assertThrows(IndexOutOfBoundsException.class, () -> generator.uniform(new float[5], -1, 4, 0, 1));
        assertThrows(IllegalArgumentException.class, () -> generator.normal(new float[5], 0, 5, 0, -1));
        assertThrows(IllegalArgumentException.class, () -> generator.normal(new float[5], 0, 5, 0, Float.NaN));
        assertThrows(IllegalArgumentException.class, () -> generator.randperm(-1));
        assertThrows(IllegalArgumentException.class, () -> generator.randperm(214_748_364));
        assertEquals(new TorchGenerator(1).state(), generator.state());
    }

    @Test
    void anImpossibleStateIsRefused() {
        int[] words = new int[624];
        OptionalDouble none = OptionalDouble.empty();
        assertThrows(IllegalArgumentException.class, () -> new GeneratorState(new int[623], 0, none));
        assertThrows(IllegalArgumentException.class, () -> new GeneratorState(words, 625, none));
        assertThrows(IllegalArgumentException.class, () -> new GeneratorState(words, -1, none));
        GeneratorState state = new GeneratorState(words, 0, none);
        words[0] = 1;
        state.words()[1] = 1;
        assertEquals(new GeneratorState(new int[624], 0, none), state);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 15, 16, 17, 100, 623, 624, 625, 640, 10_000})
    void whatIsSkippedIsDrawnWithoutATrace(int n) {
        TorchGenerator drawn = new TorchGenerator(7);
        TorchGenerator skipped = new TorchGenerator(7);
        for (int before : new int[] {3, 16, 1000}) {
            drawn.randn(before);
            skipped.randn(before);
            drawn.randn(n);
            skipped.skipNormal(n);
            assertEquals(drawn.state(), skipped.state());
            for (int i = 0; i < n; i++) {
                drawn.nextInt();
            }
            skipped.skip(n);
            assertEquals(drawn.state(), skipped.state());
        }
    }
}
