package org.lilgatsby.recording;

import java.io.IOException;

/** Where rows of a recording go; called by one thread at a time. */
interface RowSink extends AutoCloseable {
    /** Rows that it takes at once, at most. */
    int most();

    /**
     * Writes rows whole; they count as written when this returns.
     *
     * @param index of the first in the recording
     * @param rows of which {@code count} from {@code from} on are written, at most {@link #most}
     */
    void write(int index, Row[] rows, int from, int count) throws IOException;

    /** From now on being quick matters more than sparing processors: training had to wait. */
    default void hurry() {}

    /** Returns when all rows written so far are on the disk. */
    void force() throws IOException;

    @Override
    void close() throws IOException;
}
