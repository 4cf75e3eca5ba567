package org.lilgatsby.tokenizer;

import java.util.Arrays;

/** A list of token ids that grows. */
final class Ids {
    private int[] ids = new int[64];
    private int size;

    void add(int id) {
        if (size == ids.length) {
            ids = Arrays.copyOf(ids, grown(size + 1));
        }
        ids[size++] = id;
    }

    void add(int[] source, int from, int count) {
        if (count > ids.length - size) {
            ids = Arrays.copyOf(ids, grown(Math.addExact(size, count)));
        }
        System.arraycopy(source, from, ids, size, count);
        size += count;
    }

    private int grown(int needed) {
        return Math.max(needed, (int) Math.min(2L * ids.length, Integer.MAX_VALUE - 8));
    }

    int get(int index) {
        return ids[index];
    }

    int size() {
        return size;
    }

    void clear() {
        size = 0;
    }

    int[] toArray() {
        return Arrays.copyOf(ids, size);
    }

    /** The list's own array, of which the first {@link #size} elements are its ids. */
    int[] array() {
        return ids;
    }
}
