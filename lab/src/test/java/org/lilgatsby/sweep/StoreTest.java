package org.lilgatsby.sweep;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordingFile;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.lilgatsby.config.BuiltIn;
import org.lilgatsby.config.ConfigYaml;
import org.lilgatsby.config.ExperimentConfig;
import org.lilgatsby.config.ResultKey;
import org.lilgatsby.random.TorchGenerator;
import org.lilgatsby.recording.Manifest;

class StoreTest {
    private static final String CORPUS = "c774efbbdbbd41711bdab8bf79f37f3451606da188b13d1a472f1f7e0a2ce931";
    private static final int ARITHMETIC = 2;

    @TempDir
    private Path root;

    private Store store;

    @BeforeEach
    void open() {
        store = Store.open(root, ARITHMETIC);
    }

    /** A run of a seed; the machine and the time are those of a worker. */
    static StoredRun run(int seed, String worker, String reason) {
        ExperimentConfig config = BuiltIn.load("float32-edition", List.of("seed=" + seed));
        Map<String, Double> figures = new LinkedHashMap<>();
        if (reason == null) {
            figures.put("final.dead.black_holes", 3.0);
            figures.put("loss", 1.25 + seed);
            figures.put("topology.density", Double.NaN);
        }
        return new StoredRun(
                StoredRun.SCHEMA,
                ResultKey.of(config, CORPUS, ARITHMETIC).sha256(),
                ARITHMETIC,
                "0.1.0",
                new Manifest.Machine("25", worker, "vector, 256 bits", 1),
                config.name(),
                CORPUS,
                ConfigYaml.toJson(config),
                reason == null ? StoredRun.State.DONE : StoredRun.State.FAILED,
                reason,
                Instant.parse("2026-01-01T00:00:0" + seed % 10 + "Z"),
                2.5,
                figures);
    }

    private static StoredRun run(int seed) {
        return run(seed, "Linux", null);
    }

    private static boolean publish(Store store, StoredRun run) throws IOException {
        try (Store.Draft draft = store.begin(run.resultKey())) {
            return draft.publish(run, Keep.FIGURES);
        }
    }

    private boolean publish(StoredRun run, Keep keep) throws IOException {
        try (Store.Draft draft = store.begin(run.resultKey())) {
            if (keep != Keep.FIGURES) {
                Files.writeString(draft.directory().resolve("series.csv"), "step,figure,value\n");
            }
            return draft.publish(run, keep);
        }
    }

    private static List<Path> files(Path below) throws IOException {
        try (Stream<Path> all = Files.walk(below)) {
            return all.filter(Files::isRegularFile).sorted().toList();
        }
    }

    /** A directory that is not forced may be gone after a loss of power, with all that is in it. */
    @Test
    void theNamesOfAllDirectoriesAboveAnEntryAreOnTheDisk() throws IOException {
        Path fresh = root.resolve("not").resolve("yet");
        StoredRun run = run(1);
        Path folder = fresh.resolve("arithmetic-2").resolve(run.key().substring(0, 2));
        assertEquals(
                Set.of(folder.resolve(run.key()), folder, folder.getParent(), fresh, fresh.getParent(), root),
                forced(() -> publish(Store.open(fresh, ARITHMETIC), run)));
    }

    /** The directories above entries that are forced meanwhile. */
    private Set<Path> forced(Callable<?> action) throws IOException {
        Path file = root.resolve("events.jfr");
        try (Recording recording = new Recording()) {
            recording.enable("jdk.FileForce").withoutThreshold();
            recording.start();
            try {
                action.call();
            } catch (Exception e) {
                throw new AssertionError(e);
            }
            recording.stop();
            recording.dump(file);
        }
        return RecordingFile.readAllEvents(file).stream()
                .map(event -> Path.of(event.getString("path")))
                .filter(path -> Files.isDirectory(path) && path.startsWith(root))
                .collect(Collectors.toSet());
    }

    @Test
    void aPublishedRunIsFound() throws IOException {
        StoredRun run = run(1);
        assertEquals(Optional.empty(), store.find(run.resultKey(), Keep.FIGURES));
        assertEquals(List.of(), store.entries());
        assertTrue(publish(run, Keep.SERIES));
        Store.Entry entry = store.find(run.resultKey(), Keep.FIGURES).orElseThrow();
        assertEquals(run, entry.run());
        assertEquals(Keep.SERIES, entry.keep());
        assertTrue(Files.exists(entry.directory().resolve("series.csv")));
        assertEquals(entry, store.find(run.resultKey(), Keep.SERIES).orElseThrow());
        assertEquals(Optional.empty(), store.find(run.resultKey(), Keep.RECORDING));
        assertEquals(List.of(entry), Store.open(root, ARITHMETIC).entries());
        assertEquals(List.of(), store.verify());
    }

    @Test
    void theEntryWithMostInItCounts() throws IOException {
        assertTrue(publish(run(1), Keep.FIGURES));
        assertTrue(publish(run(2), Keep.FIGURES));
        assertTrue(publish(run(1), Keep.SERIES));
        assertEquals(2, store.entries().size());
        assertEquals(
                List.of(Keep.FIGURES, Keep.SERIES),
                store.entries().stream().map(Store.Entry::keep).sorted().toList());
    }

    @Test
    void nothingIsWrittenOver() throws IOException {
        assertTrue(publish(run(1, "first", null), Keep.FIGURES));
        List<Path> before = files(root);
        assertFalse(publish(run(1, "second", null), Keep.FIGURES));
        assertEquals("first", store.entries().getFirst().run().machine().system());
        assertEquals(before, files(root));
    }

    @Test
    void ofManyWorkersAtOneRunOneIsFirst() throws Exception {
        List<Callable<Boolean>> workers = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            String name = "worker " + i;
            workers.add(() -> publish(run(1, name, null), Keep.SERIES));
        }
        int first = 0;
        try (ExecutorService threads = Executors.newFixedThreadPool(8)) {
            for (Future<Boolean> future : threads.invokeAll(workers)) {
                first += future.get() ? 1 : 0;
            }
        }
        assertEquals(1, first);
        assertEquals(3, files(root).size());
        assertEquals(List.of(), store.verify());
    }

    @Test
    void whoIsDoneDeletesNothingOfWhoTookTheName() throws IOException {
        StoredRun run = run(1);
        for (Keep keep : List.of(Keep.FIGURES, Keep.FIGURES)) {
            Store.Draft done = store.begin(run.resultKey());
            done.publish(run, keep);
            try (Store.Draft next = store.begin(run.resultKey())) {
                assertEquals(done.directory(), next.directory());
                done.close();
                assertTrue(Files.exists(next.directory()));
            }
        }
    }

    @Test
    void whatADeadWorkerLeftIsNoRun() throws IOException {
        StoredRun run = run(1);
        Store.Draft dead = store.begin(run.resultKey());
        Checksums.write(dead.directory(), StoredRunFile.NAME, run.toJson());
        assertEquals(Optional.empty(), store.find(run.resultKey(), Keep.FIGURES));
        assertEquals(List.of(), store.entries());
        assertEquals(List.of(), store.verify());
        assertTrue(publish(run, Keep.FIGURES));
        assertTrue(Files.exists(dead.directory()));
    }

    @Test
    void andIsRemovedWhenItHasBeenQuiet() throws IOException {
        StoredRun run = run(1);
        Store.Draft draft = store.begin(run.resultKey());
        Path file = Files.writeString(draft.directory().resolve("series.csv"), "x");
        assertEquals(0, store.removeAbandoned(Duration.ofHours(1)));
        FileTime longAgo = FileTime.from(Instant.now().minus(Duration.ofHours(2)));
        Files.setLastModifiedTime(file, longAgo);
        Files.setLastModifiedTime(draft.directory(), longAgo);
        draft.touch();
        assertEquals(0, store.removeAbandoned(Duration.ofHours(1)));
        assertTrue(store.isUnderWay(run.resultKey(), Duration.ofHours(1)));
        Path sign = draft.directory().resolveSibling(draft.directory().getFileName() + ".alive");
        Files.setLastModifiedTime(sign, longAgo);
        assertFalse(store.isUnderWay(run.resultKey(), Duration.ofHours(1)));
        assertEquals(1, store.removeAbandoned(Duration.ofHours(1)));
        assertFalse(Files.exists(draft.directory()));
        assertThrows(IOException.class, () -> draft.publish(run, Keep.FIGURES));
        assertEquals(List.of(), files(root));
    }

    /** As on a disk that is read-only, or where it belongs to somebody else. */
    @Test
    void whatCannotBeRemovedStays() throws IOException {
        Store.Draft draft = store.begin(run(1).resultKey());
        FileTime longAgo = FileTime.from(Instant.now().minus(Duration.ofHours(2)));
        Path sign = Files.createDirectory(
                draft.directory().resolveSibling(draft.directory().getFileName() + ".alive"));
        Files.createFile(sign.resolve("in the way"));
        Files.setLastModifiedTime(sign, longAgo);
        Files.setLastModifiedTime(draft.directory(), longAgo);
        assertEquals(0, store.removeAbandoned(Duration.ofHours(1)));
        assertTrue(Files.exists(draft.directory()));
    }

    @Test
    void aDraftThatIsClosedLeavesNothing() throws IOException {
        try (Store.Draft draft = store.begin(run(1).resultKey())) {
            Files.writeString(draft.directory().resolve("series.csv"), "x");
        }
        assertEquals(List.of(), files(root));
    }

    @Test
    void failuresStayBesideTheRunThatIsDone() throws IOException {
        ResultKey key = run(1).resultKey();
        for (String reason : List.of("step 7: loss is NaN", "step 7: loss is NaN again")) {
            try (Store.Draft draft = store.begin(key)) {
                Files.createDirectories(draft.directory().resolve("recording"));
                draft.publishFailure(run(1, "Linux", reason));
            }
            assertEquals(Optional.empty(), store.find(key, Keep.FIGURES));
        }
        assertEquals(
                List.of("step 7: loss is NaN", "step 7: loss is NaN again"),
                store.failures(key).stream().map(StoredRun::reason).toList());
        assertEquals(List.of(), store.entries());
        assertTrue(publish(run(1), Keep.FIGURES));
        assertEquals(1, store.entries().size());
        assertEquals(2, store.failures(key).size());
        assertEquals(List.of(), store.verify());
    }

    @Test
    void anotherArithmeticIsKeptApart() throws IOException {
        assertTrue(publish(run(1), Keep.FIGURES));
        store.begin(run(2).resultKey()).close(); // leaves the folder of its key, which is no run
        Store next = Store.open(root, 3);
        assertEquals(List.of(), next.entries());
        assertEquals(Map.of(2, 1), next.otherArithmetics());
        assertEquals(Map.of(), store.otherArithmetics());
        assertThrows(IllegalArgumentException.class, () -> {
            try (Store.Draft draft = next.begin(run(1).resultKey())) {
                draft.publish(run(1), Keep.FIGURES);
            }
        });
    }

    @Test
    void onlyTheRunThatWasBegunIsPublished() throws IOException {
        try (Store.Draft draft = store.begin(run(1).resultKey())) {
            assertThrows(IllegalArgumentException.class, () -> draft.publish(run(2), Keep.FIGURES));
            assertThrows(IllegalArgumentException.class, () -> draft.publishFailure(run(1)));
            assertThrows(IllegalArgumentException.class, () -> draft.publish(run(1, "Linux", "failed"), Keep.FIGURES));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"flip", "cut", "delete", "add", "no sums", "other run"})
    void aDamageIsFoundAndRepairedByRunningAgain(String kind) throws IOException {
        for (int seed = 1; seed <= 3; seed++) {
            assertTrue(publish(run(seed), Keep.SERIES));
        }
        StoredRun run = run(2);
        Path entry = store.find(run.resultKey(), Keep.SERIES).orElseThrow().directory();
        Path file = entry.resolve("other run".equals(kind) ? StoredRunFile.NAME : "series.csv");
        byte[] bytes = Files.readAllBytes(file);
        switch (kind) {
            case "flip" -> {
                bytes[bytes.length / 2] ^= 1;
                Files.write(file, bytes);
            }
            case "cut" -> Files.write(file, new byte[0]);
            case "delete" -> Files.delete(file);
            case "add" -> Files.write(entry.resolve("more.csv"), bytes);
            case "no sums" -> Files.delete(entry.resolve(Checksums.NAME));
            default -> {
                Files.delete(entry.resolve(Checksums.NAME));
                Checksums.write(entry, StoredRunFile.NAME, run(9).toJson());
            }
        }
        List<Store.Damage> damages = store.verify();
        assertEquals(
                List.of(entry), damages.stream().map(Store.Damage::directory).toList());
        store.setAside(damages.getFirst());
        assertEquals(Optional.empty(), store.find(run.resultKey(), Keep.SERIES));
        assertTrue(publish(run, Keep.SERIES));
        assertEquals(List.of(), store.verify());
        assertEquals(3, store.entries().size());
    }

    /** Verify goes on past it, and the run is repeated whether or not anyone verified. */
    @ParameterizedTest
    @CsvSource({
        "link, series.csv is not a file",
        "dangling link, series.csv is not a file",
        "directory, run.json is missing",
        "file for entry, is not a directory",
        "link for entry, is not a directory"
    })
    @DisabledOnOs(value = OS.WINDOWS, disabledReason = "links need a privilege there")
    void somethingElseUnderTheNameIsADamage(String kind, String problem) throws IOException {
        StoredRun run = run(2);
        assertTrue(publish(run(1), Keep.SERIES));
        assertTrue(publish(run, Keep.SERIES));
        Path entry = store.find(run.resultKey(), Keep.SERIES).orElseThrow().directory();
        Path aside = root.resolve("aside");
        Path replaced = switch (kind) {
            case "directory" -> entry.resolve(StoredRunFile.NAME);
            case "link", "dangling link" -> entry.resolve("series.csv");
            default -> entry;
        };
        Files.move(replaced, aside);
        switch (kind) {
            case "directory" -> Files.createDirectory(replaced);
            case "file for entry" -> Files.createFile(replaced);
            case "dangling link" -> Files.createSymbolicLink(replaced, root.resolve("nowhere"));
            default -> Files.createSymbolicLink(replaced, aside);
        }
        assertEquals(List.of(new Store.Damage(entry, problem)), store.verify());
        if (kind.equals("directory") || kind.equals("file for entry")) {
            assertEquals(Optional.empty(), store.find(run.resultKey(), Keep.SERIES));
        } else {
            store.setAside(store.verify().getFirst());
        }
        assertTrue(publish(run, Keep.SERIES));
        assertEquals(List.of(), store.verify());
        assertEquals(2, store.entries().size());
    }

    /** A damaged run.json is met by whoever looks for the run, without verify. */
    @Test
    void aDamagedRunIsDoneAgainByItself() throws IOException {
        StoredRun run = run(1);
        assertTrue(publish(run, Keep.FIGURES));
        Path file = store.entries().getFirst().directory().resolve(StoredRunFile.NAME);
        TorchGenerator draw = new TorchGenerator(1);
        for (int i = 0; i < 10; i++) {
            byte[] bytes = Files.readAllBytes(file);
            bytes[Math.floorMod(draw.nextInt(), bytes.length)] ^= (byte) (1 << (draw.nextInt() & 7));
            Files.write(file, bytes);
            assertEquals(Optional.empty(), store.find(run.resultKey(), Keep.FIGURES));
            assertEquals(1, store.verify().size());
            assertTrue(publish(run, Keep.FIGURES));
            assertEquals(
                    run, store.find(run.resultKey(), Keep.FIGURES).orElseThrow().run());
            assertEquals(List.of(), store.verify());
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "[1]",
                "not JSON",
                "{\"schema\": 7}",
                "{\"schema\": 1}",
                "\"configuration\" : { }",
                "\"state\" : \"FAILED\"",
                "\"corpus_sha256\" : \"another\""
            })
    void aFileThatIsNoRunOfItsKeyIsADamage(String written) throws IOException {
        assertTrue(publish(run(1), Keep.FIGURES));
        Path entry = store.entries().getFirst().directory();
        Path file = entry.resolve(StoredRunFile.NAME);
        String text = Files.readString(file);
        if (written.startsWith("\"")) {
            String member = written.substring(0, written.indexOf(':') + 1);
            int at = text.indexOf(member);
            int end = written.endsWith("}") ? text.indexOf("\n  },", at) + 4 : text.indexOf(",\n", at);
            Files.writeString(file, text.substring(0, at) + written + text.substring(end));
        } else {
            Files.writeString(file, written);
        }
        Files.delete(entry.resolve(Checksums.NAME));
        Checksums.write(entry, StoredRunFile.NAME, Files.readAllBytes(file));
        assertEquals(List.of(), store.entries());
        List<Store.Damage> damages = store.verify();
        assertEquals(1, damages.size());
        assertTrue(damages.getFirst().problem().startsWith(file.toString()), damages.toString());
    }

    @Test
    void anyoneCanCheckTheSums() throws IOException {
        publish(run(1), Keep.SERIES);
        List<String> sums =
                Files.readAllLines(store.entries().getFirst().directory().resolve(Checksums.NAME));
        assertTrue(sums.get(0).matches("[0-9a-f]{64}  run\\.json"));
        assertTrue(sums.get(1).matches("[0-9a-f]{64}  series\\.csv"));
    }

    @Test
    void aStoreThatCannotBeWrittenIsNamed() throws IOException {
        Files.writeString(root.resolve("arithmetic-2"), "a file where the folder should be");
        IOException e = assertThrows(IOException.class, () -> store.begin(run(1).resultKey()));
        assertTrue(e.getMessage().contains("arithmetic-2"), e.getMessage());
    }
}
