package org.lilgatsby.kernel;

import org.lilgatsby.kernel.x86.Bf16Processor;

/**
 * The calling thread's memory for the pairs of a product and the parameters of a call; kept, so that kernels allocate
 * nothing.
 */
final class Bf16Scratch {
    private static final ThreadLocal<Bf16Scratch> MEMORY = ThreadLocal.withInitial(Bf16Scratch::new);

    /** The parameters of a call. */
    final long[] parameters = Bf16Processor.parameters();

    private float[] pairs = CacheLine.floats(0);

    private Bf16Scratch() {}

    static Bf16Scratch ofThread() {
        return MEMORY.get();
    }

    /** Room for at least so many floats from {@link CacheLine#ALIGNED_OFFSET} on; their content is unspecified. */
    float[] pairs(int count) {
        if (pairs.length < CacheLine.ALIGNED_OFFSET + count) {
            pairs = CacheLine.floats(count);
        }
        return pairs;
    }
}
