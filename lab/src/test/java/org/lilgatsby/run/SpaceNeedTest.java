package org.lilgatsby.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lilgatsby.archive.Sealing;
import org.lilgatsby.config.ExperimentConfig;
import org.lilgatsby.experiment.ShortRuns;
import org.lilgatsby.recording.RunDirectory;

class SpaceNeedTest {
    private static SpaceNeed need(ExperimentConfig config) {
        return SpaceNeed.of(config, ExperimentRun.plan(config, ShortRuns.corpus(config)));
    }

    @Test
    void aRunTakesNoMoreThanIsSaid(@TempDir Path folder) throws IOException {
        for (String layout : new String[] {"stream", "per-step"}) {
            ExperimentConfig config = ShortRuns.config(
                    "embedding-evolution",
                    "recording.layout=" + layout,
                    "model.width=8",
                    "model.layers=1",
                    "model.context=8");
            RunDirectory run = ShortRuns.run(folder.resolve(layout), config);
            Sealing.seal(run);
            long taken = 0;
            try (var files = Files.walk(run.root())) {
                for (Path file : files.filter(Files::isRegularFile).toList()) {
                    taken += Math.ceilDiv(Files.size(file), 4096) * 4096;
                }
            }
            SpaceNeed need = need(config);
            assertTrue(taken <= need.total() - need.reports(), taken + " of " + need);
        }
    }

    @Test
    void whatIsRecordedNeedsNoRoomAnyMore() {
        SpaceNeed need = need(ShortRuns.config("primordial-snowball", "training.steps=999"));
        assertEquals(1000L * (128 * 64 * 2 + 8), need.recording(), 8192);
        assertEquals(need.recording() / 4.0, need.after(750, 1000, true).recording(), need.recording() / 1000.0);
        assertEquals(0, need.after(1000, 1000, true).recording(), need.recording() / 1000.0);
        assertEquals(0, need.after(1, 1000, false).recording());
        assertEquals(need.total() - need.recording(), need.after(1, 1000, false).total());
    }

    @Test
    void theSumsOfManyStepsCount() {
        SpaceNeed need = need(ShortRuns.config("supermassive-black-hole", "training.steps=1000000"));
        assertEquals(6 * 4 * 1_000_001L, need.checksums(), 16_384);
    }

    @Test
    void tooMuchIsRefusedWithTheBytes(@TempDir Path folder) {
        SpaceNeed need = need(ShortRuns.config("primordial-snowball", "training.steps=1000000000"));
        IOException e = assertThrows(IOException.class, () -> need.require(folder.resolve("not/yet")));
        assertTrue(
                e.getMessage().startsWith(folder.resolve("not/yet") + ": not enough disk space: 16,9"), e.getMessage());
        assertTrue(e.getMessage().contains(" bytes are needed (recording "), e.getMessage());
        assertTrue(e.getMessage().matches("(?s).*, [0-9,]+ are free.*"), e.getMessage());
    }
}
