package org.lilgatsby.explorer;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lilgatsby.explorer.library.Kind;
import org.lilgatsby.explorer.library.OpenRun;
import org.lilgatsby.explorer.library.OpenRuns;
import org.lilgatsby.explorer.library.Place;
import org.lilgatsby.recording.RunDirectory;
import org.lilgatsby.recording.RunLock;

/** When a run under way is opened again. */
class OpenRunsTest {
    private static final long TICK = 1_000_000;
    private static final long LONG = 2_000_000_000;

    @TempDir
    private Path folder;

    private final AtomicLong now = new AtomicLong();

    private static void recorded(Place place, int states) throws IOException {
        Files.writeString(place.path().resolve("recording.progress"), "%010d\n".formatted(states));
    }

    @Test
    void opensAgainLaterOrForAStepThatIsNew() throws IOException {
        Path root = SmallRuns.run(folder.resolve("run"), "primordial-snowball", 8);
        Place place = new Place(Kind.RUN, root.toRealPath(), "run");
        try (RunLock _ = RunLock.take(new RunDirectory(place.path()));
                OpenRuns runs = new OpenRuns(() -> now.getAndAdd(TICK))) {
            recorded(place, 3);
            assertEquals(3, runs.with(place, OpenRun::states));
            recorded(place, 5);
            assertEquals(3, runs.with(place, OpenRun::states));
            assertEquals(3, runs.with(place, 2, OpenRun::states));
            assertEquals(5, runs.with(place, 4, OpenRun::states));
            recorded(place, 7);
            assertEquals(5, runs.with(place, 3, OpenRun::states));
            now.addAndGet(LONG);
            assertEquals(7, runs.with(place, OpenRun::states));
            assertEquals(7, runs.with(place, 8, OpenRun::states), "not recorded yet");
        }
    }
}
