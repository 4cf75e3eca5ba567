package org.lilgatsby.tokenizer;

import java.util.Arrays;

/** A map from pairs of ids to whole numbers, by open addressing. Not to be changed once others read it. */
final class PairTable {
    private static final int ABSENT = -1;
    private static final long EMPTY = -1;

    private long[] keys;
    private int[] values;
    private int size;

    PairTable(int expected) {
        allocate(Integer.highestOneBit(Math.max(8, expected)) << 2);
    }

    private void allocate(int capacity) {
        keys = new long[capacity];
        Arrays.fill(keys, EMPTY);
        values = new int[capacity];
    }

    /** A pair of two ids in one number; never negative. */
    static long pair(int left, int right) {
        return (long) left << 32 | right;
    }

    /** Sets the value of a pair, in place of an earlier one. */
    void put(long pair, int value) {
        if (2 * size >= keys.length) {
            long[] oldKeys = keys;
            int[] oldValues = values;
            allocate(2 * keys.length);
            for (int i = 0; i < oldKeys.length; i++) {
                if (oldKeys[i] != EMPTY) {
                    int slot = slot(oldKeys[i]);
                    keys[slot] = oldKeys[i];
                    values[slot] = oldValues[i];
                }
            }
        }
        int slot = slot(pair);
        size += keys[slot] == EMPTY ? 1 : 0;
        keys[slot] = pair;
        values[slot] = value;
    }

    /** The value of a pair, or -1. */
    int get(int left, int right) {
        int slot = slot(pair(left, right));
        return keys[slot] == EMPTY ? ABSENT : values[slot];
    }

    private int slot(long key) {
        long mixed = key * 0x9E3779B97F4A7C15L;
        int slot = (int) (mixed ^ mixed >>> 32) & keys.length - 1;
        while (keys[slot] != EMPTY && keys[slot] != key) {
            slot = slot + 1 & keys.length - 1;
        }
        return slot;
    }
}
