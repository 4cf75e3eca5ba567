package org.lilgatsby.explorer.view;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.lilgatsby.analysis.History;

/** Chooses states of a history. */
final class States {
    /** Bytes of a block's numbers, roughly. */
    private static final int BLOCK = 1 << 20;

    private States() {}

    /**
     * The places of the states from one step to another, both included: as many as fit into a block, at least one if
     * there is one.
     *
     * @param bytes of each state in the block
     */
    static int[] between(History history, int from, int to, long bytes) {
        int most = (int) Math.clamp(BLOCK / Math.max(1, bytes), 1, Integer.MAX_VALUE);
        return IntStream.range(0, history.size())
                .filter(place -> history.step(place) >= from && history.step(place) <= to)
                .limit(most)
                .toArray();
    }

    /** The steps of some places. */
    static int[] steps(History history, int[] places) {
        return Arrays.stream(places).map(history::step).toArray();
    }
}
