package org.lilgatsby.experiment;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.lilgatsby.config.ExperimentConfig;
import org.lilgatsby.files.Sha256;
import org.lilgatsby.kernel.KernelChoice;
import org.lilgatsby.recording.RunDirectory;
import org.lilgatsby.safetensors.SafetensorsFile;
import org.lilgatsby.safetensors.TensorSpec;

/**
 * The tensors of a short recording of each experiment, with two sequences a batch and with as many as it has: name,
 * type, shape and bytes of each, by name. Whoever changes the arithmetic changes these, and raises
 * {@code Manifest.ARITHMETIC}; nobody changes them without knowing. The header's texts are not in them: they grow with
 * the configuration.
 */
class PinnedRecordingsTest {
    @ParameterizedTest
    @CsvSource({
        "embedding-evolution, 2, f61980b5d3cb5abd7b2bf92be6de0ec8ac559a0c0b40ecf891a7ba3fdcbce351",
        "embedding-evolution, 16, 8ace62e8f264967cea6f759343adb0a88536adbf785df0e001b5dc5935e9bbd2",
        "primordial-snowball, 2, 5557a5b75e94a156a28c3fd68f1fbecfa37f38501a5c1304a5713e07534a0c24",
        "primordial-snowball, 32, fe39fd5a6364089a59cd44ac42a9d9edaf23068511654e6470605533a8a8c351",
        "float32-edition, 2, 43d39bfc3f4359a6d40480cb5db90f8ea5f1c948455fb57bd8b97187b0919ce8",
        "float32-edition, 32, 75394279933b6e0a3fdd5e304062c42c4f4fe60ffe9d76904ccd4fccdc14e751",
        "instrumented, 2, 352290302d4a91f8906297eaebd9bfaf342235937d91b83c6123f683e061d931",
        "instrumented, 32, fa8f166f9923f81a2439d5a22467100e8cc359aefc1c2fe6044add537b1039f7",
        "supermassive-black-hole, 2, 610fdbc8f4d509476ba4f232bbaf2774c92be24321c2d5ef976518576e2a5d24",
        "supermassive-black-hole, 1, c58262b70f1a88274b2f00547d76f0a13f7cf769b1793538cab7e514ffb106d6",
    })
    void theTensorsAreThoseOfThisArithmetic(String experiment, int batch, String sha256, @TempDir Path root)
            throws IOException {
        ExperimentConfig config = ShortRuns.withOwnWindows(
                experiment, "training.steps=5", "training.batch=" + batch, "recording.layout=stream");
        RunDirectory run = ShortRuns.run(root.resolve("run"), config, KernelChoice.AUTO.create(), 2);
        assertEquals(sha256, sumOfTensors(run.recording()));
    }

    private static String sumOfTensors(Path recording) throws IOException {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        try (SafetensorsFile file = SafetensorsFile.open(recording)) {
            List<TensorSpec> specs = file.tensors().stream()
                    .sorted(Comparator.comparing(TensorSpec::name))
                    .toList();
            for (TensorSpec spec : specs) {
                all.writeBytes("%s %s %s\n"
                        .formatted(spec.name(), spec.dtype(), spec.shape())
                        .getBytes(StandardCharsets.UTF_8));
                all.writeBytes(file.tensor(spec.name()).data().toArray(ValueLayout.JAVA_BYTE));
            }
        }
        return Sha256.of(all.toByteArray());
    }
}
