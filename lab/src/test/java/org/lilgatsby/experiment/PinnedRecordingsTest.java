package org.lilgatsby.experiment;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.lilgatsby.kernel.KernelChoice;
import org.lilgatsby.recording.RunDirectory;
import org.lilgatsby.files.Sha256;

/**
 * The bytes of a short recording of each experiment, with two sequences a batch and with as many as it has. Whoever changes
 * the arithmetic changes these, and raises {@code Manifest.ARITHMETIC}; nobody changes them without knowing.
 */
class PinnedRecordingsTest {
    @ParameterizedTest
    @CsvSource({
        "embedding-evolution, 2, baa4ac90b0d1427e584c489ecea32db53b26df380c31881ae2b39d1fdefc68d0",
        "embedding-evolution, 16, 2f4abd06c8dd91898269cd4862911e681e0fc42e34d92bfd82bdb9921f86137d",
        "primordial-snowball, 2, ba0c8b9049ddb9d772013da14edf7aa8cfecc8bfefe10751a6a55e4e60d4a3ed",
        "primordial-snowball, 32, a22794dfbd913ed5b367c5119d99631232ae679b6f928ff13547229168e27a93",
        "float32-edition, 2, 79c196c718442395268a1e7e058275c741bf94d7e23ab470e0914a8ea0fba994",
        "float32-edition, 32, 6ef790ecc628b8a9c22f3ba909369b2a709b8eb2a7c9cea31b6f63f95a3c7219",
        "instrumented, 2, 28608fd644be0c9654938c353a63b65b6d82daa2ddd78d6fa443720b6ec69c35",
        "instrumented, 32, 04467dc71a46fcddc882752379c045cf614432703cb0a1904e307da8cee20a72",
        "supermassive-black-hole, 2, 3209fe3a1ffe4bd0893e31ee80d5c045a48d4b6b48271f4baf10ce92f4cf076d",
        "supermassive-black-hole, 1, b0afb0940a412ff47fc4172a58959d1f8d966742b0430cba4d90dd66be438f00",
    })
    void theBytesAreThoseOfThisArithmetic(String experiment, int batch, String sha256, @TempDir Path root) throws IOException {
        ExperimentConfig config =
                ShortRuns.config(experiment, "training.steps=5", "training.batch=" + batch, "recording.layout=stream");
        RunDirectory run = ShortRuns.run(root.resolve("run"), config, KernelChoice.AUTO.create(), 2);
        assertEquals(sha256, Sha256.of(run.recording()));
    }
}
