package org.lilgatsby.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.lilgatsby.random.TorchGenerator;
import org.lilgatsby.recording.Manifest;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class SweepVerbTest {
    /** A model of which a run takes milliseconds. */
    static final List<String> TINY = List.of(
            "sweep",
            "float32-edition",
            "--set",
            "model.layers=1",
            "--set",
            "model.width=8",
            "--set",
            "model.context=8",
            "--set",
            "training.batch=1",
            "--set",
            "training.log_every=2",
            "--kernels",
            "scalar",
            "--steps",
            "6");

    @TempDir
    private Path folder;

    private Execution tiny(String out, String... more) {
        List<String> arguments = new ArrayList<>(TINY);
        arguments.addAll(List.of("--out", path(out), "--store", path("store")));
        arguments.addAll(List.of(more));
        return Execution.of(arguments.toArray(String[]::new));
    }

    private String path(String name) {
        return folder.resolve(name).toString();
    }

    @Test
    void withoutASweepItListsThem() {
        Execution list = Execution.of("sweep");
        assertEquals(ExitCodes.DONE, list.code());
        assertTrue(list.out().contains("float32-or-bf16 "), list.out());
        assertEquals(5, list.out().lines().count());
    }

    @Test
    void aSweepGrowsAndRunsOnlyWhatIsNew() throws IOException {
        Execution first = tiny("sweep", "--seeds", "1..2");
        assertEquals(ExitCodes.DONE, first.code(), first.err());
        assertTrue(first.err().contains("2 runs done in "), first.err());
        assertTrue(first.err().contains("2 of 2: seed "), first.err());
        Execution second = tiny("sweep", "--seeds", "1..3", "--vary", "initialization.mode=unit-noise,bf16-native");
        assertEquals(ExitCodes.DONE, second.code(), second.err());
        assertTrue(second.err().contains("4 runs done in "), second.err());
        assertTrue(second.err().contains("2 already in the store"), second.err());
        List<String> runs = Files.readAllLines(folder.resolve("sweep/runs.csv"));
        assertEquals(7, runs.size());
        assertTrue(runs.getFirst()
                .startsWith("key,experiment,seed,state,reason,seconds,program,arithmetic,machine,"
                        + "initialization.mode,"));
        Execution verified = Execution.of("sweep", "verify", path("sweep"));
        assertEquals("6 runs, 0 damaged\n", verified.out());
    }

    @Test
    void partsMakeTheTablesOfTheWhole() throws IOException {
        String[] grid = {"--seeds", "1..5", "--vary", "training.weight_decay=0,0.1"};
        assertEquals(ExitCodes.DONE, tiny("whole", grid).code());
        for (String part : List.of("1/3", "3/3", "3/3", "2/3")) {
            List<String> arguments = new ArrayList<>(TINY);
            arguments.addAll(List.of(grid));
            arguments.addAll(List.of("--out", path("parts"), "--store", path("store of parts"), "--shard", part));
            assertEquals(
                    ExitCodes.DONE,
                    Execution.of(arguments.toArray(String[]::new)).code());
            Execution collected = Execution.of("sweep", "collect", path("parts"));
            assertEquals(part.equals("2/3") ? ExitCodes.DONE : ExitCodes.FAILED, collected.code());
        }
        assertEquals(SweepTables.of(folder.resolve("whole")), SweepTables.of(folder.resolve("parts")));
    }

    @Test
    void aFailedRunIsARowAndTheExitCodeSaysSo() throws IOException {
        Execution sweep = tiny(
                "sweep",
                "--seeds",
                "1..2",
                "--set",
                "training.weight_decay=1000",
                "--vary",
                "training.learning_rate=1e-3,1000");
        assertEquals(ExitCodes.FAILED, sweep.code(), sweep.err());
        assertTrue(sweep.err().contains("2 of 4 runs failed"), sweep.err());
        List<String> failed = Files.readAllLines(folder.resolve("sweep/runs.csv")).stream()
                .filter(line -> line.contains(",failed,"))
                .toList();
        assertEquals(2, failed.size());
        assertTrue(failed.getFirst().contains("step "), failed.getFirst());
    }

    @Test
    void sweepsThatRunAtTheSameTimeShareAStore() throws Exception {
        List<Execution> both;
        try (ExecutorService shells = Executors.newFixedThreadPool(2)) {
            List<Callable<Execution>> sweeps =
                    List.of(() -> tiny("one", "--seeds", "1..8"), () -> tiny("other", "--seeds", "3..8"));
            both = new ArrayList<>();
            for (Future<Execution> sweep : shells.invokeAll(sweeps)) {
                both.add(sweep.get());
            }
        }
        for (Execution sweep : both) {
            assertEquals(ExitCodes.DONE, sweep.code(), sweep.err());
        }
        List<String> one = SweepTables.of(folder.resolve("one"));
        List<String> other = SweepTables.of(folder.resolve("other"));
        assertTrue(one.containsAll(other), "equal keys have equal rows");
        assertEquals(8 + 1, Files.readAllLines(folder.resolve("one/runs.csv")).size());
        assertEquals(
                "8 runs, 0 damaged\n",
                Execution.of("sweep", "verify", path("one")).out());
    }

    @Test
    void runsOfAnotherArithmeticAreSaidAndNotUsed() throws IOException {
        tiny("sweep", "--seeds", "1..2");
        Path store = folder.resolve("store");
        Files.move(store.resolve("arithmetic-" + Manifest.ARITHMETIC), store.resolve("arithmetic-1"));
        Execution again = tiny("sweep", "--seeds", "1..2");
        assertTrue(
                again.err()
                        .contains(("the store also holds 2 runs of arithmetic 1, which is not this program's %d; "
                                        + "they are not used")
                                .formatted(Manifest.ARITHMETIC)),
                again.err());
        assertTrue(again.err().contains("2 runs done in "), again.err());
    }

    /** There is no loss before the first step. */
    @Test
    void aSweepOfStartsSaysNothingOfALoss() {
        List<String> arguments = new ArrayList<>(TINY.subList(0, TINY.size() - 1));
        arguments.addAll(List.of("0", "--seeds", "1..2", "--out", path("sweep"), "--store", path("store")));
        Execution starts = Execution.of(arguments.toArray(String[]::new));
        assertEquals(ExitCodes.DONE, starts.code(), starts.err());
        assertTrue(starts.err().contains("2 of 2: seed "), starts.err());
        assertFalse(starts.err().contains("NaN"), starts.err());
    }

    @Test
    void aDryRunWritesNothing() throws IOException {
        Execution dry = tiny("sweep", "--seeds", "1..3", "--dry-run");
        assertEquals(ExitCodes.DONE, dry.code(), dry.err());
        assertEquals(5, dry.out().lines().count(), dry.out());
        assertTrue(dry.out().startsWith("seed: 1 (1 point), 2 (1 point), 3 (1 point)\nseed 1: about "), dry.out());
        assertTrue(dry.out().contains("3 points, 0 in the store; about "), dry.out());
        assertFalse(Files.exists(folder.resolve("sweep")));
        assertFalse(Files.exists(folder.resolve("store")));
    }

    @Test
    void aDiskThatIsTooSmallIsSaidBeforehand() {
        List<String> arguments = new ArrayList<>(TINY.subList(0, TINY.size() - 1));
        arguments.addAll(List.of("100000000", "--seeds", "1..10000", "--store", path("store"), "--dry-run"));
        Execution dry = Execution.of(arguments.toArray(String[]::new));
        assertEquals(ExitCodes.DONE, dry.code(), dry.err());
        assertTrue(dry.err().contains("disk: 10,000 runs not in the store need up to 360.0 TB on its disk"), dry.err());
    }

    @Test
    void aDryRunIsOneDocument() {
        assertTwoInTheStoreOf(2);
    }

    /** It measures for some seconds how fast the others would be. */
    @Test
    @Tag("long")
    void aDryRunOfMoreIsOneDocument() {
        assertTwoInTheStoreOf(3);
    }

    private void assertTwoInTheStoreOf(int points) {
        tiny("sweep", "--seeds", "1..2");
        JsonNode json = new JsonMapper()
                .readTree(tiny("sweep", "--seeds", "1.." + points, "--dry-run", "--json")
                        .out());
        assertEquals(2, json.get("in_store").intValue());
        assertEquals(points, json.get("points").size());
        JsonNode last = json.get("points").get(points - 1);
        assertEquals(Integer.toString(points), last.get("settings").get("seed").stringValue());
    }

    @Test
    void aDryRunOfManyStartsShowsTheFirstAndTheLastAndWhatAStartTakes() {
        List<String> arguments = new ArrayList<>(TINY.subList(0, TINY.size() - 1));
        arguments.addAll(List.of("0", "--seeds", "1..40", "--keep", "figures", "--dry-run", "--store", path("store")));
        Execution dry = Execution.of(arguments.toArray(String[]::new));
        assertEquals(ExitCodes.DONE, dry.code(), dry.err());
        List<String> lines = dry.out().lines().toList();
        assertEquals(9, lines.size(), dry.out());
        assertEquals("seed: 40 values, 1 to 40", lines.getFirst());
        assertTrue(lines.get(3).startsWith("seed 3: about "), dry.out());
        assertEquals("... 34 more points; --json lists all", lines.get(4));
        assertTrue(lines.get(7).startsWith("seed 40: about "), dry.out());
        arguments.add("--json");
        JsonNode json = new JsonMapper()
                .readTree(Execution.of(arguments.toArray(String[]::new)).out());
        assertEquals(40, json.get("points").size());
        assertTrue(json.get("points").get(0).get("seconds").doubleValue() > 0, json.toString());
        assertTrue(json.get("seconds").doubleValue() > 0, json.toString());
    }

    /** Any byte of any file of any run: turned over, or the file's end, or the whole file taken away. */
    @Test
    void damageIsFoundSetAsideAndRepairedByRunningAgain() throws IOException {
        tiny("sweep", "--seeds", "1..6");
        List<String> before = SweepTables.of(folder.resolve("sweep"));
        TorchGenerator random = new TorchGenerator(10);
        for (int damage = 0; damage < 10; damage++) {
            List<Path> files;
            try (Stream<Path> all = Files.walk(folder.resolve("store"))) {
                files = all.filter(Files::isRegularFile)
                        .filter(path -> !path.toString().contains("damaged-"))
                        .sorted()
                        .toList();
            }
            Path file = files.get(Math.floorMod(random.nextInt(), files.size()));
            byte[] bytes = Files.readAllBytes(file);
            int at = Math.floorMod(random.nextInt(), bytes.length);
            switch (damage % 3) {
                case 0 -> {
                    bytes[at] ^= 4;
                    Files.write(file, bytes);
                }
                case 1 -> Files.write(file, Arrays.copyOf(bytes, at));
                default -> Files.delete(file);
            }
            Execution found = Execution.of("sweep", "verify", path("sweep"));
            assertEquals(ExitCodes.FAILED, found.code(), file + " at " + at);
            assertTrue(found.out().contains("1 damaged and set aside"), found.out());
            Execution again = tiny("sweep", "--seeds", "1..6");
            assertTrue(again.err().contains("1 run done in "), again.err());
            assertEquals(before, SweepTables.of(folder.resolve("sweep")));
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--seeds 1..3 --vary training.bach=1,2 | unknown key training.bach; did you mean training.batch?",
                "--vary training.batch= | a value of training.batch is missing",
                "--seeds 1..2000000 | seed has 2,000,000 values",
                "--seeds 1..3 --vary training.batch=0,1 | axis",
                "--seeds 1..3 --shard 4/3 | the first number is from 1 to the second",
                "--seeds 1..3 --workers 0 | --workers",
                "--seeds 1..3 --keep everything | allowed are figures, series, recording",
                "--set seed=3 | nothing varies",
                "--seeds 1..3 --on spark://nowhere:7077 | script lilgatsby",
                "--seeds 1..3 --on spark://nowhere:7077 --workers 2 | --workers is for runs on this machine",
            })
    void wrongUseIsSaidAndNothingIsWritten(String arguments, String words) {
        Execution refused = tiny("sweep", arguments.split(" "));
        assertEquals(ExitCodes.WRONG_USE, refused.code(), refused.err());
        assertTrue(
                words.equals("axis")
                        ? refused.err().contains("training.batch")
                        : refused.err().contains(words),
                refused.err());
        assertFalse(Files.exists(folder.resolve("store")));
    }
}
