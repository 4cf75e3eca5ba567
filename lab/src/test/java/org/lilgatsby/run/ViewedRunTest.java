package org.lilgatsby.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lilgatsby.analysis.Evolution;
import org.lilgatsby.analysis.FloatFormat;
import org.lilgatsby.analysis.FrameSeries;
import org.lilgatsby.analysis.Frames;
import org.lilgatsby.analysis.Freezing;
import org.lilgatsby.analysis.History;
import org.lilgatsby.analysis.LiveDeadSplit;
import org.lilgatsby.analysis.Places;
import org.lilgatsby.analysis.TokenLife;
import org.lilgatsby.analysis.Tokens;
import org.lilgatsby.archive.RecordedFigures;
import org.lilgatsby.archive.RunArchive;
import org.lilgatsby.bf16.Bf16;
import org.lilgatsby.config.ConfigYaml;
import org.lilgatsby.config.ExperimentConfig;
import org.lilgatsby.experiment.Findings;
import org.lilgatsby.experiment.ShortRuns;
import org.lilgatsby.files.Sha256;
import org.lilgatsby.kernel.ScalarAnalysisKernels;
import org.lilgatsby.model.PrecisionConfig;
import org.lilgatsby.recording.Observables;
import org.lilgatsby.recording.RunDirectory;

/** Runs that store W in float32, seen in bf16. */
class ViewedRunTest {
    @TempDir
    private Path folder;

    private static final String ROWS = "recording.tensors.embedding_history={observe: embeddings, format: f32}";

    private static ExperimentConfig config(String view) {
        return config(view, ROWS);
    }

    private static ExperimentConfig config(String view, String recorded) {
        return ShortRuns.config(
                "float32-edition",
                "model.width=8",
                "model.layers=1",
                "model.context=8",
                "initialization.sigma=1e-5",
                "precision.parameters=f32",
                "precision.compute=autocast",
                "precision.view=" + view,
                recorded);
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

    /** A figure recorded while training is of the rows that analyses see; another view does not take it. */
    @Test
    void recordedFiguresAreThoseOfTheView() throws IOException {
        String figures = "recording.tensors={%s}"
                .formatted(Stream.of("census", "regimes", "last_moves", "speeds", "radii", "centroids", "norms")
                        .map("%1$s: {observe: %1$s}"::formatted)
                        .collect(Collectors.joining(", ")));
        for (String view : List.of("stored", "bf16")) {
            RunDirectory rows = ShortRuns.run(folder.resolve(view + "-rows"), config(view));
            RunDirectory run = ShortRuns.run(folder.resolve(view + "-figures"), config(view, figures));
            String other = view.equals("bf16") ? "stored" : "bf16";
            try (RunArchive ofRows = ShortRuns.open(rows);
                    RunArchive ofFigures = ShortRuns.open(run);
                    RunArchive asked =
                            RunArchive.open(run, PrecisionConfig.View.valueOf(other.toUpperCase(Locale.ROOT)))) {
                History w = ofRows.embeddings();
                RecordedFigures recorded = ofFigures.figures().orElseThrow();
                LiveDeadSplit split = new LiveDeadSplit(
                        Tokens.of(ofRows.manifest().corpus().live()),
                        Tokens.of(ofRows.manifest().corpus().dead()));
                Freezing freezing = Freezing.of(w, split, Places.of(), new ScalarAnalysisKernels());
                for (TokenLife life : freezing.lives()) {
                    assertEquals(
                            life.inCells(),
                            recorded.lives().orElseThrow().get(life.token()).inCells(),
                            view);
                }
                Evolution evolution = Evolution.of(w, split, new ScalarAnalysisKernels());
                FrameSeries frames = Frames.of(w, split, Places.all(w.size()), new ScalarAnalysisKernels())
                        .dead();
                for (int place = 0; place < w.size(); place++) {
                    float[] census = ofFigures
                            .recording()
                            .row(Observables.ALL.get("", "census"), place)
                            .toFloats();
                    assertEquals(evolution.census().all().distinct().at(place), (int) census[0], view);
                    assertEquals(
                            (float) frames.meanRadius().at(place),
                            (float) recorded.frames().dead().meanRadius().at(place),
                            view);
                }
                assertTrue(ofFigures.figures().isPresent() && asked.figures().isEmpty(), view);
            }
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
