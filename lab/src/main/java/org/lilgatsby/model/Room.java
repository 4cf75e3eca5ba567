package org.lilgatsby.model;

import org.lilgatsby.kernel.CacheLine;

/**
 * Where arrays come from: they are made, or only counted. What allocates by way of a room can be asked, by the same
 * code, how many bytes it would take.
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

    /** Counts arrays, and gives empty ones instead. */
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

    /** Bytes of the elements so far. */
    final long bytes() {
        return bytes;
    }

    /** An array from index 0 on. */
    final float[] plain(int count) {
        bytes = Math.addExact(bytes, (long) Float.BYTES * count);
        return array(count);
    }

    /** So many arrays from index 0 on. */
    final float[][] plain(int arrays, int count) {
        float[][] all = new float[arrays][];
        for (int i = 0; i < arrays; i++) {
            all[i] = plain(count);
        }
        return all;
    }

    /** An array with room for so many floats from {@link CacheLine#ALIGNED_OFFSET} on. */
    final float[] floats(int count) {
        return plain(Math.addExact(CacheLine.ALIGNED_OFFSET, count));
    }

    /** So many of {@link #floats(int)}. */
    final float[][] floats(int arrays, int count) {
        return plain(arrays, Math.addExact(CacheLine.ALIGNED_OFFSET, count));
    }
}
