package org.lilgatsby.recording;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.locks.LockSupport;
import org.lilgatsby.kernel.Kernels;
import org.lilgatsby.model.ParameterTensor;
import org.lilgatsby.training.StepListener;
import org.lilgatsby.training.TrainingState;

/**
 * Records the steps of a run. The training thread copies each row in its stored format into a ring of reusable rows; a
 * separate thread writes them. A slow disk makes training wait; it never drops a row or uses more memory.
 *
 * <p>The writer writes when half of the ring is full or rows have waited for a while. When all processors train,
 * interrupting one worker makes the others wait, so the writer runs rarely and writes large pieces.
 *
 * <p>Row r is of the r-th chosen state. Gradient, logits and loss are those after backward and before clipping, of the
 * update that led to this state, or of the next one if rows are recorded before the update; W and its moments are those
 * at the recording's instant.
 */
public final class Recorder implements StepListener, AutoCloseable {
    /**
     * Rows in the ring, an even number: half of them bridge a pause of the disk, the other half is written at once;
     * fewer if rows are large.
     */
    private static final int MOST_ROWS = 256;

    private static final int FEWEST_ROWS = 4;
    private static final long MOST_BYTES = 64 << 20;

    /**
     * Interval at which the writer checks the ring. If it has written nothing since the last check, it writes all
     * waiting rows, however few.
     */
    private static final long LOOK_NANOS = 250_000_000;

    /** After a checkpoint the disk may pause for a tenth of this time without counting as slow. */
    private static final long PATIENCE_NANOS = 5_000_000_000L;

    /** Interval at which a thread waiting for the writer checks that the writer still lives. */
    private static final long WAIT_NANOS = 100_000_000;

    private final StepChoice steps;
    private final boolean before;
    private final boolean readsHidden;
    private final RowFiller filler;
    private final RowFigures figures;
    private final RowSink sink;
    private final RowRing ring;
    private final DiskWait waits;
    private final Thread writer;
    /** Rows filled, set by training, and rows written, both since the start; row n is in place n mod ring.size(). */
    private volatile int filled;

    private volatile int written;
    private volatile boolean closed;
    private volatile Thread waiting;
    private volatile IOException failure;
    private boolean reported;
    private boolean open;

    /**
     * Opens the recording of a run directory, or starts it.
     *
     * @param kernels used to round values stored in bfloat16
     * @throws IOException if it cannot be written, or does not match the plan
     */
    public Recorder(RunDirectory directory, RecordingPlan plan, Kernels kernels) throws IOException {
        RecordingConfig config = plan.source().recording();
        Extent extent = plan.extent();
        RowSink sink = switch (config.layout()) {
            case STREAM -> StreamSink.open(directory.recording(), plan, rows(config, extent) / 2);
            case PER_STEP -> new PerStepSink(directory.steps(), plan);
        };
        this(
                config,
                extent,
                kernels,
                rows(config, extent),
                ProgressSink.of(sink, directory.progress()),
                new DiskWait(System.nanoTime(), PATIENCE_NANOS),
                Thread.ofPlatform().daemon().name("recorder").factory());
    }

    /**
     * A recorder whose rows go to memory, in the formats of the recording.
     *
     * @param total rows of the whole recording
     */
    static Recorder toMemory(RecordingConfig config, Extent extent, Kernels kernels, int total, RowSink sink) {
        return new Recorder(
                config,
                extent,
                kernels,
                rowsToMemory(config, extent, total),
                sink,
                new DiskWait(System.nanoTime(), PATIENCE_NANOS),
                Thread.ofPlatform().daemon().name("recorder").factory());
    }

    Recorder(
            RecordingConfig config,
            Extent extent,
            Kernels kernels,
            int rows,
            RowSink sink,
            DiskWait waits,
            ThreadFactory threads) {
        this.steps = config.steps();
        this.before = config.instant() == RecordingConfig.Instant.BEFORE;
        this.readsHidden = Slot.of(config, extent).stream()
                .anyMatch(slot -> slot.observable().needsHidden());
        this.sink = sink;
        this.waits = waits;
        this.filler = new RowFiller(config, extent);
        this.figures = new RowFigures(config, extent);
        this.ring = new RowRing(config, extent, kernels, rows, sink.block());
        this.writer = threads.newThread(this::writeRows);
        writer.start();
    }

    @Override
    public boolean readsHidden() {
        return readsHidden;
    }

    /** Bytes of heap that a recorder needs; the ring lies outside the heap. */
    public static long heapBytes(RecordingConfig config, Extent extent) {
        return RowFiller.bytes(config, extent) + RowFigures.bytes(config, extent);
    }

    /** Bytes outside the heap needed for the ring. */
    public static long nativeBytes(RecordingConfig config, Extent extent) {
        return rows(config, extent) * Row.bytes(config, extent);
    }

    /** Number of rows in the ring of a recorder to memory, given those of the whole recording. */
    static int rowsToMemory(RecordingConfig config, Extent extent, int total) {
        return total == 1 ? 1 : Math.clamp(total / 2 * 2, FEWEST_ROWS, rows(config, extent));
    }

    /** Number of rows in the ring. */
    static int rows(RecordingConfig config, Extent extent) {
        return Math.clamp(MOST_BYTES / Row.bytes(config, extent) / 2 * 2, FEWEST_ROWS, MOST_ROWS);
    }

    @Override
    public void initial(TrainingState state) {
        if (!before) {
            awaitRoom();
            place(0);
            filler.initial(next(), state);
            handOver();
        }
    }

    /** Number of updates before the state in the row of a step. */
    private int state(int step) {
        return before ? step - 1 : step;
    }

    /**
     * Waits for the disk here, since during a step the other workers would spin and compete with the writer for a
     * processor.
     */
    @Override
    public void beforeStep(int step) {
        if (steps.row(state(step)) >= 0) {
            awaitRoom();
        }
    }

    @Override
    public void afterBackward(TrainingState state) {
        int updates = state(state.stepNumber());
        if (steps.row(updates) >= 0) {
            place(updates);
            filler.afterBackward(next(), updates, state);
            open = true;
        }
    }

    @Override
    public void beforeUpdate(ParameterTensor tensor, TrainingState state) {
        if (open) {
            filler.beforeUpdate(tensor, state);
            if (before) {
                filler.atInstant(next(), tensor, state);
            }
        }
    }

    @Override
    public void afterUpdate(ParameterTensor tensor, TrainingState state) {
        if (open && !before) {
            filler.atInstant(next(), tensor, state);
        }
    }

    @Override
    public void afterUpdate(TrainingState state) {
        if (open) {
            handOver();
            open = false;
        }
    }

    private Row next() {
        return ring.row(filled % ring.size());
    }

    private void place(int step) {
        ring.place(filled % ring.size(), steps.row(step), sink);
    }

    private void handOver() {
        filled++;
        if (filled == wholeHalves()) {
            LockSupport.unpark(writer);
        }
    }

    /** Number of rows filled up to the end of a half of the ring. */
    private int wholeHalves() {
        int rows = filled;
        return rows - rows % ring.half();
    }

    /** Number of rows not yet written. */
    public int waitingRows() {
        return filled - written;
    }

    /**
     * Within a half of the ring, rows begin at the same offset in a block as in the file. The offset changes each time,
     * so the rows of its previous use must be written first.
     */
    private boolean hasRoom() {
        return filled % ring.half() != 0 || waitingRows() <= ring.size() - ring.half();
    }

    private void awaitRoom() {
        if (failure == null && hasRoom()) {
            return;
        }
        long began = System.nanoTime();
        waiting = Thread.currentThread();
        while (failure == null && !hasRoom()) {
            LockSupport.unpark(writer);
            LockSupport.parkNanos(this, WAIT_NANOS);
            if (!writer.isAlive() && failure == null) {
                fail(new IOException("the recorder's thread has ended"));
            }
            if (Thread.currentThread().isInterrupted()) {
                throw new IllegalStateException("interrupted while waiting for the disk");
            }
        }
        waiting = null;
        waits.add(System.nanoTime() - began);
        if (failure != null) {
            reported = true;
            throw new UncheckedIOException(failure);
        }
    }

    private void writeRows() {
        try {
            writeUntilClosed();
        } catch (RuntimeException | Error e) {
            fail(new IOException("the recorder failed: " + e, e));
        }
    }

    private void writeUntilClosed() {
        ring.askForHugePages();
        int before = written;
        long since = System.nanoTime();
        while (failure == null && !(closed && filled == written)) {
            long now = System.nanoTime();
            if (written != before) {
                before = written;
                since = now;
            }
            write(closed || now - since >= LOOK_NANOS);
            if (!closed) {
                LockSupport.parkNanos(this, LOOK_NANOS);
            }
            if (Thread.interrupted()) {
                fail(new IOException("the recorder was interrupted"));
            }
        }
    }

    /**
     * Writes while a whole half of the ring waits; if asked, also all rows that wait now, but not rows that arrive
     * meanwhile.
     */
    private void write(boolean all) {
        synchronized (sink) {
            int end = filled;
            try {
                while (failure == null && (written < wholeHalves() || all && written < end)) {
                    writeSome();
                }
            } catch (IOException e) {
                fail(e);
            } catch (RuntimeException | Error e) {
                fail(new IOException("the recorder failed: " + e, e));
            }
        }
    }

    private void fail(IOException e) {
        failure = failure == null ? e : failure;
        LockSupport.unpark(waiting);
    }

    private void writeSome() throws IOException {
        if (waits.isTooLong(System.nanoTime())) {
            sink.hurry();
        }
        int from = written % ring.size();
        int count = ring.together(from, Math.min(waitingRows(), sink.most()));
        int index = steps.row(ring.row(from).step());
        figures.compute(index, ring, from, count, sink);
        sink.write(index, ring, from, count);
        written += count;
        LockSupport.unpark(waiting);
    }

    /**
     * Writes the waiting rows on the calling thread; training must pause meanwhile.
     *
     * @throws IOException if a row could not be written
     */
    public void flush() throws IOException {
        write(true);
        if (failure != null) {
            reported = true;
            throw failure;
        }
    }

    /**
     * Like {@link #flush}, and every row so far is on the disk when this returns.
     *
     * @throws IOException if a row could not be written
     */
    public void force() throws IOException {
        flush();
        waits.restart(System.nanoTime());
        sink.force();
    }

    /**
     * Ends the recording.
     *
     * @throws IOException if a row could not be written and this was not reported yet
     */
    @Override
    public void close() throws IOException {
        closed = true;
        LockSupport.unpark(writer);
        boolean interrupted = false;
        while (writer.isAlive()) {
            try {
                writer.join();
            } catch (InterruptedException e) {
                interrupted = true; // the writer uses what is closed below
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        if (failure == null && waitingRows() > 0) {
            fail(new IOException(
                    waitingRows() + " recorded rows are not written, since the recorder's thread has ended"));
        }
        try (ring;
                sink) {
            if (failure != null && !reported) {
                throw failure;
            }
        }
    }
}
