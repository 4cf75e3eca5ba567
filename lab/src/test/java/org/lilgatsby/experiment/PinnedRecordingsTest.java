package org.lilgatsby.experiment;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.lilgatsby.kernel.KernelChoice;
import org.lilgatsby.recording.RunDirectory;
import org.lilgatsby.recording.Sha256;

/**
 * The bytes of a short recording of each experiment, with two sequences a batch and with as many as it has. Whoever changes
 * the arithmetic changes these, and raises {@code Manifest.ARITHMETIC}; nobody changes them without knowing.
 */
class PinnedRecordingsTest {
    @ParameterizedTest
    @CsvSource({
        "embedding-evolution, 2, aaa5990499e86c52c127511788872bf5ae7431d2b0260034578d48bcbaa365b5",
        "embedding-evolution, 16, d4c7c1dc48e1153a1defe27fc981f560d290ef30a9a1b5510b8aa779e3b94489",
        "primordial-snowball, 2, 5a33c3bbc957343311a2189bcf0566c4d21fbd70b4236bfc35e96f32f9f77d20",
        "primordial-snowball, 32, 12475b6e419f577a18a70abf28b3433a6c9f640ed5678de2c19402b652beea44",
        "float32-edition, 2, 86fc4070da54b095a22bf0c61790ea9e0fe6cc3870a0a10f37fe8343cb480aa8",
        "float32-edition, 32, fdb39fa33c963f007c6a012cec81e814baa3efc6ed2f5655d5f64248cdd5d16b",
        "instrumented, 2, 52df67297732ce34ef723363382d7fe62fe12ca45449d6ed8a6feeabffae2d3c",
        "instrumented, 32, 37066c320aa851ed70fbf0593f676903e9256e2bfa183b8cd50faee2bf1398d3",
        "supermassive-black-hole, 2, 3f6d7012e261d276786a88f8a0cd668b229dadabaeb810903db580032f31ac0c",
        "supermassive-black-hole, 1, fbea8457ad4ccd4dd5e3973d830e99e8820e2d3f44e86924c7348468424a56de",
    })
    void theBytesAreThoseOfThisArithmetic(String experiment, int batch, String sha256, @TempDir Path root) throws IOException {
        ExperimentConfig config =
                ShortRuns.config(experiment, "training.steps=5", "training.batch=" + batch, "recording.layout=stream");
        RunDirectory run = ShortRuns.run(root.resolve("run"), config, KernelChoice.AUTO.create(), 2);
        assertEquals(sha256, Sha256.of(run.recording()));
    }
}
