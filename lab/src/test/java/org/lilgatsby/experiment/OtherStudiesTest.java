package org.lilgatsby.experiment;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.lilgatsby.archive.RunArchive;
import org.lilgatsby.archive.Sealing;
import org.lilgatsby.archive.Verification;
import org.lilgatsby.config.ConfigYaml;
import org.lilgatsby.config.ExperimentConfig;
import org.lilgatsby.recording.Observable;
import org.lilgatsby.recording.Observables;
import org.lilgatsby.recording.RunDirectory;

/** What {@code docs/experiments.md} says that other studies set, carried out. */
class OtherStudiesTest {
    private static final Path DOCUMENT = Path.of("..", "docs", "experiments.md");

    @TempDir
    private Path folder;

    /** The settings of each row of the document's table. */
    static List<List<String>> studies() throws IOException {
        String document = Files.readString(DOCUMENT);
        int from = document.indexOf("\n## What other studies set\n");
        String section = document.substring(from, document.indexOf("\n## ", from + 1));
        List<List<String>> studies = Pattern.compile("^\\| [^|`]+ \\| (`[^|]+=[^|]+`) \\| .* \\|$", Pattern.MULTILINE)
                .matcher(section)
                .results()
                .map(row -> Pattern.compile("`([^`]+)`")
                        .matcher(row.group(1))
                        .results()
                        .map(setting -> setting.group(1))
                        .toList())
                .toList();
        assertEquals(16, studies.size(), "rows of the table that set something");
        return studies;
    }

    private static ExperimentConfig config(List<String> settings) {
        List<String> all = new ArrayList<>(List.of("model.width=8", "model.layers=1", "model.context=8"));
        all.addAll(settings);
        return ShortRuns.config("float32-edition", all.toArray(String[]::new));
    }

    private RunArchive run(String name, String... settings) throws IOException {
        return ShortRuns.open(ShortRuns.run(folder.resolve(name), config(List.of(settings))));
    }

    @ParameterizedTest
    @MethodSource("studies")
    void eachIsAnotherRunThatVerifies(List<String> settings) throws IOException {
        ExperimentConfig config = config(settings);
        assertEquals(config, ConfigYaml.parse(ConfigYaml.toYaml(config), config.name(), List.of()));
        RunDirectory run = ShortRuns.run(folder.resolve("run"), config);
        Sealing.seal(run);
        assertTrue(Verification.of(run).passed(), Verification.of(run).toString());
        assertNotEquals(config(List.of()), config);
        try (RunArchive archive = ShortRuns.open(run)) {
            assertTrue(Findings.of(archive.data()).finished());
        }
    }

    private static float[] row(RunArchive run, Observable observable, int row) throws IOException {
        return run.recording().row(observable, row).toFloats();
    }

    /** Two learning-rate schedules whose first steps do not depend on the number of steps that are carried out. */
    @ParameterizedTest
    @ValueSource(strings = {"training.horizon=6", "training.schedule=constant"})
    void theBeginningOfALongerRunHasItsBits(String setting) throws IOException {
        try (RunArchive beginning = run("beginning", "training.steps=3", setting);
                RunArchive whole = run("whole", "training.steps=6", setting);
                RunArchive another = run("another", "training.steps=3", "training.learning_rate=2e-3")) {
            for (int row = 0; row <= 3; row++) {
                assertArrayEquals(row(whole, Observables.EMBEDDINGS, row), row(beginning, Observables.EMBEDDINGS, row));
            }
            assertFalse(
                    Arrays.equals(row(another, Observables.EMBEDDINGS, 3), row(beginning, Observables.EMBEDDINGS, 3)));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "1e-3"})
    void sgdMovesEveryComponentAgainstItsClippedGradient(String clip) throws IOException {
        String f32 = "{observe: %s, format: f32}";
        try (RunArchive run = run(
                "sgd",
                "training.optimizer=sgd",
                "training.schedule=constant",
                "training.learning_rate=0.5",
                "training.weight_decay=0",
                "training.clip=" + clip,
                "precision.parameters=f32",
                "precision.gradients=f32",
                "precision.moments=f32",
                "recording.tensors.embedding_history=" + f32.formatted("embeddings"),
                "recording.tensors.grads=" + f32.formatted("grads"),
                "recording.tensors.clip_coefficients=" + f32.formatted("clip_coefficients"))) {
            for (int t = 1; t <= 3; t++) {
                float coefficient = row(run, Observables.CLIP_COEFFICIENTS, t)[0];
                assertEquals(clip.equals("0"), coefficient == 1f, "coefficient " + coefficient);
                float[] w = row(run, Observables.EMBEDDINGS, t - 1);
                float[] gradient = row(run, Observables.GRADS, t);
                for (int i = 0; i < w.length; i++) {
                    w[i] -= 0.5f * (gradient[i] * coefficient);
                }
                assertArrayEquals(w, row(run, Observables.EMBEDDINGS, t));
            }
        }
    }

    @Test
    void accumulatedMicroBatchesAreReadOneAfterTheOther() throws IOException {
        try (RunArchive apart = run("apart", "training.batch=1", "training.accumulation=2", "precision.gradients=f32");
                RunArchive together = run("together", "training.batch=2", "precision.gradients=f32")) {
            assertEquals(
                    together.data().firstLoss(), apart.data().firstLoss(), 1e-6, "of the same windows, and one mean");
        }
    }
}
