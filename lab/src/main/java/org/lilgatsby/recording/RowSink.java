package org.lilgatsby.recording;

import java.io.IOException;

/** Where rows of a recording go; called by one thread. */
interface RowSink extends AutoCloseable {
    /** Writes a row whole; the row counts as written when this returns. */
    void write(int index, Row row) throws IOException;

    /** Returns when all rows written so far are on the disk. */
    void force() throws IOException;

    @Override
    void close() throws IOException;
}
