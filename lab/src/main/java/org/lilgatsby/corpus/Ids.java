package org.lilgatsby.corpus;

import java.util.stream.IntStream;

/** Sets of ids. */
final class Ids {
    private Ids() {}

    /** The ids that are marked, ascending. */
    static int[] where(boolean[] marked) {
        return IntStream.range(0, marked.length).filter(id -> marked[id]).toArray();
    }

    /** The ids that are not marked, ascending. */
    static int[] whereNot(boolean[] marked) {
        return IntStream.range(0, marked.length).filter(id -> !marked[id]).toArray();
    }
}
