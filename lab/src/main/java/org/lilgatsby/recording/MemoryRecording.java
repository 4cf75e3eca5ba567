package org.lilgatsby.recording;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.lilgatsby.kernel.Kernels;
import org.lilgatsby.training.StepListener;
import org.lilgatsby.training.TrainingState;

/**
 * A recording that stays in memory with the bytes that a file would hold. For runs of which only figures are kept. It
 * is outside the heap, unless it is the small one of a run without a step.
 */
public final class MemoryRecording implements AutoCloseable {
    /** Most bytes on the heap: memory outside it that threads share takes longer to free than these take to fill. */
    private static final long MOST_ON_THE_HEAP = 1 << 20;

    private final RecordingConfig config;
    private final Extent extent;
    private final int total;
    private final Optional<Arena> arena;
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
        this.arena = steps == 0 && Row.bytes(config, extent) <= MOST_ON_THE_HEAP
                ? Optional.empty()
                : Optional.of(Arena.ofShared());
        try {
            for (RecordedTensor tensor : config.tensors()) {
                tensors.add(allocate(Math.multiplyExact(tensor.bytesPerRow(extent), (long) total)));
            }
        } catch (RuntimeException | Error e) {
            close();
            throw e;
        }
    }

    private MemorySegment allocate(long bytes) {
        return arena.isPresent()
                ? arena.get().allocate(bytes, Long.BYTES)
                : MemorySegment.ofArray(new byte[Math.toIntExact(bytes)]);
    }

    /** Bytes outside the heap that a recording takes, rows on their way included. */
    public static long bytes(RecordingConfig config, int steps, Extent extent) {
        int total = config.rows(steps);
        int onTheirWay = needsNoRecorder(config, steps) ? 0 : Recorder.rowsToMemory(config, extent, total);
        return Math.multiplyExact(Row.bytes(config, extent), (long) total + onTheirWay);
    }

    /**
     * What fills the rows from the steps of a run; close it before rows are read.
     *
     * @param kernels used to round values stored in bfloat16
     */
    public Recorder recorder(Kernels kernels) {
        return Recorder.toMemory(config, extent, kernels, total, new Sink());
    }

    /** Whether {@link #starting} is enough: the run has no step, and nothing is computed from rows on their way. */
    public static boolean needsNoRecorder(RecordingConfig config, int steps) {
        return steps == 0 && config.tensors().stream().noneMatch(tensor -> tensor.observable() instanceof Figure);
    }

    /**
     * What records the state before training on the thread that calls it, for a run without a step, which has no other
     * row: it needs no thread that writes, where {@link #needsNoRecorder} says so.
     *
     * @param kernels used to round values stored in bfloat16
     */
    public StepListener starting(Kernels kernels) {
        return new StepListener() {
            @Override
            public void initial(TrainingState state) {
                for (int i = 0; i < tensors.size() && total > 0; i++) {
                    RecordedTensor tensor = config.tensors().get(i);
                    tensor.observable()
                            .initial(
                                    state,
                                    new StoredValues(
                                            kernels,
                                            tensor.format(),
                                            extent.pieces(tensor.observable()),
                                            tensors.get(i)));
                }
                rows = total;
            }
        };
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
        arena.ifPresent(Arena::close);
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
