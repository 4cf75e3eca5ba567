package org.lilgatsby.random;

import java.util.Objects;
import java.util.OptionalDouble;

/**
 * PyTorch's random generator on a CPU: the Mersenne twister MT19937 (Matsumoto and Nishimura, 1998) and the
 * distributions that PyTorch draws through it. The same seed and the same calls give the same integers, uniforms and
 * permutations as PyTorch. PyTorch's own builds differ in the last bit of a normal value, and of a uniform on a range
 * other than [0, 1); they are here those of its AVX2 build, bit for bit, on every machine (normals: 16 or more).
 *
 * <p>One instance is one stream. PyTorch's global generator after {@code torch.manual_seed(s)} and a separate generator
 * after {@code torch.Generator().manual_seed(s)} are both {@code new TorchGenerator(s)}. Not safe for use by several
 * threads.
 *
 * <p>What decides a stream besides the seed:
 *
 * <ul>
 *   <li>only the lower 32 bits of the seed are used;
 *   <li>a tensor of 16 or more normals is made from as many 32-bit draws, plus 16 more if its size is not a multiple of
 *       16; a smaller one from two 64-bit draws for each <em>pair</em> of values, and the second value of a pair is
 *       kept for the next small tensor, whatever is drawn in between; seeding forgets it;
 *   <li>PyTorch takes the path for 16 or more values only for contiguous tensors; a strided view of any size takes the
 *       path for small ones. The experiments draw none.
 * </ul>
 */
public final class TorchGenerator {
    static final int WORDS = 624;

    private static final int OFFSET = 397;
    private static final int UPPER_BIT = 0x8000_0000;
    private static final int LOWER_BITS = 0x7FFF_FFFF;
    private static final int TWIST = 0x9908_B0DF;

    private static final int BLOCK = 16;
    private static final int HALF = BLOCK / 2;
    private static final float TWO_PI = (float) (2 * Math.PI);

    /** From this limit on PyTorch draws whole numbers from 64 bits. */
    private static final long WIDE = 1L << 28;

    /** Beyond this length PyTorch draws its permutations from 64-bit integers. */
    private static final int LONGEST_PERMUTATION = 214_748_363;

    private final int[] words; // [WORDS]
    private int position;
    private double cachedNormal;
    private boolean cached;

    /** The stream of {@code manual_seed(seed)}. */
    public TorchGenerator(long seed) {
        words = new int[WORDS];
        seed(seed);
    }

    /** A stream that continues where {@link #state} was taken. */
    public TorchGenerator(GeneratorState state) {
        words = state.words();
        position = state.position();
        cached = state.cachedNormal().isPresent();
        cachedNormal = state.cachedNormal().orElse(0);
    }

    /** Begins the stream of {@code manual_seed(seed)}, whatever was drawn before. */
    public void seed(long seed) {
        words[0] = (int) seed;
        for (int i = 1; i < WORDS; i++) {
            words[i] = 1_812_433_253 * (words[i - 1] ^ (words[i - 1] >>> 30)) + i;
        }
        position = WORDS;
        cached = false;
    }

    /** Goes on where {@link #state} was taken. */
    public void restore(GeneratorState state) {
        System.arraycopy(state.words(), 0, words, 0, WORDS);
        position = state.position();
        cached = state.cachedNormal().isPresent();
        cachedNormal = state.cachedNormal().orElse(0);
    }

    /** All that decides the values still to come. */
    public GeneratorState state() {
        return new GeneratorState(words, position, cached ? OptionalDouble.of(cachedNormal) : OptionalDouble.empty());
    }

    /** The next 32 bits of the stream; PyTorch reads them as an unsigned integer. */
    public int nextInt() {
        if (position == WORDS) {
            refill();
        }
        int y = words[position++];
        y ^= y >>> 11;
        y ^= (y << 7) & 0x9D2C_5680;
        y ^= (y << 15) & 0xEFC6_0000;
        return y ^ (y >>> 18);
    }

    /** The next 64 bits: two 32-bit draws, the first in the upper half. */
    public long random64() {
        long high = nextInt();
        return high << 32 | Integer.toUnsignedLong(nextInt());
    }

    /**
     * {@code torch.randint(0, limit, ())}: 32 bits of the stream, modulo the limit, or 64 where it is 2^28 or more.
     *
     * @param limit positive
     */
    public long below(long limit) {
        return limit < WIDE ? Integer.toUnsignedLong(nextInt()) % limit : Long.remainderUnsigned(random64(), limit);
    }

    /** Draws of 32 bits that {@link #below} takes. */
    public static int drawsBelow(long limit) {
        return limit < WIDE ? 1 : 2;
    }

    /** One float32 uniform on [0, 1): a multiple of 2^-24 ({@code torch.rand}). */
    public float uniform() {
        return (nextInt() & 0xFF_FFFF) * 0x1p-24f;
    }

    /**
     * {@code Tensor.uniform_(from, to)} on {@code n} float32 values, with one rounding for product and sum, as in
     * PyTorch's AVX2 and AVX512 builds; its build for other processors has two.
     *
     * @param dst values [at, at + n) are written
     * @throws IndexOutOfBoundsException if that range is not inside {@code dst}
     */
    public void uniform(float[] dst, int at, int n, float from, float to) {
        Objects.checkFromIndexSize(at, n, dst.length);
        for (int i = at; i < at + n; i++) {
            dst[i] = Math.fma(uniform(), to - from, from);
        }
    }

    /** {@code torch.randn(n)}: standard normals, [n]. */
    public float[] randn(int n) {
        float[] values = new float[n];
        normal(values, 0, n, 0, 1);
        return values;
    }

    /**
     * {@code Tensor.normal_(mean, std)} on a contiguous float32 tensor of {@code n} elements, by the transformation of
     * Box and Muller. One call is one tensor: two calls draw differently from one call for both.
     *
     * @param dst values [at, at + n) are written
     * @throws IllegalArgumentException if {@code std} is negative or NaN
     * @throws IndexOutOfBoundsException if that range is not inside {@code dst}
     */
    public void normal(float[] dst, int at, int n, float mean, float std) {
        Objects.checkFromIndexSize(at, n, dst.length);
        if (!(std >= 0)) {
            throw new IllegalArgumentException("a standard deviation is at least 0, not " + std);
        }
        if (n < BLOCK) {
            for (int i = at; i < at + n; i++) {
                dst[i] = (float) (nextNormal() * std + mean);
            }
            return;
        }
        int end = at + n;
        for (int i = at; i < end; i++) {
            dst[i] = uniform();
        }
        int i = at;
        for (; i <= end - BLOCK; i += BLOCK) {
            uniformsToNormals(dst, i, mean, std);
        }
        if (i < end) {
            // The last 16 values are drawn anew, over up to 15 that were finished.
            int tail = end - BLOCK;
            uniform(dst, tail, BLOCK, 0, 1);
            uniformsToNormals(dst, tail, mean, std);
        }
    }

    /**
     * Advances the stream as {@link #normal} for {@code n} values does, without computing them: for values that are
     * drawn and then replaced.
     */
    public void skipNormal(int n) {
        if (n < BLOCK) {
            for (int i = 0; i < n; i++) {
                nextNormal();
            }
        } else {
            skip(n % BLOCK == 0 ? n : n + BLOCK);
        }
    }

    /** Advances the stream by {@code n} draws of 32 bits, such as {@code n} uniforms. */
    public void skip(int n) {
        int left = n;
        while (left > WORDS - position) {
            left -= WORDS - position;
            refill();
        }
        position += left;
    }

    /**
     * {@code torch.randperm(n)}: the numbers 0 to n-1 in random order.
     *
     * @throws IllegalArgumentException outside [0, 214748363], beyond which PyTorch draws differently
     */
    public int[] randperm(int n) {
        int[] permutation = new int[requirePermutable(n)];
        randperm(permutation);
        return permutation;
    }

    /**
     * {@code torch.randperm(n)} into an array of length n.
     *
     * @throws IllegalArgumentException if it is longer than 214748363, beyond which PyTorch draws differently
     */
    public void randperm(int[] permutation) {
        int n = requirePermutable(permutation.length);
        for (int i = 0; i < n; i++) {
            permutation[i] = i;
        }
        for (int i = 0; i < n - 1; i++) {
            int j = i + Integer.remainderUnsigned(nextInt(), n - i);
            int swapped = permutation[i];
            permutation[i] = permutation[j];
            permutation[j] = swapped;
        }
    }

    private static int requirePermutable(int n) {
        if (n < 0 || n > LONGEST_PERMUTATION) {
            throw new IllegalArgumentException(
                    "a permutation's length is in [0, " + LONGEST_PERMUTATION + "], not " + n);
        }
        return n;
    }

    private void refill() {
        for (int i = 0; i < WORDS - OFFSET; i++) {
            words[i] = words[i + OFFSET] ^ twisted(words[i], words[i + 1]);
        }
        for (int i = WORDS - OFFSET; i < WORDS - 1; i++) {
            words[i] = words[i + OFFSET - WORDS] ^ twisted(words[i], words[i + 1]);
        }
        words[WORDS - 1] = words[OFFSET - 1] ^ twisted(words[WORDS - 1], words[0]);
        position = 0;
    }

    private static int twisted(int word, int next) {
        int mixed = (word & UPPER_BIT) | (next & LOWER_BITS);
        return (mixed >>> 1) ^ (-(mixed & 1) & TWIST);
    }

    /** A block of 16 float32 uniforms becomes 16 normals: value j pairs with value j + 8. */
    private static void uniformsToNormals(float[] values, int at, float mean, float std) {
        for (int j = at; j < at + HALF; j++) {
            float radius = (float) Math.sqrt(-2 * CephesFloat.log(1 - values[j])); // of a value in (0, 1]
            float theta = TWO_PI * values[j + HALF];
            values[j] = Math.fma(radius * CephesFloat.cos(theta), std, mean);
            values[j + HALF] = Math.fma(radius * CephesFloat.sin(theta), std, mean);
        }
    }

    private double nextNormal() {
        if (cached) {
            cached = false;
            return cachedNormal;
        }
        double theta = 2 * Math.PI * uniform53();
        double radius = Math.sqrt(-2 * StrictMath.log1p(-uniform53()));
        cached = true;
        cachedNormal = radius * StrictMath.sin(theta);
        return radius * StrictMath.cos(theta);
    }

    /** One float64 uniform on [0, 1): a multiple of 2^-53. */
    private double uniform53() {
        return (random64() & (1L << 53) - 1) * 0x1p-53;
    }
}
