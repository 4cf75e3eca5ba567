package org.lilgatsby.recording;

import java.io.IOException;

/**
 * The destination of a recording's rows. One thread at a time writes; any thread may ask for block sizes and offsets.
 */
interface RowSink extends AutoCloseable {
    /** Maximum number of rows per write. */
    int most();

    /**
     * Writes rows whole; they count as written when this returns.
     *
     * @param index of the first in the recording
     * @param rows of which {@code count} contiguous ones from place {@code from} on are written, at most {@link #most}
     */
    void write(int index, RowRing rows, int from, int count) throws IOException;

    /** Size of a block of the file in bytes, a power of two; never changes. */
    default int block() {
        return 1;
    }

    /**
     * Offset in a block at which tensor i of a row, given by its index in the recording, should begin in memory as in
     * the file; never changes.
     */
    default int phase(int i, int index) {
        return 0;
    }

    /** From now on prefers speed to saving processor time: training waits too long. */
    default void hurry() {}

    /**
     * The values of tensor i in a row that was written before, in this session or an earlier one.
     *
     * @throws IOException if they cannot be read
     */
    float[] read(int i, int index) throws IOException;

    /** Returns when all rows written so far are on the disk. */
    void force() throws IOException;

    @Override
    void close() throws IOException;
}
