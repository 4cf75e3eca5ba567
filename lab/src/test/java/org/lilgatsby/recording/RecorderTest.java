package org.lilgatsby.recording;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
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
import org.lilgatsby.kernel.KernelChoice;

class RecorderTest {
    private static final Extent EXTENT = Extent.whole(TellingRun.MODEL.vocabulary(), TellingRun.MODEL.width());
    private static final RecordingConfig CONFIG = TellingRun.config(1);
    private static final long PATIENCE_NANOS = 50_000_000;

    @TempDir
    private Path directory;

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
        Recorder recorder = recorder(CONFIG, new CheckedRows(1), _ -> new Thread(() -> {}));
        UncheckedIOException told =
                assertThrows(UncheckedIOException.class, () -> new TellingRun().train(recorder, 100_000));
        assertEquals("the recorder's thread has ended", told.getCause().getMessage());
        recorder.close();
    }

    private int progress() throws IOException {
        return ProgressFile.read(directory.resolve("progress"));
    }

    @ParameterizedTest
    @CsvSource({"1, 0", "1, 1", "1, 31", "1, 1000", "3, 1000"})
    void everyRowIsWrittenOnceInOrder(int every, int steps) throws IOException {
        CheckedRows sink = new CheckedRows(every);
        try (Recorder recorder = recorder(TellingRun.config(every), sink)) {
            new TellingRun().train(recorder, steps);
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
        CheckedRows sink = new CheckedRows(1);
        try (Recorder recorder = recorder(CONFIG, sink)) {
            new TellingRun().train(recorder, 20);
        }
        assertEquals(21, sink.rows.get());
        assertEquals(21, progress());
        assertEquals(List.of(), sink.wrong);
    }

    @Test
    void aRowDoesNotWaitForOthers() throws Exception {
        CheckedRows sink = new CheckedRows(1);
        try (Recorder recorder = recorder(CONFIG, sink)) {
            new TellingRun().train(recorder, 1);
            while (progress() < 2) {
                Thread.sleep(1);
            }
        }
        assertEquals(2, sink.rows.get());
    }

    @Test
    void rowsThatADeadWriterLeftAreMissedAtTheEnd() throws Exception {
        CheckedRows sink = new CheckedRows(1);
        Recorder recorder = recorder(CONFIG, sink, _ -> new Thread(() -> {}));
        new TellingRun().train(recorder, 3);
        IOException told = assertThrows(IOException.class, recorder::close);
        assertEquals("4 recorded rows are not written, since the recorder's thread has ended", told.getMessage());
        assertTrue(sink.isClosed);
    }

    @Test
    void flushingAndTheWriterTogetherWriteEveryRowOnce() throws Exception {
        CheckedRows sink = new CheckedRows(1);
        int steps = 200_000;
        TellingRun run = new TellingRun();
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
        TellingRun run = new TellingRun();
        int steps = 20 * half - 1;
        CheckedRows sink = new CheckedRows(1) {
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
        CheckedRows sink = new CheckedRows(1) {
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
        TellingRun run = new TellingRun();
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
        CheckedRows sink = new CheckedRows(1) {
            @Override
            public void write(int index, RowRing ring, int from, int count) throws IOException {
                disk.acquireUninterruptibly(count);
                super.write(index, ring, from, count);
            }
        };
        int rows = Recorder.rows(CONFIG, EXTENT);
        TellingRun run = new TellingRun();
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
        CheckedRows sink = failing(20, full);
        Recorder recorder = recorder(CONFIG, sink);
        TellingRun run = new TellingRun();

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
        new TellingRun().train(forced, 3);
        assertSame(full, assertThrows(IOException.class, forced::force));
        forced.close();

        Recorder closed = recorder(CONFIG, failing(3, full));
        new TellingRun().train(closed, 3);
        assertSame(full, assertThrows(IOException.class, closed::close));
    }

    private static CheckedRows failing(int most, IOException failure) {
        return new CheckedRows(1) {
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
        assertTrue(Recorder.rowsToMemory(CONFIG, Extent.whole(128, 64), 2) < small);
        assertEquals(1, Recorder.rowsToMemory(CONFIG, Extent.whole(128, 64), 1));
        assertEquals(
                Arrays.asList(2L, 4L, 2L, 4L),
                CONFIG.tensors().stream()
                        .limit(4)
                        .map(t -> t.bytesPerRow(Extent.whole(1, 1)))
                        .toList());
    }
}
