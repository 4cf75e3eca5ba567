package org.lilgatsby.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.lilgatsby.archive.OptimizerAccounting;
import org.lilgatsby.archive.RunArchive;
import org.lilgatsby.archive.Sealing;
import org.lilgatsby.archive.Verification;
import org.lilgatsby.config.ConfigYaml;
import org.lilgatsby.config.ExperimentConfig;
import org.lilgatsby.experiment.ShortRuns;
import org.lilgatsby.files.Sha256;
import org.lilgatsby.recording.RunDirectory;
import org.lilgatsby.settings.SettingException;

/** Runs whose log-probabilities are bf16. */
class Bf16LossRunTest {
    @TempDir
    private Path folder;

    private static ExperimentConfig config(String... settings) {
        List<String> all = new ArrayList<>(List.of("training.steps=6", "training.batch=9"));
        all.addAll(List.of(settings));
        return ShortRuns.config("supermassive-black-hole", all.toArray(String[]::new));
    }

    private static String bits(RunDirectory run) throws IOException {
        return Sha256.of(run.recording()) + " " + Sha256.of(run.checkpoint().resolve("state.safetensors"));
    }

    @Test
    void resumedRunsHaveTheSameBits() throws IOException {
        ExperimentConfig config = config("precision.loss=bf16");
        RunDirectory run = ShortRuns.run(folder.resolve("whole"), config);
        String whole = bits(run);
        assertEquals(whole, bits(ShortRuns.runInTwo(folder.resolve("interrupted"), config, 3)));
        assertNotEquals(whole, bits(ShortRuns.run(folder.resolve("f32"), config())));
        Sealing.seal(run);
        try (RunArchive archive = ShortRuns.open(run)) {
            assertEquals(config, archive.config());
            assertEquals(1, OptimizerAccounting.of(archive).share());
        }
        Verification verification = Verification.of(run);
        assertTrue(verification.passed(), verification.toString());
    }

    @Test
    void aConfigurationThatDoesNotSayItIsAsBefore() {
        assertEquals(config(), config("precision.loss=f32"));
        assertEquals(
                config("precision.loss=bf16"),
                ConfigYaml.parse(ConfigYaml.toYaml(config("precision.loss=bf16")), "run.yaml", List.of()));
    }

    @ParameterizedTest
    @CsvSource({
        "autocast, PyTorch turns logits to float32 for cross_entropy",
        "f32, logits are float32",
    })
    void logitsInFloat32AreRefused(String compute, String reason) {
        String message = assertThrows(
                        SettingException.class,
                        () -> config("precision.loss=bf16", "precision.parameters=f32", "precision.compute=" + compute))
                .getMessage();
        assertTrue(
                message.contains("precision.loss is bf16, but precision.compute is " + compute + ", under which "
                        + reason + "; set precision.compute=bf16, or precision.loss=f32"),
                message);
    }
}
