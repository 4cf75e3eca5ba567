package org.lilgatsby.recording;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import org.lilgatsby.training.StepListener;
import org.lilgatsby.training.TrainingState;

/**
 * Records the steps of a run. The training thread only copies; a thread of its own rounds and writes, from
 * a ring of rows that are used again and again. A slow disk makes training wait, it never drops a row or
 * grows memory.
 *
 * <p>Row 0 is the state before training, row r the step r*every. Gradient, logits and loss are taken
 * after backward and before clipping; W and its moments after the update.
 */
public final class Recorder implements StepListener, AutoCloseable {
    /** Rows on their way: enough to bridge a pause of the disk, small beside the model. */
    private static final int RING = 16;

    private final int every;
    private final boolean readsHidden;
    private final RowSink sink;
    private final Progress progress;
    private final BlockingQueue<Row> free = new ArrayBlockingQueue<>(RING);
    private final BlockingQueue<Row> full = new ArrayBlockingQueue<>(RING + 1);
    private final Row end;
    private final Thread writer;
    private volatile IOException failure;
    private boolean reported;
    private Row current;

    /**
     * Opens the recording of a run directory, or starts it.
     *
     * @throws IOException if it cannot be written, or is not what the plan says
     */
    public Recorder(RunDirectory directory, RecordingPlan plan) throws IOException {
        RecordingConfig config = plan.source().recording();
        this.every = config.every();
        this.readsHidden = config.tensors().stream().anyMatch(tensor -> tensor.observable() == Observable.HIDDEN);
        this.sink = switch (config.layout()) {
            case STREAM -> StreamSink.open(directory.recording(), plan);
            case PER_STEP -> new PerStepSink(directory.steps(), plan);
        };
        try {
            this.progress = new Progress(directory.progress());
        } catch (IOException e) {
            sink.close();
            throw e;
        }
        int v = plan.source().model().vocabulary();
        int d = plan.source().model().width();
        for (int i = 0; i < RING; i++) {
            free.add(new Row(config, v, d));
        }
        this.end = new Row(config, v, d);
        this.writer = Thread.ofPlatform().daemon().name("recorder").start(this::writeRows);
    }

    @Override
    public boolean readsHidden() {
        return readsHidden;
    }

    /** Bytes of the rows on their way from training to the disk. */
    public static long bytes(RecordingConfig config, int vocabulary, int width) {
        return (RING + 1) * Row.bytes(config, vocabulary, width);
    }

    @Override
    public void initial(TrainingState state) {
        Row row = take();
        row.initial(state);
        full.add(row);
    }

    @Override
    public void afterBackward(TrainingState state) {
        if (state.stepNumber() % every == 0) {
            current = take();
            current.beforeUpdate(state);
        }
    }

    @Override
    public void afterUpdate(TrainingState state) {
        if (current != null) {
            current.afterUpdate(state);
            full.add(current);
            current = null;
        }
    }

    private Row take() {
        try {
            while (true) {
                if (failure != null) {
                    reported = true;
                    throw new UncheckedIOException(failure);
                }
                Row row = free.poll(100, TimeUnit.MILLISECONDS);
                if (row != null) {
                    return row;
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while waiting for the disk", e);
        }
    }

    private void writeRows() {
        try {
            for (Row row = full.take(); row != end; row = full.take()) {
                int index = row.step() / every;
                sink.write(index, row);
                progress.set(index + 1);
                free.add(row);
            }
        } catch (IOException e) {
            failure = e;
        } catch (InterruptedException e) {
            failure = new IOException("the recorder was interrupted", e);
        } catch (RuntimeException | Error e) {
            failure = new IOException("the recorder failed: " + e, e);
        }
    }

    /**
     * Waits until every row so far is written, and on the disk; training must pause meanwhile.
     *
     * @throws IOException if a row could not be written
     */
    public void force() throws IOException {
        try {
            while (free.size() < RING) {
                if (failure != null) {
                    reported = true;
                    throw failure;
                }
                Thread.sleep(1);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while waiting for the disk", e);
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
        full.add(end);
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
