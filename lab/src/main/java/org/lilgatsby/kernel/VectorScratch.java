package org.lilgatsby.kernel;

/** The calling thread's memory for what a kernel needs between two loops; kept, so that kernels allocate nothing. */
final class VectorScratch {
    private static final int SMALLEST = 4096;
    private static final ThreadLocal<float[]> MEMORY = ThreadLocal.withInitial(() -> CacheLine.floats(SMALLEST));

    private VectorScratch() {}

    /**
     * Room for at least {@code length} floats from {@link CacheLine#ALIGNED_OFFSET} on; their content is unspecified.
     */
    static float[] atLeast(int length) {
        float[] memory = MEMORY.get();
        if (memory.length < CacheLine.ALIGNED_OFFSET + length) {
            memory = CacheLine.floats(length);
            MEMORY.set(memory);
        }
        return memory;
    }
}
