package org.lilgatsby.recording;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.concurrent.locks.LockSupport;
import org.lilgatsby.kernel.Kernels;
import org.lilgatsby.training.StepListener;
import org.lilgatsby.training.TrainingState;

/**
 * Records the steps of a run. The training thread copies, in the format that is stored; a thread of its own writes, from a ring
 * of rows that are used again and again. A slow disk makes training wait, it never drops a row or grows memory.
 *
 * <p>The writer looks every few milliseconds, or when half of the ring waits, and writes what there is: where steps take less
 * than a millisecond, being woken for each row and writing it by itself would take a quarter of the time of training with all
 * processors.
 *
 * <p>Row 0 is the state before training, row r the step r*every. Gradient, logits and loss are taken
 * after backward and before clipping; W and its moments after the update.
 */
public final class Recorder implements StepListener, AutoCloseable {
    /** Rows on their way: enough to bridge a pause of the disk and for large writes; fewer if they are large, but some. */
    private static final int MOST_ROWS = 32;

    private static final int FEWEST_ROWS = 4;
    private static final long MOST_BYTES = 64 << 20;

    /** After so long the writer looks for rows, however few. */
    private static final long LOOK_NANOS = 10_000_000;

    /** After so long one who waits for the writer looks whether it still lives. */
    private static final long WAIT_NANOS = 100_000_000;

    private final int every;
    private final boolean readsHidden;
    private final RowFiller filler;
    private final RowSink sink;
    private final Progress progress;
    private final Row[] ring;
    private final Thread writer;
    /** Rows filled and rows written since the start, set by one thread each; row n is in place n mod ring.length. */
    private volatile int filled;
    private volatile int written;
    private volatile boolean hurry;
    private volatile boolean closed;
    private volatile Thread waiting;
    private volatile IOException failure;
    private boolean reported;
    private boolean open;

    /**
     * Opens the recording of a run directory, or starts it.
     *
     * @param kernels that round what is stored in bfloat16
     * @throws IOException if it cannot be written, or is not what the plan says
     */
    public Recorder(RunDirectory directory, RecordingPlan plan, Kernels kernels) throws IOException {
        RecordingConfig config = plan.source().recording();
        int vocabulary = plan.source().model().vocabulary();
        int width = plan.source().model().width();
        RowSink sink = switch (config.layout()) {
            case STREAM -> StreamSink.open(directory.recording(), plan, rows(config, vocabulary, width) / 2);
            case PER_STEP -> new PerStepSink(directory.steps(), plan);
        };
        this(config, vocabulary, width, kernels, sink, progress(directory, sink));
    }

    Recorder(RecordingConfig config, int vocabulary, int width, Kernels kernels, RowSink sink, Progress progress) {
        this.every = config.every();
        this.readsHidden = config.tensors().stream().anyMatch(tensor -> tensor.observable() == Observable.HIDDEN);
        this.sink = sink;
        this.progress = progress;
        this.filler = new RowFiller(config, vocabulary, width, kernels);
        this.ring = new Row[rows(config, vocabulary, width)];
        for (int i = 0; i < ring.length; i++) {
            ring[i] = new Row(config, vocabulary, width);
        }
        this.writer = Thread.ofPlatform().daemon().name("recorder").start(this::writeRows);
    }

    private static Progress progress(RunDirectory directory, RowSink sink) throws IOException {
        try {
            return new Progress(directory.progress());
        } catch (IOException e) {
            sink.close();
            throw e;
        }
    }

    @Override
    public boolean readsHidden() {
        return readsHidden;
    }

    /** Bytes of the rows on their way from training to the disk. */
    public static long bytes(RecordingConfig config, int vocabulary, int width) {
        return rows(config, vocabulary, width) * Row.bytes(config, vocabulary, width) + RowFiller.bytes(config, vocabulary, width);
    }

    /** Rows of the ring. */
    static int rows(RecordingConfig config, int vocabulary, int width) {
        return Math.clamp(MOST_BYTES / Row.bytes(config, vocabulary, width), FEWEST_ROWS, MOST_ROWS);
    }

    @Override
    public void initial(TrainingState state) {
        awaitRoom();
        filler.initial(next(), state);
        handOver();
    }

    @Override
    public void afterBackward(TrainingState state) {
        if (state.stepNumber() % every == 0) {
            awaitRoom();
            filler.beforeUpdate(next(), state);
            open = true;
        }
    }

    @Override
    public void afterUpdate(TrainingState state) {
        if (open) {
            filler.afterUpdate(next(), state);
            handOver();
            open = false;
        }
    }

    private Row next() {
        return ring[filled % ring.length];
    }

    private void handOver() {
        filled++;
        if (filled - written == ring.length / 2) {
            LockSupport.unpark(writer);
        }
    }

    private void awaitRoom() {
        if (failure == null && filled - written < ring.length) {
            return;
        }
        waiting = Thread.currentThread();
        while (failure == null && filled - written == ring.length) {
            LockSupport.unpark(writer);
            LockSupport.parkNanos(this, WAIT_NANOS);
            if (Thread.currentThread().isInterrupted()) {
                throw new IllegalStateException("interrupted while waiting for the disk");
            }
        }
        waiting = null;
        if (failure != null) {
            reported = true;
            throw new UncheckedIOException(failure);
        }
    }

    private void writeRows() {
        try {
            while (true) {
                boolean last = closed;
                if (filled == written && last) {
                    return;
                }
                int ready = filled - written;
                if (!last && (ready == 0 || ready < ring.length / 2 && !hurry)) {
                    LockSupport.parkNanos(this, LOOK_NANOS);
                    if (Thread.interrupted()) {
                        throw new IOException("the recorder was interrupted");
                    }
                }
                if (filled > written) {
                    writeSome();
                }
            }
        } catch (IOException e) {
            failure = e;
        } catch (RuntimeException | Error e) {
            failure = new IOException("the recorder failed: " + e, e);
        }
        LockSupport.unpark(waiting);
    }

    private void writeSome() throws IOException {
        int from = written % ring.length;
        int count = Math.min(Math.min(filled - written, sink.most()), ring.length - from);
        int index = ring[from].step() / every;
        sink.write(index, ring, from, count);
        progress.set(index + count);
        written += count;
        LockSupport.unpark(waiting);
    }

    /**
     * Waits until every row so far is written, and on the disk; training must pause meanwhile.
     *
     * @throws IOException if a row could not be written
     */
    public void force() throws IOException {
        hurry = true;
        waiting = Thread.currentThread();
        try {
            while (failure == null && written < filled) {
                LockSupport.unpark(writer);
                LockSupport.parkNanos(this, WAIT_NANOS);
                if (Thread.currentThread().isInterrupted()) {
                    throw new IOException("interrupted while waiting for the disk");
                }
            }
        } finally {
            waiting = null;
            hurry = false;
        }
        if (failure != null) {
            reported = true;
            throw failure;
        }
        sink.force();
        progress.force();
    }

    /**
     * Ends the recording.
     *
     * @throws IOException if a row could not be written, and nobody was told yet
     */
    @Override
    public void close() throws IOException {
        closed = true;
        LockSupport.unpark(writer);
        try {
            writer.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        try (sink; progress) {
            if (failure != null && !reported) {
                throw failure;
            }
        }
    }
}
