package org.lilgatsby.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.lilgatsby.archive.OptimizerAccounting;
import org.lilgatsby.archive.RunArchive;
import org.lilgatsby.archive.Sealing;
import org.lilgatsby.archive.Verification;
import org.lilgatsby.config.ExperimentConfig;
import org.lilgatsby.experiment.ShortRuns;
import org.lilgatsby.files.Sha256;
import org.lilgatsby.kernel.KernelChoice;
import org.lilgatsby.kernel.ScalarKernels;
import org.lilgatsby.random.TorchGenerator;
import org.lilgatsby.recording.Checkpoint;
import org.lilgatsby.recording.RunDirectory;
import org.lilgatsby.settings.SettingException;

/** Runs whose updates round stochastically, or keep what rounding takes. */
class UpdateRuleRunTest {
    @TempDir
    private Path folder;

    private static ExperimentConfig config(String... settings) {
        List<String> all = new ArrayList<>(List.of(
                "model.width=8",
                "model.layers=1",
                "model.context=8",
                "training.steps=6",
                "recording.tensors.momentum={observe: momentum}",
                "recording.tensors.variance={observe: variance}",
                "recording.tensors.grads={observe: grads}",
                "recording.tensors.clip_coefficients={observe: clip_coefficients, format: f32}"));
        all.addAll(List.of(settings));
        return ShortRuns.config("float32-edition", all.toArray(String[]::new));
    }

    private static String bits(RunDirectory run) throws IOException {
        return Sha256.of(run.recording()) + " " + Sha256.of(run.checkpoint().resolve("state.safetensors"));
    }

    @ParameterizedTest
    @CsvSource({"stochastic, 0", "stochastic, 1e-3", "kahan, 0"})
    void resumedRunsAndThoseOfOtherNumbersOfThreadsHaveTheSameBits(String update, String sigma) throws IOException {
        ExperimentConfig config = config("precision.update=" + update, "perturbation.sigma=" + sigma);
        String whole = bits(ShortRuns.run(folder.resolve("whole"), config));
        assertEquals(whole, bits(ShortRuns.run(folder.resolve("threads"), config, KernelChoice.AUTO.create(), 2)));
        RunDirectory run = RunDirectory.create(folder.resolve("interrupted"));
        assertFalse(ExperimentRun.start(
                config,
                ShortRuns.corpus(config),
                run,
                ShortRuns.options(new ScalarKernels(), 1),
                new ShortRuns.Quiet(3)));
        Checkpoint checkpoint = Checkpoint.read(run.checkpoint());
        assertEquals(update.equals("stochastic"), checkpoint.generator().isPresent());
        assertEquals(update.equals("kahan"), checkpoint.compensation().isPresent());
        assertTrue(ExperimentRun.resume(
                config,
                ShortRuns.corpus(config),
                run,
                ShortRuns.options(new ScalarKernels(), 2),
                new ShortRuns.Quiet(-1)));
        assertEquals(whole, bits(run));
        assertNotEquals(whole, bits(ShortRuns.run(folder.resolve("fused"), config("perturbation.sigma=" + sigma))));
        assertNotEquals(
                whole, bits(ShortRuns.run(folder.resolve("seed"), config("precision.update=" + update, "seed=43"))));
    }

    /** Noise on another parameter than W takes draws from the same generator, between the updates' own. */
    @ParameterizedTest
    @CsvSource({"stochastic, after, 0", "stochastic, before, 1e-3", "kahan, after, 0", "kahan, before, 0"})
    void everyUpdateOfWIsRecomputed(String update, String instant, String sigma) throws IOException {
        RunDirectory run = ShortRuns.run(
                folder.resolve("run"),
                config(
                        "precision.update=" + update,
                        "recording.instant=" + instant,
                        "perturbation.sigma=" + sigma,
                        "perturbation.every=2",
                        "perturbation.tensors=[transformer.wpe.weight, transformer.ln_f.bias]"));
        Sealing.seal(run);
        try (RunArchive archive = ShortRuns.open(run)) {
            OptimizerAccounting accounting = OptimizerAccounting.of(archive);
            assertEquals(1, accounting.share(), accounting.toString());
            assertEquals(instant.equals("after") ? 6 : 5, accounting.steps());
        }
        Verification verification = Verification.of(run);
        assertTrue(verification.passed(), verification.toString());
    }

    /** A DataLoader on the run's generator continues it, so that updates draw elsewhere. */
    @Test
    void noDrawOfTheOrderIsAKeyOfAnUpdate() throws IOException {
        ExperimentConfig config = config(
                "precision.update=stochastic",
                "corpus.windows=random",
                "corpus.starts=5",
                "corpus.order=global-generator",
                "training.batch=4");
        RunDirectory run = ShortRuns.run(folder.resolve("run"), config);
        long tokens = ShortRuns.corpus(config).length();
        TorchGenerator order = new TorchGenerator(config.draw(tokens).generator());
        TorchGenerator updates = config.forUpdates(config.draw(tokens));
        Set<Integer> drawn = new HashSet<>();
        for (int word = 0; word < 4 * 6; word++) {
            drawn.add(order.nextInt());
        }
        for (int word = 0; word < 2 * 6; word++) {
            assertFalse(drawn.contains(updates.nextInt()), "word " + word);
        }
        try (RunArchive archive = ShortRuns.open(run)) {
            assertEquals(1, OptimizerAccounting.of(archive).share());
        }
    }

    /** Which bits a component is rounded by depends on its place in W, not in the recording. */
    @ParameterizedTest
    @CsvSource({"stochastic, dead, geometric, 2", "stochastic, dead, every, 6", "kahan, '[9-30]', every, 6"})
    void updatesOfChosenRowsAreRecomputedToo(String update, String tokens, String steps, int updates)
            throws IOException {
        RunDirectory run = ShortRuns.run(
                folder.resolve("run"),
                config(
                        "precision.update=" + update,
                        "recording.tokens=" + tokens,
                        "recording.steps=" + steps,
                        "recording.every=" + (steps.equals("geometric") ? 4 : 1)));
        try (RunArchive archive = ShortRuns.open(run)) {
            OptimizerAccounting accounting = OptimizerAccounting.of(archive);
            assertEquals(1, accounting.share(), accounting.toString());
            assertEquals(updates, accounting.steps());
        }
    }

    @Test
    void aCompensationCannotBeFollowedAcrossAGap() throws IOException {
        RunDirectory run = ShortRuns.run(
                folder.resolve("run"), config("precision.update=kahan", "recording.steps=[0, 1, 2, 5, 6]"));
        try (RunArchive archive = ShortRuns.open(run)) {
            assertEquals(
                    "the compensation of an update depends on all updates before it, but only "
                            + archive.config().recording().steps().inWords()
                            + " was recorded; run it again with --every 1",
                    OptimizerAccounting.missing(archive).orElseThrow());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"stochastic", "kahan"})
    void parametersThatAreNotRoundedAreRefused(String update) {
        String message = assertThrows(
                        SettingException.class, () -> config("precision.parameters=f32", "precision.update=" + update))
                .getMessage();
        assertTrue(
                message.contains(
                        "precision.update is " + update + ", but precision.parameters is f32, so updates are not "
                                + "rounded to bf16; set precision.parameters=bf16"),
                message);
    }

    @Test
    void aCheckpointOfAnotherRuleIsRefused() throws IOException {
        ExperimentConfig config = config("precision.update=kahan");
        RunDirectory run = RunDirectory.create(folder.resolve("run"));
        ExperimentRun.start(
                config,
                ShortRuns.corpus(config),
                run,
                ShortRuns.options(new ScalarKernels(), 1),
                new ShortRuns.Quiet(3));
        Checkpoint whole = Checkpoint.read(run.checkpoint());
        new Checkpoint(
                        whole.step(),
                        whole.position(),
                        whole.parameters(),
                        whole.expAvg(),
                        whole.expAvgSq(),
                        whole.windows(),
                        whole.openSum(),
                        whole.firstLoss(),
                        whole.lastLoss(),
                        whole.generator(),
                        Optional.empty())
                .write(run.checkpoint());
        IOException e = assertThrows(
                IOException.class,
                () -> ExperimentRun.resume(
                        config,
                        ShortRuns.corpus(config),
                        run,
                        ShortRuns.options(new ScalarKernels(), 1),
                        new ShortRuns.Quiet(-1)));
        assertTrue(
                e.getMessage().contains("it has no compensation of the parameters, but precision.update is kahan"),
                e.getMessage());
    }
}
