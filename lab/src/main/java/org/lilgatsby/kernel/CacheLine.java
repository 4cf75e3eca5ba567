package org.lilgatsby.kernel;

/**
 * Where the elements of an array lie relative to cache lines of 64 bytes. They begin 16 bytes after the start of the
 * array's object; if objects start on lines, as they do under {@code -XX:ObjectAlignmentInBytes=64}, element
 * {@link #ALIGNED_OFFSET} is the first that starts a line. Otherwise every second 256-bit vector and every 512-bit one
 * lies across two lines, and is loaded and stored in two parts. Under other flags matrices that start there are as slow
 * as any; results never change.
 */
public final class CacheLine {
    /** Index of the first float of an array that starts on a line. */
    public static final int ALIGNED_OFFSET = 12;

    private CacheLine() {}

    /** An array with room for so many floats from {@link #ALIGNED_OFFSET} on. */
    public static float[] floats(int count) {
        return new float[Math.addExact(ALIGNED_OFFSET, count)];
    }

    /** Bytes of the elements of {@link #floats(int)}. */
    public static long bytes(long count) {
        return Float.BYTES * (ALIGNED_OFFSET + count);
    }

    /** A number of arrays as of {@link #floats(int)}. */
    public static float[][] floats(int arrays, int count) {
        return new float[arrays][Math.addExact(ALIGNED_OFFSET, count)];
    }
}
