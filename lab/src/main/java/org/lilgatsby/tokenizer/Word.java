package org.lilgatsby.tokenizer;

import java.util.Arrays;

/** The symbols of one piece while a model joins them; used again and again. Not for several threads. */
final class Word {
    private static final int NONE = -1;
    private static final int JOINED = -2;

    private int[] symbols = new int[64];
    private int[] before = new int[64];
    private int[] after = new int[64]; // NONE for the last, JOINED for one that has become part of its left neighbour
    private int length;
    private long[] queue = new long[64];
    private int queued;

    void clear() {
        length = 0;
    }

    void add(int symbol) {
        if (length == symbols.length) {
            int capacity = Math.multiplyExact(2, length);
            symbols = Arrays.copyOf(symbols, capacity);
            before = Arrays.copyOf(before, capacity);
            after = Arrays.copyOf(after, capacity);
        }
        symbols[length++] = symbol;
    }

    /**
     * Joins neighbours as long as there is a merge for any: always the earliest merge, at its first place.
     *
     * @param ranks the number of the merge of each pair
     * @param joined the id that each merge makes
     */
    void join(PairTable ranks, int[] joined, Ids out) {
        queued = 0;
        for (int i = 0; i < length; i++) {
            before[i] = i - 1;
            after[i] = i + 1 < length ? i + 1 : NONE;
            if (i + 1 < length) {
                offer(ranks, i, i + 1);
            }
        }
        while (queued > 0) {
            long top = poll();
            int place = (int) top;
            int rank = (int) (top >>> 32);
            int next = after[place];
            if (next < 0 || ranks.get(symbols[place], symbols[next]) != rank) {
                continue; // One of the two has been joined to another since.
            }
            symbols[place] = joined[rank];
            after[place] = after[next];
            after[next] = JOINED;
            if (after[place] != NONE) {
                before[after[place]] = place;
                offer(ranks, place, after[place]);
            }
            if (before[place] != NONE) {
                offer(ranks, before[place], place);
            }
        }
        for (int i = 0; i < length; i++) {
            if (after[i] != JOINED) {
                out.add(symbols[i]);
            }
        }
    }

    private void offer(PairTable ranks, int left, int right) {
        int rank = ranks.get(symbols[left], symbols[right]);
        if (rank < 0) {
            return;
        }
        if (queued == queue.length) {
            queue = Arrays.copyOf(queue, Math.multiplyExact(2, queued));
        }
        long entry = (long) rank << 32 | left;
        int i = queued++;
        while (i > 0 && queue[i - 1 >> 1] > entry) {
            queue[i] = queue[i - 1 >> 1];
            i = i - 1 >> 1;
        }
        queue[i] = entry;
    }

    private long poll() {
        long top = queue[0];
        long last = queue[--queued];
        int i = 0;
        for (int child = 1; child < queued; child = 2 * i + 1) {
            if (child + 1 < queued && queue[child + 1] < queue[child]) {
                child++;
            }
            if (queue[child] >= last) {
                break;
            }
            queue[i] = queue[child];
            i = child;
        }
        queue[i] = last;
        return top;
    }
}
