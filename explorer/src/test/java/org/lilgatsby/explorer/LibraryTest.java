package org.lilgatsby.explorer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** What the explorer finds in directories, whole and damaged. */
class LibraryTest {
    @TempDir
    private Path folder;

    private Explorer explorer;
    private Client client;

    @BeforeEach
    void start() throws IOException {
        explorer = Explorer.start(List.of(folder), 0);
        client = new Client(explorer);
    }

    @AfterEach
    void stop() {
        explorer.close();
    }

    private List<JsonNode> items() {
        return client.json("/api/items").get("items").valueStream().toList();
    }

    private String id(String name) {
        return items().stream()
                .filter(item -> item.get("path").asString().endsWith(name))
                .findFirst()
                .orElseThrow()
                .get("id")
                .asString();
    }

    @Test
    void isEmptyAtFirst() throws IOException {
        assertEquals(List.of(), items());
        Files.createDirectories(folder.resolve("a/b/c"));
        Files.writeString(folder.resolve("a/manifest.json"), "{}");
        assertEquals(List.of(), items());
    }

    @ParameterizedTest
    @CsvSource({
        "manifest.json, '', has schema",
        "manifest.json, '{\"schema\": 1}', is not a manifest",
        "config.yaml, 'training: {steps: many}', config.yaml",
        "config.yaml, '\u0000\u0001', config.yaml",
        "recording.progress, 'abc', recording.progress",
        "recording.safetensors, '', recording.safetensors",
        "recording.safetensors, 'garbage garbage', recording.safetensors"
    })
    void saysWhatIsDamaged(String file, String content, String sentence) throws IOException {
        SmallRuns.run(folder.resolve("good"), "primordial-snowball", 1);
        Path run = SmallRuns.run(folder.resolve("bad"), "primordial-snowball", 1);
        Files.writeString(run.resolve(file), content);
        assertEquals(2, items().size());
        String said = client.refusal(500, "/api/runs/" + id("bad"));
        assertTrue(said.contains(sentence), said);
        assertTrue(!said.contains("Exception") && !said.contains("bug"), said);
        assertEquals(200, client.get("/api/runs/" + id("good")).statusCode());
    }

    @Test
    void tellsRunsOfOneNameApartByTheirSettings() throws IOException {
        for (int seed = 1; seed <= 2; seed++) {
            SmallRuns.run(folder.resolve("run" + seed), "primordial-snowball", 1, "seed=" + seed);
        }
        SmallRuns.run(folder.resolve("other"), "supermassive-black-hole", 1);
        items();
        JsonNode namesakes = client.json("/api/namesakes");
        assertEquals(1, namesakes.size());
        JsonNode found = namesakes.get(0);
        assertEquals(1, found.get("settings").size());
        assertEquals("seed", found.get("settings").get(0).get("key").asString());
        for (int i = 0; i < 2; i++) {
            int seed = found.get("settings").get(0).get("values").get(i).asInt();
            assertEquals(id("run" + seed), found.get("runs").get(i).asString());
        }
    }

    /** The end of a mapped file that has gone is an error of the machine, not of the process. */
    @Test
    void survivesARecordingThatIsCutOff() throws IOException {
        Path run = SmallRuns.run(folder.resolve("run"), "primordial-snowball", 8, "model.width=64");
        String path = "/api/runs/" + id("run");
        assertEquals(200, client.get(path).statusCode());
        Path recording = run.resolve("recording.safetensors");
        try (var file = Files.newByteChannel(recording, StandardOpenOption.WRITE)) {
            file.truncate(Files.size(recording) / 4);
        }
        assertTrue(client.get(path + "/blocks?views=cloud&of=all&from=8&to=8").statusCode() >= 400);
        assertEquals(200, client.get("/api/items").statusCode());
    }

    @ParameterizedTest
    @ValueSource(strings = {"primordial-snowball", "embedding-evolution"})
    void listsARecordingThatIsCutOffAsDamaged(String experiment) throws IOException {
        Path run = SmallRuns.run(folder.resolve("run"), experiment, 8);
        Path file = experiment.equals("embedding-evolution")
                ? run.resolve("steps/step_0000008.safetensors")
                : run.resolve("recording.safetensors");
        assertEquals("complete", items().getFirst().get("status").asString());
        try (var open = Files.newByteChannel(file, StandardOpenOption.WRITE)) {
            open.truncate(Files.size(file) / 2);
        }
        explorer.close();
        start();
        JsonNode item = items().getFirst();
        assertEquals("damaged", item.get("status").asString());
        assertTrue(item.get("fault").asString().contains(file.getFileName().toString()), item.toString());
        assertEquals(8, item.get("recordedSteps").asInt());
    }

    /** A process has written the configuration, or also the manifest, but no state. */
    @Test
    void saysThatARunBegins() throws IOException {
        Path run = SmallRuns.run(folder.resolve("run"), "primordial-snowball", 2);
        Files.writeString(
                run.resolve("run.lock"), "process " + ProcessHandle.current().pid() + "\n");
        Path manifest = run.resolve("manifest.json");
        Files.writeString(manifest, Files.readString(manifest).replace("\"COMPLETE\"", "\"INTERRUPTED\""));
        Files.delete(run.resolve("recording.progress"));
        String path = "/api/runs/" + id("run");
        assertTrue(client.json(path).get("begins").asBoolean());
        assertTrue(client.json(path + "/census?step=0").get("waiting").asBoolean());
        Files.delete(manifest);
        assertEquals("under way", items().getFirst().get("status").asString());
        assertTrue(client.json(path).get("begins").asBoolean());
        Files.delete(run.resolve("run.lock"));
        Files.writeString(run.resolve("run.lock"), "");
        assertEquals("interrupted", items().getFirst().get("status").asString());
    }

    @Test
    void comparesRuns() throws IOException {
        SmallRuns.run(folder.resolve("a"), "primordial-snowball", 4);
        SmallRuns.run(folder.resolve("b"), "primordial-snowball", 4);
        SmallRuns.run(folder.resolve("c"), "primordial-snowball", 4, "seed=7");
        SmallRuns.run(folder.resolve("d"), "primordial-snowball", 4, "training.learning_rate=0.01");
        JsonNode found;
        do {
            found = client.json("/api/compare?runs=%s,%s,%s,%s".formatted(id("a"), id("b"), id("c"), id("d")));
        } while (found.get("pairs")
                .valueStream()
                .anyMatch(pair -> pair.get("waiting").asBoolean()));
        List<String> keys = found.get("settings")
                .valueStream()
                .map(setting -> setting.get("key").asString())
                .toList();
        assertEquals(List.of("seed", "training.learning_rate"), keys);
        assertEquals("[42,42,7,42]", found.get("settings").get(0).get("values").toString());
        JsonNode pairs = found.get("pairs");
        assertTrue(pairs.get(0).get("first").isNull());
        assertEquals(5, pairs.get(0).get("sharedSteps").asInt());
        assertEquals(0, pairs.get(1).get("first").get("step").asInt());
        assertTrue(pairs.get(2).get("first").get("step").asInt() >= 1);
        JsonNode values = pairs.get(1).get("first").get("values");
        assertTrue(values.get(0).asDouble() != values.get(1).asDouble());
    }

    @Test
    void drawsRunsAsARibbon() throws IOException {
        List<String> ids = new ArrayList<>();
        for (int seed = 1; seed <= 4; seed++) {
            SmallRuns.run(folder.resolve("s" + seed), "primordial-snowball", 6, "seed=" + seed);
            ids.add(id("s" + seed));
        }
        String name = "census.distinct.all";
        JsonNode found;
        do {
            found = client.json("/api/ribbon?curve=%s&runs=%s".formatted(name, String.join(",", ids)));
        } while (found.has("waiting"));
        JsonNode ribbon = found.get("ribbon");
        assertEquals("[0,1,2,3,4,5,6]", ribbon.get("steps").toString());
        for (int step = 0; step <= 6; step++) {
            double sum = 0;
            double low = Double.POSITIVE_INFINITY;
            for (String id : ids) {
                double value = client.json("/api/runs/%s/curves?names=%s".formatted(id, name))
                        .get("curves")
                        .get(name)
                        .get("values")
                        .get(step)
                        .asDouble();
                sum += value;
                low = Math.min(low, value);
            }
            assertEquals(sum / 4, ribbon.get("mean").get(step).asDouble(), 1e-12);
            assertEquals(low, ribbon.get("low").get(step).asDouble());
            assertEquals(4, ribbon.get("n").get(step).asInt());
        }
    }

    @Test
    void showsAPublishedCheckpoint() throws IOException {
        Path run = SmallRuns.run(folder.resolve("run"), "primordial-snowball", 1);
        Path published = Files.createDirectory(folder.resolve("published"));
        for (String file : List.of("config.json", "model.safetensors", "tokenizer.json")) {
            Path from = run.resolve("model").resolve(file);
            if (Files.exists(from)) {
                Files.copy(from, published.resolve(file));
            }
        }
        String path = "/api/checkpoints/" + id("published");
        JsonNode described = client.json(path);
        assertEquals(128, described.get("tokens").size());
        assertEquals(8, described.get("width").asInt());
        Client.Numbers cloud = client.numbers(path + "/blocks?views=cloud");
        assertEquals(128 * 2 * Float.BYTES, cloud.numbers().remaining());
        assertEquals(
                128,
                client.json(path + "/census")
                                .get("figures")
                                .get("tokens_in_them")
                                .asInt()
                        + client.json(path + "/census").get("singletons").size());
        assertEquals(
                8,
                client.json(path + "/token?ids=65")
                        .get("tokens")
                        .get(0)
                        .get("hex")
                        .size());
        assertEquals(200, client.get(path + "/lattice").statusCode());
        assertEquals(
                128 * Short.BYTES,
                client.numbers(path + "/blocks?views=groups").numbers().remaining());
        Files.write(published.resolve("model.safetensors"), "no tensors".getBytes(StandardCharsets.UTF_8));
        Files.writeString(published.resolve("config.json"), "{}");
        assertTrue(client.refusal(500, path).contains("model.safetensors"));
    }

    @Test
    void showsASweep() throws IOException {
        Path sweep = Files.createDirectory(folder.resolve("sweep"));
        Files.writeString(
                sweep.resolve("sweep.yaml"),
                "experiment: primordial-snowball\nvary: {seed: [1, 2]}\nkeep: recording\n");
        String key = "0123456789abcdef".repeat(4);
        SmallRuns.run(folder.resolve("store/arithmetic-2/01/" + key + "/recording"), "primordial-snowball", 1);
        Files.writeString(
                sweep.resolve("runs.csv"),
                "key,seed,state,reason\n%s,1,done,\nx,2,failed,\"a, \"\"b\"\"\"\n".formatted(key));
        Files.writeString(sweep.resolve("report.json"), "{\"schema\": 1}");
        JsonNode found = client.json("/api/sweeps/" + id("sweep"));
        assertEquals(1, found.get("report").get("schema").asInt());
        assertEquals(id("recording"), found.get("runs").get(0).get("item").asString());
        assertTrue(found.get("runs").get(1).get("item").isNull());
        assertEquals(
                "a, \"b\"", found.get("runs").get(1).get("point").get("reason").asString());
        assertEquals(2, sweepItem().get("runs").asInt());
    }

    @Test
    void saysWhatBecameOfASweep() throws IOException {
        Path sweep = Files.createDirectory(folder.resolve("sweep"));
        Files.writeString(sweep.resolve("sweep.yaml"), "experiment: primordial-snowball\nvary: {seed: [1, 2, 3]}\n");
        assertEquals("no tables", sweepItem().get("status").asString(), "whether it runs or was stopped");
        for (String[] told : new String[][] {
            {"done", "done", "complete"}, {"done", "missing", "interrupted"}, {"failed", "missing", "failed"},
        }) {
            Files.writeString(
                    sweep.resolve("runs.csv"),
                    "key,seed,state\na,1,done\nb,2,%s\nc,3,%s\n".formatted(told[0], told[1]));
            assertEquals(told[2], sweepItem().get("status").asString());
        }
    }

    private JsonNode sweepItem() throws IOException {
        return items().stream()
                .filter(item -> item.get("kind").asString().equals("sweep"))
                .findFirst()
                .orElseThrow();
    }

    /** Only what the user gave is served, whatever a file in it names. */
    @Test
    void saysWhereTheRunsOfASweepAreThatItMayNotShow() throws IOException {
        Path sweep = Files.createDirectory(folder.resolve("sweep"));
        Path definition = sweep.resolve("sweep.yaml");
        String text = "experiment: primordial-snowball\nvary: {seed: [1, 2]}\nkeep: recording\n";
        Files.writeString(definition, text + "store: ../../elsewhere\n");
        String path = "/api/sweeps/" + id("sweep");
        JsonNode found = client.json(path);
        assertTrue(found.get("keepsRecordings").asBoolean());
        assertFalse(found.get("storeServed").asBoolean());
        assertEquals(
                folder.resolveSibling("elsewhere").toString(),
                found.get("store").asString());
        Files.writeString(definition, text + "store: ../store\n");
        assertTrue(client.json(path).get("storeServed").asBoolean());
        Files.writeString(definition, text);
        assertTrue(client.json(path).get("store").isNull());
    }
}
