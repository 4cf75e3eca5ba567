package org.lilgatsby.torture;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The short form of the campaign against a run's life: fifty kills of real processes. */
@Tag("long")
class KillTest {
    private static final long SEED = 20260101;

    @TempDir
    private Path folder;

    @Test
    void aRunKilledAgainAndAgainEndsAsIfNothingHadHappened() throws Exception {
        Lab lab = new Lab(Files.createDirectory(folder.resolve("logs")));
        Kills.Result stream = Kills.carryOut(lab, new TinyRun(40, "stream"), folder.resolve("stream"), 40, SEED);
        Kills.Result perStep =
                Kills.carryOut(lab, new TinyRun(20, "per-step"), folder.resolve("per-step"), 10, SEED + 1);
        List<String> losses = new ArrayList<>(stream.losses());
        losses.addAll(perStep.losses());
        assertEquals(Collections.emptyList(), losses);
    }
}
