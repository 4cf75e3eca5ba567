package org.lilgatsby.experiment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.lilgatsby.archive.RunArchive;
import org.lilgatsby.archive.RunComparison;
import org.lilgatsby.config.ExperimentConfig;
import org.lilgatsby.files.Sha256;
import org.lilgatsby.kernel.KernelChoice;
import org.lilgatsby.kernel.KernelChoice.Implementation;
import org.lilgatsby.kernel.Kernels;
import org.lilgatsby.kernel.ScalarKernels;
import org.lilgatsby.recording.RunDirectory;

/** A recording is a function of configuration, corpus and seed: threads, vectors and thinning do not show. */
class SameBitsTest {
    private static final ExperimentConfig WIDTHS =
            ShortRuns.config("supermassive-black-hole", "training.steps=4", "model.context=48");

    /** Of {@link #WIDTHS}, once for all. */
    private static String scalar;

    @TempDir
    private Path root;

    private final Kernels vector = KernelChoice.AUTO.create();

    @BeforeAll
    static void recordWithScalarKernels(@TempDir Path folder) throws IOException {
        scalar = recording(folder.resolve("scalar"), WIDTHS, new ScalarKernels(), 1);
    }

    private String recording(String name, ExperimentConfig config, Kernels kernels, int threads) throws IOException {
        return recording(root.resolve(name), config, kernels, threads);
    }

    private static String recording(Path run, ExperimentConfig config, Kernels kernels, int threads)
            throws IOException {
        RunDirectory directory = ShortRuns.run(run, config, kernels, threads);
        return Sha256.of(directory.recording()) + " "
                + Sha256.of(directory.checkpoint().resolve("state.safetensors"));
    }

    @ParameterizedTest
    @CsvSource({"float32-edition, 11", "instrumented, 3"})
    void theNumberOfThreadsDoesNotShow(String experiment, int batch) throws IOException {
        assertSame(experiment, batch, 2, 3);
    }

    @ParameterizedTest
    @CsvSource({
        "float32-edition, 32",
        "float32-edition, 11",
        "float32-edition, 4",
        "supermassive-black-hole, 1",
        "instrumented, 3"
    })
    @Tag("long")
    void noNumberOfThreadsShows(String experiment, int batch) throws IOException {
        assertSame(experiment, batch, 2, 3, 5);
    }

    private void assertSame(String experiment, int batch, int... numbersOfThreads) throws IOException {
        ExperimentConfig config =
                ShortRuns.config(experiment, "model.context=40", "training.batch=" + batch, "training.accumulation=2");
        String one = recording("1", config, vector, 1);
        for (int threads : numbersOfThreads) {
            assertEquals(one, recording(Integer.toString(threads), config, vector, threads), threads + " threads");
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {KernelChoice.PREFERRED, 128})
    void theWidthOfVectorsDoesNotShow(int bits) throws IOException {
        assertAsScalar(bits);
    }

    @ParameterizedTest
    @ValueSource(ints = {256, 512})
    @Tag("long")
    void noWidthOfVectorsShows(int bits) throws IOException {
        assertAsScalar(bits);
    }

    private void assertAsScalar(int bits) throws IOException {
        if (bits <= Integer.parseInt(vector.description().replaceAll(".*vector (\\d+) bit", "$1"))) {
            Kernels kernels = new KernelChoice(Implementation.VECTOR, bits).create();
            assertEquals(scalar, recording("bits", WIDTHS, kernels, 1), kernels.description());
        }
    }

    @Test
    void oddShapesDoNotShowEither() throws IOException {
        ExperimentConfig config = ShortRuns.config(
                "supermassive-black-hole",
                "model.vocabulary=131",
                "model.width=39",
                "model.heads=3",
                "model.context=37",
                "model.layers=3",
                "training.batch=5",
                "model.tied=false",
                "model.norm=rmsnorm");
        String expected = recording("scalar", config, new ScalarKernels(), 1);
        assertEquals(expected, recording("vector", config, vector, 3));
        if (!vector.description().contains("128")) {
            assertEquals(expected, recording("128", config, new KernelChoice(Implementation.VECTOR, 128).create(), 2));
        }
    }

    @Test
    void aLossInBf16IsTheSameEverywhereToo() throws IOException {
        ExperimentConfig config = ShortRuns.config(
                "supermassive-black-hole",
                "precision.loss=bf16",
                "model.vocabulary=131",
                "model.context=37",
                "training.batch=9",
                "training.accumulation=2");
        String expected = recording("scalar", config, new ScalarKernels(), 1);
        for (int threads : new int[] {1, 2, 3}) {
            assertEquals(expected, recording("vector" + threads, config, vector, threads), threads + " threads");
        }
        if (!vector.description().contains("128")) {
            assertEquals(expected, recording("128", config, new KernelChoice(Implementation.VECTOR, 128).create(), 2));
        }
    }

    @Test
    void float32IsTheSameEverywhereToo() throws IOException {
        ExperimentConfig config = ShortRuns.config(
                "supermassive-black-hole",
                "model.context=48",
                "precision.parameters=f32",
                "precision.gradients=f32",
                "precision.moments=f32",
                "precision.compute=f32",
                "recording.tensors={w: {observe: embeddings, format: f32}}",
                "recording.constants=[]");
        assertEquals(recording("scalar", config, new ScalarKernels(), 1), recording("vector", config, vector, 2));
    }

    @Test
    void everyTenthStepIsTheTenthRowOfEveryStep() throws IOException {
        ExperimentConfig all = ShortRuns.config("supermassive-black-hole", "training.steps=20");
        ExperimentConfig tenth = ShortRuns.config("supermassive-black-hole", "training.steps=20", "recording.every=10");
        try (RunArchive a = ShortRuns.open(ShortRuns.run(root.resolve("all"), all, vector, 1));
                RunArchive b = ShortRuns.open(ShortRuns.run(root.resolve("tenth"), tenth, vector, 1))) {
            RunComparison comparison = RunComparison.of(a, b);
            assertTrue(comparison.identical());
            assertEquals(3, comparison.sharedSteps());
            assertEquals(6, comparison.tensors().size());
        }
    }
}
