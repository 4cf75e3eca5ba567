package org.lilgatsby.torture;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Real processes in places that go bad: full, read-only, deleted, taken. */
@Tag("long")
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "mounts and signals are those of POSIX")
class PlacesTest {
    @TempDir
    private Path folder;

    private Lab lab;

    @BeforeEach
    void makeLab() throws IOException {
        lab = new Lab(Files.createDirectory(folder.resolve("logs")));
    }

    /** The test's own directory. */
    final Path folder() {
        return folder;
    }

    /** The program in processes of its own. */
    final Lab lab() {
        return lab;
    }

    /** A small disk; without the right to mount one, the test is not made. */
    final SmallDisk disk(int megabytes) throws IOException, InterruptedException {
        Optional<SmallDisk> disk = SmallDisk.mount(folder.resolve("disk"), megabytes);
        assumeTrue(disk.isPresent(), "a small disk cannot be mounted here");
        return disk.get();
    }

    private static void await(Lab.Session session, Path file, long bytes) throws IOException {
        while (session.process().isAlive() && (Files.notExists(file) || Files.size(file) < bytes)) {
            LockSupport.parkNanos(200_000);
        }
    }

    /**
     * Starts a run that pauses where it first tells of a step, some checkpoints after its beginning, until it is let go
     * on.
     */
    private Lab.Session startHeld(String... arguments) throws IOException {
        return lab.startHeld("step ", gate(), arguments);
    }

    private Path gate() {
        return folder.resolve("gate");
    }

    private void letGoOn() throws IOException {
        Files.createFile(gate());
    }

    private static void assertSays(int code, Lab.Result result, String... words) {
        assertEquals(code, result.code(), result.err());
        for (String word : words) {
            assertTrue(result.err().contains(word), "no \"" + word + "\" in: " + result.err());
        }
        assertTrue(result.err().lines().noneMatch(line -> line.startsWith("\tat ")), result.err());
    }

    @Test
    void aRunThatCannotEndIsNotBegun() throws Exception {
        try (SmallDisk disk = disk(6)) {
            Path directory = disk.root().resolve("run");
            Lab.Result result = lab.run(new TinyRun(40, "stream").beginOrGoOn(directory));
            assertSays(
                    1,
                    result,
                    directory + ": not enough disk space: ",
                    " bytes are needed (recording ",
                    " 6,2",
                    " are free",
                    "--out");
            assertTrue(Files.notExists(directory), "the directory was made");
        }
    }

    @Test
    void aDiskThatFillsUpStopsTheRunUntilThereIsSpace() throws Exception {
        KilledRun run = new KilledRun(lab, new TinyRun(60, "stream"), folder.resolve("whole"));
        try (SmallDisk disk = disk(24)) {
            Path directory = disk.root().resolve("run");
            Lab.Session session = startHeld(run.arguments(directory));
            Path ballast = disk.fill(0);
            letGoOn();
            Lab.Result result = session.result();
            assertSays(
                    1,
                    result,
                    directory + "/",
                    ": not enough disk space: ",
                    "everything recorded so far is readable",
                    "resume with: lilgatsby run --resume " + directory);
            assertEquals(Optional.empty(), run.damage(directory));
            assertSays(1, lab.run(run.arguments(directory)), ": not enough disk space: ", "free some space");
            Files.delete(ballast);
            assertEquals(Optional.empty(), run.goOn(directory));
        }
    }

    @Test
    void aFileSystemWithoutSparseFilesHasAllRoomTakenAtOnce() throws Exception {
        KilledRun run = new KilledRun(lab, new TinyRun(100, "stream"), folder.resolve("whole"));
        try (SmallDisk disk = disk(24)) {
            Path directory = disk.root().resolve("run");
            Lab.Session session = lab.start(run.arguments(directory));
            await(session, directory.resolve("recording.safetensors"), 1);
            assumeTrue(SmallDisk.allocate(directory.resolve("recording.safetensors")), "no fallocate here");
            session.process().destroyForcibly().waitFor();
            assertEquals(Optional.empty(), run.damage(directory));
            assertEquals(Optional.empty(), run.goOn(directory));
        }
    }

    @Test
    void aReadOnlyPlaceIsNamed() throws Exception {
        KilledRun run = new KilledRun(lab, new TinyRun(60, "stream"), folder.resolve("whole"));
        try (SmallDisk disk = disk(24)) {
            Path directory = disk.root().resolve("run");
            Lab.Session session = startHeld(run.arguments(directory));
            session.process().destroyForcibly().waitFor();
            disk.remount(false);
            assertSays(1, lab.run(run.arguments(directory)), directory.toString(), "read-only file system");
            assertSays(
                    1,
                    lab.run(run.arguments(disk.root().resolve("new"))),
                    disk.root().toString(),
                    "read-only file system");
            assertEquals(Optional.empty(), run.damage(directory));
            assertSays(0, lab.run("verify", directory.toString()));
            disk.remount(true);
            assertEquals(Optional.empty(), run.goOn(directory));
        }
    }

    @Test
    void aDeletedDirectoryIsNotMadeAgain() throws Exception {
        Path directory = folder.resolve("run");
        Lab.Session session = startHeld(new TinyRun(60, "stream").beginOrGoOn(directory));
        Files.move(directory, folder.resolve("elsewhere"));
        letGoOn();
        assertSays(1, session.result(), directory + ": was deleted during the run");
        assertTrue(Files.notExists(directory), "the directory was made again");
    }

    @Test
    void aDirectoryWhoseFilesAreDeletedStopsTheRunToo() throws Exception {
        Path directory = folder.resolve("run");
        Lab.Session session = lab.start(new TinyRun(100_000, "stream").beginOrGoOn(directory));
        await(session, directory.resolve("checkpoint/state.safetensors"), 1);
        while (Files.exists(directory)) {
            try (var files = Files.walk(directory)) {
                for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.deleteIfExists(file);
                }
            } catch (IOException | UncheckedIOException e) {
                // the run may still make a file in between
            }
        }
        assertSays(1, session.result(), directory.toString(), ": was deleted during the run; start the run again");
        assertTrue(Files.notExists(directory), "the directory was made again");
    }

    @Test
    void aSecondProcessIsToldOfTheFirstAndThatOfADeadOneIsNoLock() throws Exception {
        KilledRun run = new KilledRun(lab, new TinyRun(60, "stream"), folder.resolve("whole"));
        Path directory = folder.resolve("run");
        Lab.Session first = startHeld(run.arguments(directory));
        String holder = "is in use by process " + first.process().pid();
        assertSays(1, lab.run("run", "--resume", directory.toString()), directory + " " + holder);
        assertSays(1, lab.run(run.arguments(directory)), holder);
        first.process().destroyForcibly().waitFor();
        assertEquals("process " + first.process().pid() + "\n", Files.readString(directory.resolve("run.lock")));
        String manifest = Files.readString(directory.resolve("manifest.json"));
        assertTrue(
                manifest.contains("\"state\" : \"INTERRUPTED\"") && manifest.contains("\"completed_steps\" : "),
                manifest);

        Path stale = Files.createDirectory(folder.resolve("stale"));
        Files.copy(directory.resolve("run.lock"), stale.resolve("run.lock"));
        assertEquals(Optional.empty(), run.goOn(stale));
    }

    @Test
    void controlCStopsAfterTheStepAndTheRunGoesOnToTheSameBytes() throws Exception {
        KilledRun run = new KilledRun(lab, new TinyRun(60, "stream"), folder.resolve("whole"));
        Path directory = folder.resolve("run");
        Lab.Session session = startHeld(run.arguments(directory));
        session.interrupt();
        session.awaitSays("stopping after this step");
        letGoOn();
        assertSays(
                130,
                session.result(),
                "stopping after this step",
                "stopped; resume with: lilgatsby run --resume " + directory);
        String manifest = Files.readString(directory.resolve("manifest.json"));
        assertTrue(manifest.contains("\"state\" : \"INTERRUPTED\""), manifest);
        assertEquals(Optional.empty(), run.damage(directory));
        assertEquals(Optional.empty(), run.goOn(directory));
    }

    @Test
    void aSecondControlCIsLikeAKill() throws Exception {
        Path directory = folder.resolve("run");
        Lab.Session session =
                lab.startHeld("run: " + directory, gate(), new TinyRun(60, "stream").beginOrGoOn(directory));
        session.interrupt();
        session.awaitSays("stopping after this step");
        session.interrupt();
        Lab.Result result = session.result();
        assertEquals(130, result.code());
        assertEquals(
                List.of(),
                result.err().lines().filter(line -> line.startsWith("stopped;")).toList());
        assertTrue(Files.notExists(directory.resolve("checkpoint")), "the step came to its end");
    }

    @Test
    void aHeapThatIsTooSmallEndsInASentence() throws Exception {
        // What a run takes at the least fits, some 90 of 96 megabytes; the program itself and what else it takes do
        // not.
        Lab.Result result = Lab.ofSmallHeap(folder, 96)
                .run(
                        "run",
                        "primordial-snowball",
                        "--out",
                        folder.resolve("run").toString(),
                        "--kernels",
                        "vector",
                        "--steps",
                        "1",
                        "--threads",
                        "1",
                        "--set",
                        "model.vocabulary=3950",
                        "--set",
                        "model.width=256",
                        "--set",
                        "model.layers=1",
                        "--set",
                        "model.context=2",
                        "--set",
                        "training.batch=1",
                        "--set",
                        "recording.tensors={losses: {observe: losses, format: f32}}");
        assertSays(1, result, "lilgatsby: the heap, ", " bytes, is too small; raise it with LILGATSBY_JAVA_OPTS=-Xmx");
    }

    @Test
    void aRunThatBecomesNotANumberKeepsEverythingBeforeAndGoesOnIfAsked() throws Exception {
        Path directory = folder.resolve("run");
        Lab.Result result = lab.run(
                "run",
                "float32-edition",
                "--out",
                directory.toString(),
                "--steps",
                "30",
                "--threads",
                "1",
                "--kernels",
                "scalar",
                "--set",
                "model.width=8",
                "--set",
                "model.layers=1",
                "--set",
                "model.context=8",
                "--set",
                "training.batch=2",
                "--set",
                "training.learning_rate=1000",
                "--set",
                "training.clip=1000",
                "--set",
                "precision.compute=f32");
        assertSays(
                1,
                result,
                "is NaN",
                "transformer.wte.weight[0, 0]",
                "run --resume " + directory + " --on-nan continue");
        int step = Integer.parseInt(result.err().replaceAll("(?s).*lilgatsby: step (\\d+): .*", "$1"));
        String manifest = Files.readString(directory.resolve("manifest.json"));
        assertTrue(
                manifest.contains("\"state\" : \"FAILED\"") && manifest.contains("\"completed_steps\" : " + (step - 1)),
                manifest);
        assertSays(0, lab.run("verify", directory.toString()));

        assertSays(
                0,
                lab.run(
                        "run",
                        "--resume",
                        directory.toString(),
                        "--threads",
                        "1",
                        "--kernels",
                        "scalar",
                        "--on-nan",
                        "continue"));
        Lab.Result verified = lab.run("verify", directory.toString());
        assertTrue(
                verified.out().matches("(?s).*finiteness +failed +embedding_history at step \\d+, element 0 is NaN.*"),
                verified.out());
    }
}
