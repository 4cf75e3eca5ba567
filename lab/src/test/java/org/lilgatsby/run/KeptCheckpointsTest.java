package org.lilgatsby.run;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lilgatsby.archive.Sealing;
import org.lilgatsby.archive.Verification;
import org.lilgatsby.config.ExperimentConfig;
import org.lilgatsby.experiment.ShortRuns;
import org.lilgatsby.kernel.ScalarKernels;
import org.lilgatsby.recording.Checkpoint;
import org.lilgatsby.recording.RunDirectory;
import org.lilgatsby.settings.SettingException;

/** Checkpoints of named steps stay, and hold all that decides the rest of a run. */
class KeptCheckpointsTest {
    @TempDir
    private Path folder;

    private static ExperimentConfig config(String... more) {
        String[] all = new String[more.length + 4];
        all[0] = "model.width=8";
        all[1] = "model.layers=1";
        all[2] = "model.context=8";
        all[3] = "training.steps=6";
        System.arraycopy(more, 0, all, 4, more.length);
        return ShortRuns.config("embedding-evolution", all);
    }

    private static RunDirectory run(Path root, ExperimentConfig config) {
        return ShortRuns.run(root, config, new ScalarKernels(), 1);
    }

    @Test
    void eachIsTheStateOfItsStep() throws IOException {
        RunDirectory kept = run(folder.resolve("kept"), config("recording.checkpoints=[2, 6]"));
        Sealing.seal(kept);
        assertTrue(Verification.of(kept).passed());
        Checkpoint two = Checkpoint.readFrom(kept.keptCheckpoint(2));
        assertEquals(2, two.step());
        assertEquals(2, two.windows().size());
        RunDirectory stopped = RunDirectory.create(folder.resolve("stopped"));
        ExperimentConfig config = config();
        assertFalse(ExperimentRun.start(
                config,
                ShortRuns.corpus(config),
                stopped,
                ShortRuns.options(new ScalarKernels(), 1),
                new ShortRuns.Quiet(2)));
        assertEquals(
                -1,
                Files.mismatch(stopped.checkpoint().resolve("state.safetensors"), kept.keptCheckpoint(2)),
                "what a stopped run resumes from");
        assertArrayEquals(
                Checkpoint.read(kept.checkpoint()).parameters(),
                Checkpoint.readFrom(kept.keptCheckpoint(6)).parameters());
    }

    @Test
    void thatOfStepZeroIsTheInitialState() throws IOException {
        RunDirectory kept = run(folder.resolve("kept"), config("recording.checkpoints=[0, 1]"));
        Sealing.seal(kept);
        assertTrue(Verification.of(kept).passed());
        ExperimentConfig config = ShortRuns.config(
                "embedding-evolution", "model.width=8", "model.layers=1", "model.context=8", "training.steps=0");
        RunDirectory untrained = run(folder.resolve("untrained"), config);
        Checkpoint zero = Checkpoint.readFrom(kept.keptCheckpoint(0));
        assertEquals(0, zero.step());
        assertArrayEquals(Checkpoint.read(untrained.checkpoint()).parameters(), zero.parameters());
        assertFalse(
                Arrays.equals(Checkpoint.readFrom(kept.keptCheckpoint(1)).parameters(), zero.parameters()),
                "an update is between them");
    }

    @Test
    void aResumedRunKeepsTheSame() throws IOException {
        ExperimentConfig config = config("recording.checkpoints=[0, 1, 5]");
        RunDirectory once = run(folder.resolve("once"), config);
        RunDirectory twice = ShortRuns.runInTwo(folder.resolve("twice"), config, 3);
        for (int step : new int[] {0, 1, 5}) {
            assertEquals(-1, Files.mismatch(once.keptCheckpoint(step), twice.keptCheckpoint(step)));
        }
    }

    @Test
    void damageIsFound() throws IOException {
        RunDirectory kept = run(folder.resolve("kept"), config("recording.checkpoints=[2, 4]"));
        Files.copy(kept.keptCheckpoint(2), kept.keptCheckpoint(4), StandardCopyOption.REPLACE_EXISTING);
        assertFalse(Verification.of(kept).passed());
        assertTrue(Verification.of(kept).toString().contains("step_0000004.safetensors holds step 2"));
        Files.delete(kept.keptCheckpoint(4));
        assertFalse(Verification.of(kept).passed());
    }

    @Test
    void theSpaceThatTheyTakeIsCounted() {
        ExperimentConfig none = config();
        ExperimentConfig three = config("recording.checkpoints=[1, 2, 3]");
        SpaceNeed without = SpaceNeed.of(none, ExperimentRun.plan(none, ShortRuns.corpus(none)));
        SpaceNeed with = SpaceNeed.of(three, ExperimentRun.plan(three, ShortRuns.corpus(three)));
        assertEquals(without.checkpoints() / 2 * 5, with.checkpoints());
    }

    @Test
    void stepsThatARunDoesNotHaveAreRefused() {
        assertEquals(
                "recording.checkpoints names step 7, but training.steps is 6",
                assertThrows(SettingException.class, () -> config("recording.checkpoints=[2, 7]"))
                        .getMessage()
                        .replaceFirst("^--set [^:]*: ", ""));
        assertThrows(SettingException.class, () -> config("recording.checkpoints=[-1]"));
        assertThrows(SettingException.class, () -> config("recording.checkpoints=[3, 2]"));
    }
}
