package org.lilgatsby.training;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lilgatsby.Extension;
import org.lilgatsby.archive.RunArchive;
import org.lilgatsby.archive.Sealing;
import org.lilgatsby.archive.Verification;
import org.lilgatsby.config.ConfigYaml;
import org.lilgatsby.config.ExperimentConfig;
import org.lilgatsby.config.RecordedPrecision;
import org.lilgatsby.experiment.ShortRuns;
import org.lilgatsby.model.Initialization;
import org.lilgatsby.recording.Observable;
import org.lilgatsby.recording.Observables;
import org.lilgatsby.recording.RunDirectory;

/** The initialisation, the optimizer and the schedule of docs/extending.md, in one run. */
class AddedThingsTest {
    @Test
    void theThreeTrainTogether(@TempDir Path folder) throws Exception {
        Extension.of(folder, "An initialisation", "An optimizer", "A schedule").in(Run.class);
        assertTrue(Initialization.catalog().find("point").isEmpty(), "only what has it beside it sees it");
    }

    /** What somebody does who has the three on the class path. */
    public record Run(Path folder) implements Callable<Void> {
        @Override
        public Void call() throws Exception {
            List<String> settings = new ArrayList<>(List.of(
                    "model.width=8",
                    "model.layers=1",
                    "model.context=8",
                    "initialization.mode=point",
                    "training.optimizer=marching",
                    "training.learning_rate=0.25",
                    "training.schedule=doubling"));
            settings.addAll(RecordedPrecision.adding(List.of(Observables.MOMENTUM), config(settings)));
            ExperimentConfig config = config(settings);
            RunDirectory directory = ShortRuns.run(folder.resolve("run"), config);
            Sealing.seal(directory);
            assertEquals(config, ConfigYaml.read(directory.config(), List.of()));
            try (RunArchive run = ShortRuns.open(directory)) {
                assertRow(0.5f, run, Observables.EMBEDDINGS, 0);
                assertRow(0.5f + 0.25f, run, Observables.EMBEDDINGS, 1);
                assertRow(0.5f + 0.25f + 0.5f, run, Observables.EMBEDDINGS, 2);
                assertRow(2, run, Observables.MOMENTUM, 2);
            }
            assertTrue(Verification.of(directory).passed());
            return null;
        }

        private static ExperimentConfig config(List<String> settings) {
            return ShortRuns.config("float32-edition", settings.toArray(String[]::new));
        }

        private static void assertRow(float expected, RunArchive run, Observable observable, int row)
                throws IOException {
            float[] found = run.recording().row(observable, row).toFloats();
            float[] all = new float[found.length];
            Arrays.fill(all, expected);
            assertArrayEquals(all, found, observable.name() + " of row " + row);
        }
    }

    @Test
    void whatTheLibraryHasIsListedInTheOrderInWhichPeopleSeeIt() {
        assertFirst(
                List.of(
                        "normal",
                        "singular",
                        "unit-singular",
                        "snowball",
                        "unit-noise",
                        "bf16-native",
                        "unit-bf16-native",
                        "file"),
                Initialization.catalog().names());
        assertFirst(List.of("adamw", "sgd"), Optimizer.catalog().names());
        assertFirst(List.of("linear", "cosine", "constant"), Schedule.catalog().names());
    }

    private static void assertFirst(List<String> expected, List<String> names) {
        assertEquals(expected, names.subList(0, expected.size()));
    }
}
