package org.lilgatsby.recording;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.lilgatsby.bf16.Bf16;
import org.lilgatsby.bf16.Precision;
import org.lilgatsby.kernel.KernelChoice;
import org.lilgatsby.model.ModelConfig;
import org.lilgatsby.model.Models;
import org.lilgatsby.model.ParameterLayout;
import org.lilgatsby.model.ParameterTensor;
import org.lilgatsby.training.TrainingState;

class RecorderTest {
    private static final ModelConfig MODEL = new ModelConfig(5, 4, 1, 1, 2, ModelConfig.Norm.LAYER_NORM, true);
    private static final Extent EXTENT = Extent.whole(MODEL.vocabulary(), MODEL.width());
    private static final RecordingConfig CONFIG = config(1);
    private static final long PATIENCE_NANOS = 50_000_000;
    private static final int VALUES = MODEL.vocabulary() * MODEL.width();

    @TempDir
    private Path directory;

    private static RecordingConfig config(int every) {
        return new RecordingConfig(
                List.of(
                        new RecordedTensor("w", Observables.EMBEDDINGS, Precision.BF16),
                        new RecordedTensor("moved", Observables.DELTAS, Precision.F32),
                        new RecordedTensor("moved_shortly", Observables.DELTAS, Precision.BF16),
                        new RecordedTensor("g", Observables.GRADS, Precision.F32),
                        new RecordedTensor("loss", Observables.LOSSES, Precision.F32),
                        new RecordedTensor("moved_again", Observables.DELTAS, Precision.F32)),
                List.of(),
                every,
                RecordingConfig.Instant.AFTER,
                RecordingConfig.Layout.STREAM);
    }

    /** A run whose every value tells its step and its place, and is no bfloat16. */
    private static final class Run implements TrainingState {
        private final ParameterLayout layout = Models.layout(MODEL);
        private final float[] parameters = new float[layout.length()];
        private final float[] gradients = new float[layout.length()];
        private final AtomicInteger step = new AtomicInteger();

        Run() {
            fill(parameters, 0);
        }

        static float parameter(int step, int i) {
            return 1 + step * 0.0137f + i * 0.00001f;
        }

        private static void fill(float[] values, int step) {
            for (int i = 0; i < values.length; i++) {
                values[i] = parameter(step, i);
            }
        }

        /** Steps up to and including {@code last}. */
        void train(Recorder recorder, int last) {
            if (step.get() == 0) {
                recorder.initial(this);
            }
            while (step.get() < last) {
                recorder.beforeStep(step.get() + 1);
                fill(gradients, -step.incrementAndGet());
                recorder.afterBackward(this);
                for (ParameterTensor tensor : layout.tensors()) {
                    recorder.beforeUpdate(tensor, this);
                    for (int i = tensor.at(); i < tensor.end(); i++) {
                        parameters[i] = parameter(step.get(), i);
                    }
                    recorder.afterUpdate(tensor, this);
                }
                recorder.afterUpdate(this);
            }
        }

        @Override
        public int stepNumber() {
            return step.get();
        }

        @Override
        public float[] hiddenVariance() {
            throw new AssertionError("nobody reads it");
        }

        @Override
        public float[] headGradients() {
            throw new AssertionError("nobody reads it");
        }

        @Override
        public float[] lookupGradients() {
            throw new AssertionError("nobody reads it");
        }

        @Override
        public ParameterLayout layout() {
            return layout;
        }

        @Override
        public float[] parameters() {
            return parameters;
        }

        @Override
        public float[] gradients() {
            return gradients;
        }

        @Override
        public float[] expAvg() {
            throw new UnsupportedOperationException("no tensor of the recording holds it");
        }

        @Override
        public float[] expAvgSq() {
            throw new UnsupportedOperationException("no tensor of the recording holds it");
        }

        @Override
        public float[] logits() {
            throw new UnsupportedOperationException("no tensor of the recording holds it");
        }

        @Override
        public float[] hidden() {
            throw new UnsupportedOperationException("no tensor of the recording holds it");
        }

        @Override
        public double loss() {
            return 10 + step.get();
        }

        @Override
        public double learningRate() {
            return 0;
        }

        @Override
        public double gradientNorm() {
            return 0;
        }

        @Override
        public double clipCoefficient() {
            return 0;
        }
    }

    /** Checks every row as it comes. */
    private static class Checked implements RowSink {
        private final int every;
        private final ParameterLayout layout = Models.layout(MODEL);
        final List<String> wrong = Collections.synchronizedList(new ArrayList<>());
        final AtomicInteger rows = new AtomicInteger();
        int forced = -1;
        boolean isClosed;

        Checked(int every) {
            this.every = every;
        }

        @Override
        public float[] read(int i, int index) {
            throw new IllegalStateException("nothing is resumed here");
        }

        @Override
        public int most() {
            return 7;
        }

        @Override
        public void write(int index, RowRing ring, int from, int count) throws IOException {
            if (count < 1 || count > most() || index != rows.get()) {
                wrong.add(count + " rows from index " + index + " on, where " + rows + " are written");
            }
            for (int r = 0; r < count; r++) {
                check(rows.getAndIncrement() * every, ring, from + r, from, count);
            }
        }

        private void check(int step, RowRing ring, int place, int from, int count) {
            int at = layout.wte().at();
            float[] w = new float[VALUES];
            float[] moved = new float[VALUES];
            float[] g = new float[VALUES];
            for (int i = 0; i < VALUES; i++) {
                w[i] = Run.parameter(step, at + i);
                moved[i] = step == 0 ? 0f : w[i] - Run.parameter(step - 1, at + i);
                g[i] = step == 0 ? 0f : Run.parameter(-step, at + i);
            }
            try {
                assertEquals(step, ring.row(place).step());
                for (int i = 0; i < CONFIG.tensors().size(); i++) {
                    float[] values = i == 4
                            ? new float[] {step == 0 ? Float.NaN : 10 + step}
                            : List.of(w, moved, moved, g, g, moved).get(i);
                    ByteBuffer expected =
                            encoded(values, CONFIG.tensors().get(i).format());
                    ByteBuffer together = ring.bytes(i, from, count);
                    int start = together.position() + (place - from) * expected.remaining();
                    assertEquals(
                            -1,
                            expected.mismatch(together.slice(start, expected.remaining())),
                            CONFIG.tensors().get(i).name());
                }
            } catch (AssertionError e) {
                wrong.add("step " + step + ": " + e.getMessage());
            }
        }

        private static ByteBuffer encoded(float[] values, Precision format) {
            ByteBuffer bytes = RecordingPlan.little(format.bytes() * values.length);
            for (float value : values) {
                if (format == Precision.BF16) {
                    bytes.putShort(Bf16.fromFloat(value));
                } else {
                    bytes.putFloat(value);
                }
            }
            return bytes.flip();
        }

        @Override
        public int block() {
            return 64;
        }

        /** Another one each time that a place is used again. */
        @Override
        public int phase(int i, int index) {
            return (10 * i + index / 7) % 64;
        }

        @Override
        public void force() {
            forced = rows.get();
        }

        @Override
        public void close() {
            isClosed = true;
        }
    }

    private Recorder recorder(RecordingConfig config, RowSink sink) throws IOException {
        return recorder(config, sink, Thread::new);
    }

    private Recorder recorder(RecordingConfig config, RowSink sink, ThreadFactory threads) throws IOException {
        return new Recorder(
                config,
                EXTENT,
                KernelChoice.AUTO.create(),
                Recorder.rows(config, EXTENT),
                ProgressSink.of(sink, directory.resolve("progress")),
                new DiskWait(System.nanoTime(), PATIENCE_NANOS),
                threads);
    }

    @Test
    void trainingDoesNotWaitForAWriterThatIsDead() throws IOException {
        Recorder recorder = recorder(CONFIG, new Checked(1), _ -> new Thread(() -> {}));
        UncheckedIOException told = assertThrows(UncheckedIOException.class, () -> new Run().train(recorder, 100_000));
        assertEquals("the recorder's thread has ended", told.getCause().getMessage());
        recorder.close();
    }

    private int progress() throws IOException {
        return ProgressFile.read(directory.resolve("progress"));
    }

    @ParameterizedTest
    @CsvSource({"1, 0", "1, 1", "1, 31", "1, 1000", "3, 1000"})
    void everyRowIsWrittenOnceInOrder(int every, int steps) throws IOException {
        Checked sink = new Checked(every);
        try (Recorder recorder = recorder(config(every), sink)) {
            new Run().train(recorder, steps);
            recorder.force();
            assertEquals(steps / every + 1, sink.rows.get());
            assertEquals(steps / every + 1, sink.forced);
            assertEquals(steps / every + 1, progress());
        }
        assertEquals(List.of(), sink.wrong);
        assertTrue(sink.isClosed);
    }

    @Test
    void closingWritesWhatIsOnItsWay() throws IOException {
        Checked sink = new Checked(1);
        try (Recorder recorder = recorder(CONFIG, sink)) {
            new Run().train(recorder, 20);
        }
        assertEquals(21, sink.rows.get());
        assertEquals(21, progress());
        assertEquals(List.of(), sink.wrong);
    }

    @Test
    void aRowDoesNotWaitForOthers() throws Exception {
        Checked sink = new Checked(1);
        try (Recorder recorder = recorder(CONFIG, sink)) {
            new Run().train(recorder, 1);
            while (progress() < 2) {
                Thread.sleep(1);
            }
        }
        assertEquals(2, sink.rows.get());
    }

    @Test
    void rowsThatADeadWriterLeftAreMissedAtTheEnd() throws Exception {
        Checked sink = new Checked(1);
        Recorder recorder = recorder(CONFIG, sink, _ -> new Thread(() -> {}));
        new Run().train(recorder, 3);
        IOException told = assertThrows(IOException.class, recorder::close);
        assertEquals("4 recorded rows are not written, since the recorder's thread has ended", told.getMessage());
        assertTrue(sink.isClosed);
    }

    @Test
    void flushingAndTheWriterTogetherWriteEveryRowOnce() throws Exception {
        Checked sink = new Checked(1);
        int steps = 200_000;
        Run run = new Run();
        try (Recorder recorder = recorder(CONFIG, sink)) {
            Thread training = Thread.ofPlatform().start(() -> run.train(recorder, steps));
            while (training.isAlive()) {
                recorder.flush();
            }
            training.join();
            recorder.flush();
            assertEquals(0, recorder.waitingRows());
            assertEquals(steps + 1, sink.rows.get());
        }
        assertEquals(List.of(), sink.wrong);
    }

    @Test
    void whereStepsAreQuickRowsAreWrittenManyAtOnce() throws Exception {
        List<Integer> counts = Collections.synchronizedList(new ArrayList<>());
        int half = Recorder.rows(CONFIG, EXTENT) / 2;
        Run run = new Run();
        int steps = 20 * half - 1;
        Checked sink = new Checked(1) {
            @Override
            public int most() {
                return 1_000;
            }

            /** Takes as long as training needs to fill what the ring has room for. */
            @Override
            public void write(int index, RowRing ring, int from, int count) throws IOException {
                counts.add(count);
                while (run.stepNumber() < Math.min(steps, index + half)) {
                    Thread.onSpinWait();
                }
                super.write(index, ring, from, count);
            }
        };
        try (Recorder recorder = recorder(CONFIG, sink)) {
            run.train(recorder, steps);
        }
        assertEquals(steps + 1, sink.rows.get());
        assertTrue(counts.size() <= 2 * (steps + 1) / half, counts + " rows at once");
        assertEquals(List.of(), sink.wrong);
    }

    @Test
    void trainingThatWaitsMostOfItsTimeHurriesTheSink() throws Exception {
        AtomicInteger hurries = new AtomicInteger();
        Thread training = Thread.currentThread();
        AtomicInteger slow = new AtomicInteger();
        long start = System.nanoTime();
        Checked sink = new Checked(1) {
            /** Lets training wait as long as it has gone on by then, whatever the speed of either. */
            @Override
            public void write(int index, RowRing ring, int from, int count) throws IOException {
                if (hurries.get() == 0 && slow.getAndDecrement() > 0) {
                    while (training.getState() != Thread.State.TIMED_WAITING) {
                        Thread.onSpinWait();
                    }
                    long until = 2 * System.nanoTime() - start + PATIENCE_NANOS;
                    while (System.nanoTime() - until < 0) {
                        Thread.onSpinWait(); // parking would end at once: who waits keeps waking the writer
                    }
                }
                super.write(index, ring, from, count);
            }

            @Override
            public void hurry() {
                hurries.incrementAndGet();
            }
        };
        int rows = Recorder.rows(CONFIG, EXTENT);
        Run run = new Run();
        try (Recorder recorder = recorder(CONFIG, sink)) {
            run.train(recorder, rows / 2);
            recorder.flush();
            assertEquals(0, hurries.get(), "nobody waited");
            slow.set(5);
            run.train(recorder, 40 * rows);
        }
        assertTrue(hurries.get() > 0);
        assertEquals(List.of(), sink.wrong);
    }

    @Test
    void aSlowDiskMakesTrainingWaitAndLosesNothing() throws Exception {
        Semaphore disk = new Semaphore(0);
        Checked sink = new Checked(1) {
            @Override
            public void write(int index, RowRing ring, int from, int count) throws IOException {
                disk.acquireUninterruptibly(count);
                super.write(index, ring, from, count);
            }
        };
        int rows = Recorder.rows(CONFIG, EXTENT);
        Run run = new Run();
        try (Recorder recorder = recorder(CONFIG, sink)) {
            Thread training = Thread.ofPlatform().start(() -> run.train(recorder, 10 * rows));
            try {
                while (training.isAlive()
                        && (run.stepNumber() < rows - 1 || training.getState() != Thread.State.TIMED_WAITING)) {
                    Thread.sleep(1);
                }
                assertEquals(rows - 1, run.stepNumber(), "rows 0 to " + (rows - 1) + " fill the ring");
                assertEquals(0, sink.rows.get());
            } finally {
                disk.release(11 * rows);
            }
            training.join();
        }
        assertEquals(10 * rows + 1, sink.rows.get());
        assertEquals(List.of(), sink.wrong);
    }

    @Test
    void aDiskThatFailsEndsTraining() throws IOException {
        IOException full = new IOException("no room");
        Checked sink = failing(20, full);
        Recorder recorder = recorder(CONFIG, sink);
        Run run = new Run();

        UncheckedIOException told = assertThrows(UncheckedIOException.class, () -> run.train(recorder, 100_000));

        assertSame(full, told.getCause());
        recorder.close();
        assertTrue(sink.isClosed);
        assertTrue(progress() <= 20 && progress() == sink.rows.get(), progress() + " rows are said to be whole");
    }

    @Test
    void aFailureThatTrainingDidNotMeetIsToldAtTheEnd() throws IOException {
        IOException full = new IOException("no room");
        Recorder forced = recorder(CONFIG, failing(3, full));
        new Run().train(forced, 3);
        assertSame(full, assertThrows(IOException.class, forced::force));
        forced.close();

        Recorder closed = recorder(CONFIG, failing(3, full));
        new Run().train(closed, 3);
        assertSame(full, assertThrows(IOException.class, closed::close));
    }

    private static Checked failing(int most, IOException failure) {
        return new Checked(1) {
            @Override
            public void write(int index, RowRing ring, int from, int count) throws IOException {
                if (index + count > most) {
                    throw failure;
                }
                super.write(index, ring, from, count);
            }
        };
    }

    @Test
    void largeRowsAreFew() {
        int small = Recorder.rows(CONFIG, Extent.whole(128, 64));
        int large = Recorder.rows(CONFIG, Extent.whole(150_000, 2_560));

        assertTrue(large < small && large >= 2, large + " of " + small);
        long row = CONFIG.tensors().stream()
                .mapToLong(tensor -> tensor.bytesPerRow(Extent.whole(128, 64)))
                .sum();
        assertEquals(small * row, Recorder.nativeBytes(CONFIG, Extent.whole(128, 64)));
        assertEquals((long) Float.BYTES * 128 * 64, Recorder.heapBytes(CONFIG, Extent.whole(128, 64)));
        assertEquals(
                Arrays.asList(2L, 4L, 2L, 4L),
                CONFIG.tensors().stream()
                        .limit(4)
                        .map(t -> t.bytesPerRow(Extent.whole(1, 1)))
                        .toList());
    }
}
