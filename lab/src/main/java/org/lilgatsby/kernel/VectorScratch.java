package org.lilgatsby.kernel;

/** Memory of the calling thread for what a kernel needs between two loops; kept, so that kernels allocate nothing. */
final class VectorScratch {
    private static final int SMALLEST = 4096;
    private static final ThreadLocal<float[]> MEMORY = ThreadLocal.withInitial(() -> CacheLine.floats(SMALLEST));

    private VectorScratch() {}

    /** At least {@code length} floats of any content from {@link CacheLine#ALIGNED_OFFSET} on. */
    static float[] atLeast(int length) {
        float[] memory = MEMORY.get();
        if (memory.length < CacheLine.ALIGNED_OFFSET + length) {
            memory = CacheLine.floats(length);
            MEMORY.set(memory);
        }
        return memory;
    }
}
