package org.lilgatsby.model;

import org.lilgatsby.kernel.CacheLine;

/**
 * Makes arrays, or only counts them: the code that allocates through a room can also tell how many bytes it would need.
 */
abstract class Room {
    private long bytes;

    /** Makes arrays. */
    static Room made() {
        return new Room() {
            @Override
            float[] array(int count) {
                return new float[count];
            }
        };
    }

    /** Counts arrays, and returns empty ones instead. */
    static Room counted() {
        return new Room() {
            private final float[] none = new float[0];

            @Override
            float[] array(int count) {
                return none;
            }
        };
    }

    abstract float[] array(int count);

    /** Bytes of all elements so far. */
    final long bytes() {
        return bytes;
    }

    /** An array that starts at index 0. */
    final float[] plain(int count) {
        bytes = Math.addExact(bytes, (long) Float.BYTES * count);
        return array(count);
    }

    /** A number of arrays that start at index 0. */
    final float[][] plain(int arrays, int count) {
        float[][] all = new float[arrays][];
        for (int i = 0; i < arrays; i++) {
            all[i] = plain(count);
        }
        return all;
    }

    /** An array with room for a number of floats from {@link CacheLine#ALIGNED_OFFSET} on. */
    final float[] floats(int count) {
        return plain(Math.addExact(CacheLine.ALIGNED_OFFSET, count));
    }

    /** A number of arrays as made by {@link #floats(int)}. */
    final float[][] floats(int arrays, int count) {
        return plain(arrays, Math.addExact(CacheLine.ALIGNED_OFFSET, count));
    }
}
