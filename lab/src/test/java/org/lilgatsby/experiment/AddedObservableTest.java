package org.lilgatsby.experiment;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lilgatsby.Extension;
import org.lilgatsby.archive.RunArchive;
import org.lilgatsby.archive.RunComparison;
import org.lilgatsby.archive.Sealing;
import org.lilgatsby.archive.Verification;
import org.lilgatsby.bf16.Precision;
import org.lilgatsby.config.ConfigYaml;
import org.lilgatsby.config.ExperimentConfig;
import org.lilgatsby.config.RecordedPrecision;
import org.lilgatsby.recording.Extent;
import org.lilgatsby.recording.Observable;
import org.lilgatsby.recording.Observables;
import org.lilgatsby.recording.RecordedTensor;
import org.lilgatsby.recording.Recorder;
import org.lilgatsby.recording.RunDirectory;
import org.lilgatsby.safetensors.TensorView;

/** The observable of docs/extending.md, in a run. */
class AddedObservableTest {
    @Test
    void isRecordedReadComparedAndVerified(@TempDir Path folder) throws Exception {
        Extension.of(folder, "An observable").in(Run.class);
        assertEquals(Optional.empty(), Observables.ALL.find("gradient_norms"), "only what has it beside it sees it");
    }

    /** What somebody does who has the observable on the class path. */
    public record Run(Path folder) implements Callable<Void> {
        private static final int VOCABULARY = 128;
        private static final int WIDTH = 8;

        @Override
        public Void call() throws Exception {
            Observable norms = Observables.ALL.get("", "gradient_norms");
            assertEquals(norms, Observables.ALL.all().getLast());
            List<String> settings =
                    new ArrayList<>(List.of("model.width=" + WIDTH, "model.layers=1", "model.context=8"));
            settings.addAll(RecordedPrecision.adding(List.of(Observables.GRADS, norms), config(settings)));
            ExperimentConfig config = config(settings);
            assertEquals(
                    new RecordedTensor("gradient_norms", norms, Precision.F32),
                    config.recording().tensors().getLast());
            assertEquals(
                    (long) Float.BYTES * VOCABULARY,
                    Recorder.heapBytes(config.recording(), Extent.whole(VOCABULARY, WIDTH)));

            RunDirectory directory = ShortRuns.run(folder.resolve("run"), config);
            Sealing.seal(directory);
            assertEquals(config, ConfigYaml.read(directory.config(), List.of()));
            try (RunArchive run = ShortRuns.open(directory)) {
                TensorView all = run.recording().all(norms);
                assertArrayEquals(
                        new long[] {run.recording().rows(), VOCABULARY},
                        all.spec().shape().dimensions());
                for (int row = 0; row < run.recording().rows(); row++) {
                    float[] expected =
                            norms(run.recording().row(Observables.GRADS, row).toFloats());
                    assertArrayEquals(expected, run.recording().row(norms, row).toFloats(), "row " + row);
                    assertEquals(row > 0, expected['e'] > 0, "row " + row);
                }
                assertEquals(1, run.history(norms).orElseThrow().matrix(1).rows());
                assertTrue(RunComparison.of(run, run).identical());
            }
            assertTrue(Verification.of(directory).passed());
            return null;
        }

        private static ExperimentConfig config(List<String> settings) {
            return ShortRuns.config("float32-edition", settings.toArray(String[]::new));
        }

        private static float[] norms(float[] gradients) {
            float[] norms = new float[VOCABULARY];
            for (int token = 0; token < VOCABULARY; token++) {
                double squares = 0;
                for (int i = token * WIDTH; i < (token + 1) * WIDTH; i++) {
                    squares += (double) gradients[i] * gradients[i];
                }
                norms[token] = (float) Math.sqrt(squares);
            }
            return norms;
        }
    }
}
