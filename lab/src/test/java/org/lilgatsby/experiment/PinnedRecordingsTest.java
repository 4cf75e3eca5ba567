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
 * The bytes of a short recording of each experiment. Whoever changes the arithmetic changes these, and
 * raises {@code Manifest.ARITHMETIC}; nobody changes them without knowing.
 */
class PinnedRecordingsTest {
    @ParameterizedTest
    @CsvSource({
        "embedding-evolution, aaa5990499e86c52c127511788872bf5ae7431d2b0260034578d48bcbaa365b5",
        "primordial-snowball, 5a33c3bbc957343311a2189bcf0566c4d21fbd70b4236bfc35e96f32f9f77d20",
        "float32-edition, 86fc4070da54b095a22bf0c61790ea9e0fe6cc3870a0a10f37fe8343cb480aa8",
        "instrumented, 52df67297732ce34ef723363382d7fe62fe12ca45449d6ed8a6feeabffae2d3c",
        "supermassive-black-hole, 3f6d7012e261d276786a88f8a0cd668b229dadabaeb810903db580032f31ac0c",
    })
    void theBytesAreThoseOfThisArithmetic(String experiment, String sha256, @TempDir Path root) throws IOException {
        ExperimentConfig config = ShortRuns.config(experiment, "training.steps=5", "recording.layout=stream");
        RunDirectory run = ShortRuns.run(root.resolve("run"), config, KernelChoice.AUTO.create(), 2);
        assertEquals(sha256, Sha256.of(run.recording()));
    }
}
