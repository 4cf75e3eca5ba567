package org.lilgatsby.recording;

import java.io.IOException;

/** Where rows of a recording go; written to by one thread at a time, asked for blocks and phases by any. */
interface RowSink extends AutoCloseable {
    /** Rows that it takes at once, at most. */
    int most();

    /**
     * Writes rows whole; they count as written when this returns.
     *
     * @param index of the first in the recording
     * @param rows of which {@code count} from place {@code from} on are written, which lie together, at most
     *     {@link #most}
     */
    void write(int index, RowRing rows, int from, int count) throws IOException;

    /** Bytes of a block of the file, a power of two; never changes. */
    default int block() {
        return 1;
    }

    /** Where in a block tensor i of a row, by its index in the recording, should begin in memory too; never changes. */
    default int phase(int i, int index) {
        return 0;
    }

    /** From now on being quick matters more than sparing processors: training waits too long. */
    default void hurry() {}

    /** Returns when all rows written so far are on the disk. */
    void force() throws IOException;

    @Override
    void close() throws IOException;
}
