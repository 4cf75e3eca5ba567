package org.lilgatsby.explorer.view;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lilgatsby.explorer.SmallRuns;
import org.lilgatsby.explorer.library.Kind;
import org.lilgatsby.explorer.library.OpenRuns;
import org.lilgatsby.explorer.library.Place;
import org.lilgatsby.recording.RunDirectory;
import org.lilgatsby.recording.RunLock;

/** When the explorer computes again what it has computed: a run under way is made to grow by its progress file. */
class BackgroundTest {
    private static final long SECOND = 1_000_000_000;

    @TempDir
    private Path folder;

    private final AtomicLong now = new AtomicLong();
    private final AtomicInteger computed = new AtomicInteger();
    private final OpenRuns runs = new OpenRuns(now::get);
    private final Background background = new Background(runs, Runnable::run, now::get);
    private Place place;

    private record States(int states, long numbers) implements Background.Result {}

    @BeforeEach
    void run() throws IOException {
        Path root = SmallRuns.run(folder.resolve("run"), "primordial-snowball", 8);
        place = new Place(Kind.RUN, root.toRealPath(), "run");
    }

    @AfterEach
    void close() {
        runs.close();
    }

    private void recorded(int states) throws IOException {
        Files.writeString(place.path().resolve("recording.progress"), "%010d\n".formatted(states));
    }

    private Optional<Integer> found(String what) {
        try {
            return found(what, 1);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Optional<Integer> found(String what, long numbers) throws IOException {
        return runs.with(
                place,
                run -> background
                        .find(place, run, what, States.class, 0, open -> {
                            computed.incrementAndGet();
                            now.addAndGet(SECOND);
                            return new States(open.states(), numbers);
                        })
                        .map(States::states));
    }

    @Test
    void computesAFinishedRunOnce() throws IOException {
        assertEquals(Optional.of(9), found("a", 1));
        assertEquals(Optional.of(9), found("a", 1));
        assertEquals(1, computed.get());
        found("b", 1);
        assertEquals(2, computed.get());
    }

    @Test
    void leavesARunUnderWayItsProcessors() throws IOException {
        try (RunLock _ = RunLock.take(new RunDirectory(place.path()))) {
            recorded(3);
            assertEquals(Optional.of(3), found("a", 1));
            recorded(5);
            now.addAndGet(9 * SECOND);
            assertEquals(Optional.of(3), found("a", 1), "what is there, while the first has cost too much");
            now.addAndGet(SECOND);
            assertEquals(Optional.of(5), found("a", 1));
            recorded(6);
            now.addAndGet(299 * SECOND);
            assertEquals(Optional.of(5), found("a", 1), "what is there, while the last has cost too much");
            assertEquals(2, computed.get());
            now.addAndGet(SECOND);
            assertEquals(Optional.of(6), found("a", 1));
            assertEquals(3, computed.get());
            recorded(9);
        }
        assertEquals(Optional.of(9), found("a", 1), "it is not under way any more");
    }

    @Test
    void computesAgainTogetherWhatWasAskedFor() throws IOException {
        try (RunLock _ = RunLock.take(new RunDirectory(place.path()))) {
            recorded(3);
            List.of("a", "b", "c").forEach(this::found);
            recorded(5);
            now.addAndGet(27 * SECOND);
            List.of("a", "b").forEach(what -> assertEquals(Optional.of(3), found(what)));
            now.addAndGet(SECOND);
            assertEquals(Optional.of(5), found("a"));
            assertEquals(5, computed.get(), "a and b, but not c");
            recorded(6);
            now.addAndGet(598 * SECOND);
            assertEquals(Optional.of(5), found("b"), "what is there, while both together have cost too much");
            now.addAndGet(SECOND);
            assertEquals(Optional.of(6), found("b"));
            assertEquals(Optional.of(5), found("a"), "nobody asked for it in time");
            assertEquals(6, computed.get());
        }
    }

    @Test
    void dropsWhatWasNotAskedForLongest() throws IOException {
        found("a", 5_000_000);
        found("b", 5_000_000);
        found("b", 5_000_000);
        assertEquals(2, computed.get());
        found("a", 5_000_000);
        assertEquals(3, computed.get());
    }

    @Test
    void saysWhyItFailed() throws IOException {
        Background.Work<States> damaged = _ -> {
            throw new IOException("damaged");
        };
        IOException failure = assertThrows(
                IOException.class,
                () -> runs.with(place, run -> background.find(place, run, "a", States.class, 0, damaged)));
        assertTrue(failure.getMessage().contains("damaged"));
        assertEquals(Optional.of(9), found("a", 1));
    }
}
