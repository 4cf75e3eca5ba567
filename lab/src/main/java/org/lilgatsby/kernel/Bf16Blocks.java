package org.lilgatsby.kernel;

import java.util.Locale;
import java.util.concurrent.atomic.LongAdder;

/**
 * How many blocks of products the processor's bfloat16 instruction computed in this program, and how many it could not,
 * because factors were not bfloat16, or so small that bits would have been lost.
 *
 * @param computed blocks that it computed
 * @param leftOver blocks that the vector kernels computed instead
 */
public record Bf16Blocks(long computed, long leftOver) {
    private static final LongAdder COMPUTED = new LongAdder();
    private static final LongAdder LEFT_OVER = new LongAdder();

    /** The counts so far. */
    public static Bf16Blocks soFar() {
        return new Bf16Blocks(COMPUTED.sum(), LEFT_OVER.sum());
    }

    /** The counts since an earlier moment. */
    public Bf16Blocks since(Bf16Blocks earlier) {
        return new Bf16Blocks(computed - earlier.computed, leftOver - earlier.leftOver);
    }

    /** Share of the blocks that were left over, 0 to 1; 0 if there were no blocks. */
    public double shareLeftOver() {
        return isEmpty() ? 0 : (double) leftOver / (computed + leftOver);
    }

    /** Whether there were no blocks: no products of bfloat16 kernels. */
    public boolean isEmpty() {
        return computed + leftOver == 0;
    }

    /** How many blocks were left over, in words. */
    public String sentence() {
        return String.format(
                Locale.ROOT,
                "bfloat16 products: %,d of %,d blocks (%.2f %%) were left to the vector kernels, since their numbers "
                        + "were too small or not bfloat16",
                leftOver,
                computed + leftOver,
                100 * shareLeftOver());
    }

    static void countComputed() {
        COMPUTED.increment();
    }

    static void countLeftOver() {
        LEFT_OVER.increment();
    }
}
