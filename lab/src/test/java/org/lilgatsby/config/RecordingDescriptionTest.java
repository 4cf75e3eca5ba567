package org.lilgatsby.config;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lilgatsby.corpus.Corpus;
import org.lilgatsby.experiment.ShortRuns;
import org.lilgatsby.kernel.ScalarKernels;
import org.lilgatsby.recording.Constants;
import org.lilgatsby.recording.Manifest;
import org.lilgatsby.recording.Observables;
import org.lilgatsby.recording.RunDirectory;
import org.lilgatsby.run.ExperimentRun;
import org.lilgatsby.safetensors.SafetensorsFile;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class RecordingDescriptionTest {
    private static final JsonMapper JSON = new JsonMapper();

    @TempDir
    private Path folder;

    private RunDirectory run(String name, String experiment, String... more) {
        String[] all = new String[more.length + 3];
        System.arraycopy(more, 0, all, 0, more.length);
        all[more.length] = "model.width=8";
        all[more.length + 1] = "model.layers=1";
        all[more.length + 2] = "model.context=8";
        return ShortRuns.run(folder.resolve(name), ShortRuns.config(experiment, all));
    }

    private static long[] ids(String json) {
        return JSON.readValue(json, long[].class);
    }

    @Test
    void aRecordingOfEveryFifthStepSaysSo() throws IOException {
        RunDirectory run = run("run", "primordial-snowball", "training.steps=12", "recording.every=5");
        try (SafetensorsFile file = SafetensorsFile.open(run.recording())) {
            assertArrayEquals(
                    new long[] {0, 5, 10}, file.tensor("recorded_steps").toLongs());
        }
    }

    @Test
    void theHeaderNamesConfigurationAndCorpus() throws IOException {
        RunDirectory run = run("run", "float32-edition");
        Map<String, String> found;
        try (SafetensorsFile file = SafetensorsFile.open(run.recording())) {
            found = file.metadata();
        }
        assertEquals(
                Set.of(
                        "format",
                        "recording_schema",
                        "arithmetic",
                        "key",
                        "configuration",
                        "corpus",
                        "live_token_ids",
                        "dead_token_ids"),
                found.keySet());
        assertEquals("1", found.get("recording_schema"));
        assertEquals(Integer.toString(Manifest.ARITHMETIC), found.get("arithmetic"));
        ExperimentConfig config = ConfigYaml.read(run.config(), List.of());
        Corpus corpus = ShortRuns.corpus(config);
        assertEquals(RunKey.of(config, corpus.sha256(), Manifest.ARITHMETIC).sha256(), found.get("key"));
        JsonNode settings = JSON.readTree(found.get("configuration"));
        assertEquals(1e-3, settings.at("/training/learning_rate").asDouble());
        assertEquals(
                "embeddings",
                settings.at("/recording/tensors/embedding_history/observe").asString());
        assertEquals(42, settings.at("/seed").asInt());
        assertTrue(settings.at("/corpus/source").isMissingNode());
        assertEquals("{\"bytes\":" + corpus.length() + ",\"sha256\":\"" + corpus.sha256() + "\"}", found.get("corpus"));
        assertEquals(77, ids(found.get("live_token_ids")).length);
        try (SafetensorsFile file = SafetensorsFile.open(run.recording())) {
            assertArrayEquals(file.tensor("dead_token_ids").toLongs(), ids(found.get("dead_token_ids")));
        }
    }

    @Test
    void everyFileOfARecordingPerStepDescribesItself() throws IOException {
        RunDirectory run = run("run", "embedding-evolution", "training.steps=4", "recording.every=2");
        Map<String, String> first = null;
        for (int step : new int[] {0, 2, 4}) {
            try (SafetensorsFile file = SafetensorsFile.open(run.steps().resolve(RunDirectory.stepFile(step)))) {
                assertArrayEquals(
                        new long[] {step}, file.tensor("recorded_steps").toLongs());
                assertTrue(file.contains("embeddings"));
                first = first == null ? file.metadata() : first;
                assertEquals(first, file.metadata());
            }
        }
        assertEquals(
                "per-step",
                JSON.readTree(first.get("configuration"))
                        .at("/recording/layout")
                        .asString());
    }

    @Test
    void theDocumentNamesEveryField() throws IOException {
        String document = Files.readString(Path.of("../docs/recordings.md"));
        List<String> fields = new ArrayList<>(Observables.ALL.names());
        fields.addAll(Constants.ALL.names());
        ExperimentConfig config = ShortRuns.config("instrumented");
        fields.addAll(ExperimentRun.plan(config, ShortRuns.corpus(config))
                .layout()
                .metadata()
                .keySet());
        for (String field : fields) {
            assertTrue(document.contains("`" + field + "`"), field);
        }
    }

    @Test
    void whereTheTextLiesIsNotInTheRecording() throws IOException {
        byte[] text = "In my younger and more vulnerable years.\n".repeat(9).getBytes(StandardCharsets.US_ASCII);
        RunDirectory[] runs = new RunDirectory[2];
        for (int i = 0; i < 2; i++) {
            Path book = Files.createDirectory(folder.resolve("place" + i)).resolve("book" + i + ".txt");
            Files.write(book, text);
            ExperimentConfig config = ShortRuns.config(
                            "float32-edition", "model.width=8", "model.layers=1", "model.context=8", "title=Title " + i)
                    .withCorpusSource(book.toString());
            runs[i] = ShortRuns.run(folder.resolve("run" + i), config, new ScalarKernels(), 1 + i);
        }
        assertEquals(-1, Files.mismatch(runs[0].recording(), runs[1].recording()));
    }
}
