package org.lilgatsby.torture;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The quick form of the campaign against a run's life: some kills of real processes. */
class KillTest {
    private static final long SEED = 20260101;

    @TempDir
    private Path folder;

    @Test
    void aRunKilledAgainAndAgainEndsAsIfNothingHadHappened() throws Exception {
        RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(SEED);
        KilledRun run = new KilledRun(
                new Lab(Files.createDirectory(folder.resolve("logs"))), new TinyRun(40, "stream"), folder.resolve("whole"));
        List<String> losses = new ArrayList<>();
        int kills = run.tryOut(
                folder.resolve("killed"),
                List.of(Moment.FIRST_STEP, Moment.CHECKPOINT, Moment.CHECKPOINT, Moment.MANIFEST, Moment.REPORT),
                random,
                losses);
        assertEquals(List.of(), losses);
        assertTrue(kills >= 4, kills + " kills hit");
    }
}
