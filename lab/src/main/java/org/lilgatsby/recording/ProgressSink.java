package org.lilgatsby.recording;

import java.io.IOException;
import java.nio.file.Path;

/** Counts in a {@link ProgressFile} what another sink has written. */
final class ProgressSink implements RowSink {
    private final RowSink sink;
    private final ProgressFile progress;

    private ProgressSink(RowSink sink, ProgressFile progress) {
        this.sink = sink;
        this.progress = progress;
    }

    /**
     * @param sink closed if this fails
     * @throws IOException if the file cannot be opened
     */
    static ProgressSink of(RowSink sink, Path progress) throws IOException {
        try {
            return new ProgressSink(sink, new ProgressFile(progress));
        } catch (IOException e) {
            sink.close();
            throw e;
        }
    }

    @Override
    public int most() {
        return sink.most();
    }

    @Override
    public void write(int index, RowRing rows, int from, int count) throws IOException {
        sink.write(index, rows, from, count);
        progress.set(index + count);
    }

    @Override
    public int block() {
        return sink.block();
    }

    @Override
    public int phase(int i, int index) {
        return sink.phase(i, index);
    }

    @Override
    public void hurry() {
        sink.hurry();
    }

    @Override
    public float[] read(int i, int index) throws IOException {
        return sink.read(i, index);
    }

    @Override
    public void force() throws IOException {
        sink.force();
        progress.force();
    }

    @Override
    public void close() throws IOException {
        try (sink;
                progress) {}
    }
}
