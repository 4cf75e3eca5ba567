package org.lilgatsby.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lilgatsby.archive.RunArchive;
import org.lilgatsby.archive.Sealing;
import org.lilgatsby.archive.Verification;
import org.lilgatsby.config.ExperimentConfig;
import org.lilgatsby.experiment.ShortRuns;
import org.lilgatsby.files.Sha256;
import org.lilgatsby.kernel.ScalarKernels;
import org.lilgatsby.recording.Checkpoint;
import org.lilgatsby.recording.Observables;
import org.lilgatsby.recording.RunDirectory;

/** Runs with noise after their updates. */
class PerturbedRunTest {
    @TempDir
    private Path folder;

    private static ExperimentConfig config(String sigma) {
        return ShortRuns.config(
                "supermassive-black-hole",
                "model.width=8",
                "model.layers=1",
                "model.context=8",
                "training.steps=6",
                "recording.tensors.deltas={observe: deltas, format: f32}",
                "perturbation.sigma=" + sigma,
                "perturbation.every=2");
    }

    private static String bits(RunDirectory run) throws IOException {
        return Sha256.of(run.recording()) + " " + Sha256.of(run.checkpoint().resolve("state.safetensors"));
    }

    private RunDirectory interrupted(ExperimentConfig config, int after) throws IOException {
        RunDirectory run = RunDirectory.create(folder.resolve("interrupted"));
        assertFalse(ExperimentRun.start(
                config,
                ShortRuns.corpus(config),
                run,
                ShortRuns.options(new ScalarKernels(), 1),
                new ShortRuns.Quiet(after)));
        return run;
    }

    private static void resume(ExperimentConfig config, RunDirectory run) throws IOException {
        assertTrue(ExperimentRun.resume(
                config,
                ShortRuns.corpus(config),
                run,
                ShortRuns.options(new ScalarKernels(), 2),
                new ShortRuns.Quiet(-1)));
    }

    @Test
    void resumedRunsAndThoseOfOtherNumbersOfThreadsHaveTheSameBits() throws IOException {
        ExperimentConfig config = config("1e-3");
        String whole = bits(ShortRuns.run(folder.resolve("whole"), config));
        assertEquals(whole, bits(ShortRuns.run(folder.resolve("threads"), config, new ScalarKernels(), 3)));
        RunDirectory run = interrupted(config, 3);
        assertTrue(Checkpoint.read(run.checkpoint()).generator().isPresent());
        resume(config, run);
        assertEquals(whole, bits(run));
        assertNotEquals(whole, bits(ShortRuns.run(folder.resolve("plain"), config("0"))));
    }

    @Test
    void aCheckpointWithoutTheGeneratorIsRefused() throws IOException {
        RunDirectory run = interrupted(config("1e-3"), 3);
        RunDirectory plain = ShortRuns.run(folder.resolve("plain"), config("0"));
        Files.copy(
                plain.checkpoint().resolve("state.safetensors"),
                run.checkpoint().resolve("state.safetensors"),
                StandardCopyOption.REPLACE_EXISTING);
        IOException e = assertThrows(IOException.class, () -> resume(config("1e-3"), run));
        assertTrue(
                e.getMessage()
                        .contains(
                                "it has no state of a generator, but perturbation.sigma is 0.001 and precision.update "
                                        + "is per-op"),
                e.getMessage());
    }

    @Test
    void rowsHoldWAfterTheNoiseAndVerifySaysWhatItCannotClose() throws IOException {
        RunDirectory run = ShortRuns.run(folder.resolve("run"), config("1e-3"));
        Sealing.seal(run);
        try (RunArchive archive = RunArchive.open(run)) {
            for (int t = 1; t <= 6; t++) {
                float[] before =
                        archive.recording().row(Observables.EMBEDDINGS, t - 1).toFloats();
                float[] after =
                        archive.recording().row(Observables.EMBEDDINGS, t).toFloats();
                float[] delta = archive.recording().row(Observables.DELTAS, t).toFloats();
                for (int i = 0; i < after.length; i++) {
                    assertEquals(after[i] - before[i], delta[i]);
                }
            }
            float[] last = archive.recording().row(Observables.EMBEDDINGS, 6).toFloats();
            float[] kept = Checkpoint.read(run.checkpoint()).parameters();
            for (int i = 0; i < last.length; i++) {
                assertEquals(kept[kept.length - (int) archive.config().model().parameterCount() + i], last[i]);
            }
        }
        Verification verification = Verification.of(run);
        assertTrue(verification.passed(), verification.toString());
        assertEquals(
                List.of("noise of sigma 0.001 was added to W after updates, and W before the noise was not recorded"),
                verification.checks().stream()
                        .filter(check -> check.outcome() == Verification.Outcome.NOT_POSSIBLE)
                        .map(Verification.Check::detail)
                        .toList());
    }
}
