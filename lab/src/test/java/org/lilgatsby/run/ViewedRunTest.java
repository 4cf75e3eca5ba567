package org.lilgatsby.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lilgatsby.analysis.FloatFormat;
import org.lilgatsby.analysis.History;
import org.lilgatsby.archive.RunArchive;
import org.lilgatsby.bf16.Bf16;
import org.lilgatsby.config.ConfigYaml;
import org.lilgatsby.config.ExperimentConfig;
import org.lilgatsby.experiment.Findings;
import org.lilgatsby.experiment.ShortRuns;
import org.lilgatsby.files.Sha256;
import org.lilgatsby.model.PrecisionConfig;
import org.lilgatsby.recording.Observables;
import org.lilgatsby.recording.RunDirectory;

/** Runs that store W in float32, seen in bf16. */
class ViewedRunTest {
    @TempDir
    private Path folder;

    private static ExperimentConfig config(String view) {
        return ShortRuns.config(
                "float32-edition",
                "model.width=8",
                "model.layers=1",
                "model.context=8",
                "initialization.sigma=1e-5",
                "precision.parameters=f32",
                "precision.compute=autocast",
                "precision.view=" + view,
                "recording.tensors.embedding_history={observe: embeddings, format: f32}");
    }

    @Test
    void figuresAreThoseOfTheRoundedRowsAndTheRecordingIsTheSame() throws IOException {
        RunDirectory stored = ShortRuns.run(folder.resolve("stored"), config("stored"));
        RunDirectory viewed = ShortRuns.run(folder.resolve("viewed"), config("bf16"));
        try (RunArchive plain = ShortRuns.open(stored);
                RunArchive rounded = ShortRuns.open(viewed)) {
            assertEquals(FloatFormat.F32, plain.embeddings().format());
            try (RunArchive asked = RunArchive.open(stored, PrecisionConfig.View.BF16)) {
                assertEquals(FloatFormat.BF16, asked.embeddings().format());
            }
            History w = rounded.embeddings();
            assertEquals(FloatFormat.BF16, w.format());
            for (int place = 0; place < w.size(); place++) {
                float[] row =
                        rounded.recording().row(Observables.EMBEDDINGS, place).toFloats();
                assertEquals(
                        Sha256.of(bytes(plain.recording()
                                .row(Observables.EMBEDDINGS, place)
                                .toFloats())),
                        Sha256.of(bytes(row)),
                        "what is recorded");
                for (int i = 0; i < row.length; i++) {
                    assertEquals(Bf16.round(row[i]), (float) w.matrix(place).value(i / 8, i % 8));
                }
            }
            assertEquals(List.of(0, 1, 2, 3), List.of(w.step(0), w.step(1), w.step(2), w.step(3)));
            assertNotEquals(
                    Findings.of(plain.data()).start(),
                    Findings.of(rounded.data()).start(),
                    "black holes of the view");
        }
    }

    private static byte[] bytes(float[] values) {
        ByteBuffer bytes = ByteBuffer.allocate(Float.BYTES * values.length);
        bytes.asFloatBuffer().put(values);
        return bytes.array();
    }

    @Test
    void theUsualViewIsNotPrintedSoThatKeysStayAsTheyWere() {
        assertTrue(!ConfigYaml.toYaml(ShortRuns.config("float32-edition")).contains("view:"));
        assertTrue(ConfigYaml.toYaml(config("bf16")).contains("  view: bf16"));
    }
}
