package org.lilgatsby.recording;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.lilgatsby.kernel.Kernels;

/**
 * A recording that stays in memory, outside the heap, with the bytes that a file would hold. For runs of which only
 * figures are kept.
 */
public final class MemoryRecording implements AutoCloseable {
    private final RecordingConfig config;
    private final Extent extent;
    private final int total;
    private final Arena arena = Arena.ofShared();
    private final List<MemorySegment> tensors = new ArrayList<>(); // [rows, ...] each
    private volatile int rows;

    /**
     * Allocates all rows.
     *
     * @param steps updates of the run
     * @throws OutOfMemoryError if there is too little memory
     */
    public MemoryRecording(RecordingConfig config, int steps, Extent extent) {
        this.config = config;
        this.extent = extent;
        this.total = config.rows(steps);
        try {
            for (RecordedTensor tensor : config.tensors()) {
                tensors.add(arena.allocate(Math.multiplyExact(tensor.bytesPerRow(extent), (long) total), Long.BYTES));
            }
        } catch (RuntimeException | Error e) {
            arena.close();
            throw e;
        }
    }

    /** Bytes outside the heap that a recording takes, rows on their way included. */
    public static long bytes(RecordingConfig config, int steps, Extent extent) {
        return Math.addExact(
                Math.multiplyExact(Row.bytes(config, extent), (long) config.rows(steps)),
                Recorder.nativeBytes(config, extent));
    }

    /**
     * What fills the rows from the steps of a run; close it before rows are read.
     *
     * @param kernels used to round values stored in bfloat16
     */
    public Recorder recorder(Kernels kernels) {
        return Recorder.toMemory(config, extent, kernels, total, new Sink());
    }

    /** Number of complete rows. */
    public int rows() {
        return rows;
    }

    /** Number of updates before the state of each complete row. */
    public int[] steps() {
        return IntStream.range(0, rows).map(config::step).toArray();
    }

    /** The complete rows of the first tensor that records an observable, valid until {@link #close}. */
    public Optional<MemorySegment> rows(Observable observable) {
        for (int i = 0; i < tensors.size(); i++) {
            RecordedTensor tensor = config.tensors().get(i);
            if (tensor.observable() == observable) {
                return Optional.of(tensors.get(i).asSlice(0, tensor.bytesPerRow(extent) * rows));
            }
        }
        return Optional.empty();
    }

    /** Frees the memory. */
    @Override
    public void close() {
        arena.close();
    }

    /** Copies rows to their place. */
    private final class Sink implements RowSink {
        @Override
        public int most() {
            return Integer.MAX_VALUE;
        }

        @Override
        public void write(int index, RowRing ring, int from, int count) {
            for (int i = 0; i < tensors.size(); i++) {
                ByteBuffer bytes = ring.bytes(i, from, count);
                long at = config.tensors().get(i).bytesPerRow(extent) * index;
                tensors.get(i).asSlice(at, bytes.remaining()).copyFrom(MemorySegment.ofBuffer(bytes));
            }
            rows = index + count;
        }

        /** A recording in memory is not resumed. */
        @Override
        public float[] read(int i, int index) {
            throw new IllegalStateException("a recording in memory begins with its first row");
        }

        @Override
        public void force() {}

        @Override
        public void close() {}
    }
}
