package org.lilgatsby.explorer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lilgatsby.run.RunObserver;
import tools.jackson.databind.JsonNode;

/** A run that trains while somebody looks. */
class LiveTest {
    private static final int STEPS = 12;
    private static final int HELD_AT = 6;

    @TempDir
    private Path folder;

    /** Lets a run train up to a step, and on when it is told to. */
    private static final class Held implements RunObserver {
        private final Semaphore goOn = new Semaphore(0);
        private final boolean fails;

        Held(boolean fails) {
            this.fails = fails;
        }

        @Override
        public void begins(int done, int total) {}

        @Override
        public void stepped(int step, double loss) {
            if (step == HELD_AT) {
                goOn.acquireUninterruptibly();
                if (fails) {
                    throw new IllegalStateException("as a test demands");
                }
            }
        }

        @Override
        public void finishing(String what) {}

        @Override
        public boolean stopRequested() {
            return false;
        }
    }

    private static JsonNode await(BufferedReader events, String name, Predicate<JsonNode> wanted) throws IOException {
        while (true) {
            String line = events.readLine();
            if (line.equals("event: " + name)) {
                JsonNode data = Client.parse(events.readLine().substring("data: ".length()));
                if (wanted.test(data)) {
                    return data;
                }
            }
        }
    }

    @Test
    void isSeenFromItsBeginningToItsEnd() throws Exception {
        try (Explorer explorer = Explorer.start(List.of(folder), 0)) {
            Client client = new Client(explorer);
            assertEquals(0, client.json("/api/items").get("items").size());
            try (BufferedReader events = client.events()) {
                Held held = new Held(false);
                CompletableFuture<Path> run = CompletableFuture.supplyAsync(
                        () -> SmallRuns.run(folder.resolve("live"), "supermassive-black-hole", STEPS, held));
                await(
                        events,
                        "items",
                        _ -> client.json("/api/items").get("items").size() == 1);
                JsonNode event = await(events, "run", data -> data.get("step").asInt() == HELD_AT);
                assertEquals("under way", event.get("status").asString());
                assertEquals(STEPS, event.get("plannedSteps").asInt());
                assertEquals(HELD_AT, event.get("lossStep").asInt());
                assertTrue(event.get("loss").asDouble() > 1);

                JsonNode item = client.json("/api/items").get("items").get(0);
                assertEquals("under way", item.get("status").asString());
                String path = "/api/runs/" + item.get("id").asString();
                assertEquals(HELD_AT, client.json(path).get("steps").get("last").asInt());
                assertEquals(HELD_AT, distinct(client, path).get("until").asInt());
                assertEquals(
                        400, client.get(path + "/census?step=" + (HELD_AT + 1)).statusCode(), "not recorded yet");

                held.goOn.release();
                event = await(
                        events, "run", data -> !data.get("status").asString().equals("under way"));
                assertEquals("complete", event.get("status").asString());
                assertEquals(STEPS, event.get("step").asInt());
                run.join();
                assertEquals(STEPS, distinct(client, path).get("until").asInt());
            }
        }
    }

    private static JsonNode distinct(Client client, String run) {
        JsonNode curve;
        do {
            curve = client.json(run + "/curves?names=census.distinct.all")
                    .get("curves")
                    .get("census.distinct.all");
        } while (curve.has("waiting"));
        return curve;
    }

    /** This experiment records no losses, and writes its first checkpoint later. */
    @Test
    void tellsTheLossOfARunThatRecordsNone() throws Exception {
        try (Explorer explorer = Explorer.start(List.of(folder), 0)) {
            Client client = new Client(explorer);
            try (BufferedReader events = client.events()) {
                Held held = new Held(false);
                CompletableFuture<Path> run = CompletableFuture.supplyAsync(
                        () -> SmallRuns.run(folder.resolve("live"), "primordial-snowball", STEPS, held));
                JsonNode event =
                        await(events, "run", data -> data.get("lossStep").asInt(0) == HELD_AT);
                assertTrue(event.get("loss").asDouble() > 1);
                assertEquals(HELD_AT, event.get("step").asInt());
                held.goOn.release();
                Path directory = run.join();
                assertFalse(Files.exists(directory.resolve("loss.progress")));
            }
        }
    }

    @Test
    void isToldWhenItFails() throws Exception {
        try (Explorer explorer = Explorer.start(List.of(folder), 0)) {
            Client client = new Client(explorer);
            try (BufferedReader events = client.events()) {
                Held held = new Held(true);
                CompletableFuture<Path> run = CompletableFuture.supplyAsync(
                        () -> SmallRuns.run(folder.resolve("live"), "primordial-snowball", STEPS, held));
                await(events, "run", data -> data.get("step").asInt() == HELD_AT);
                held.goOn.release();
                JsonNode event = await(
                        events, "run", data -> !data.get("status").asString().equals("under way"));
                assertEquals("failed", event.get("status").asString());
                assertTrue(run.handle((_, failure) -> failure != null).join());
            }
        }
    }

    /** The same bytes as one that nobody looked at. */
    @Test
    void writesTheSameBytes() throws Exception {
        Path alone = SmallRuns.run(folder.resolve("alone"), "supermassive-black-hole", STEPS);
        Files.createDirectory(folder.resolve("seen"));
        try (Explorer explorer = Explorer.start(List.of(folder.resolve("seen")), 0)) {
            Client client = new Client(explorer);
            Held held = new Held(false);
            CompletableFuture<Path> run = CompletableFuture.supplyAsync(
                    () -> SmallRuns.run(folder.resolve("seen/run"), "supermassive-black-hole", STEPS, held));
            JsonNode items;
            do {
                items = client.json("/api/items").get("items");
            } while (items.isEmpty() || items.get(0).get("recordedSteps").asInt(0) < HELD_AT);
            String path = "/api/runs/" + items.get(0).get("id").asString();
            for (String view : List.of(
                    "", "/blocks?views=cloud&of=all", "/lattice", "/token?ids=1", "/life?ids=1", "/genealogy")) {
                assertEquals(200, client.get(path + view).statusCode());
            }
            held.goOn.release();
            run.join();
        }
        Path seen = folder.resolve("seen/run");
        assertEquals(-1, Files.mismatch(alone.resolve("recording.safetensors"), seen.resolve("recording.safetensors")));
        assertEquals(names(alone), names(seen));
    }

    private static List<String> names(Path run) throws IOException {
        try (var all = Files.walk(run)) {
            return all.map(path -> run.relativize(path).toString()).sorted().toList();
        }
    }

    /** The manifest of a killed run knows nothing of it, and its lock names a process that is no more. */
    @Test
    void isKnownToBeDead() throws Exception {
        Path root = interrupted();
        Process process = new ProcessBuilder(
                        ProcessHandle.current().info().command().orElseThrow(), "-version")
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("version.txt").toFile())
                .start();
        process.waitFor();
        Files.writeString(root.resolve("run.lock"), "process " + process.pid() + "\n");
        assertEquals("interrupted", item().get("status").asString());
        assertEquals(3, item().get("recordedSteps").asInt());
    }

    /** The number of the process that was killed is that of another one by now. */
    @Test
    void isNotMistakenForAnother() throws Exception {
        Path root = interrupted();
        Path lock = root.resolve("run.lock");
        Files.writeString(lock, "process " + ProcessHandle.current().pid() + "\n");
        assertEquals("under way", item().get("status").asString());
        Files.setLastModifiedTime(lock, FileTime.from(Instant.EPOCH));
        assertEquals("interrupted", item().get("status").asString());
        Files.writeString(lock, "nobody knows");
        assertEquals("interrupted", item().get("status").asString());
    }

    private Path interrupted() throws IOException {
        Path root = SmallRuns.run(folder.resolve("killed"), "primordial-snowball", 3);
        Path manifest = root.resolve("manifest.json");
        Files.writeString(manifest, Files.readString(manifest).replace("\"COMPLETE\"", "\"INTERRUPTED\""));
        return root;
    }

    private JsonNode item() throws IOException {
        try (Explorer explorer = Explorer.start(List.of(folder), 0)) {
            return new Client(explorer).json("/api/items").get("items").get(0);
        }
    }
}
