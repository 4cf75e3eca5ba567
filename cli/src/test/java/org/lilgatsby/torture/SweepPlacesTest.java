package org.lilgatsby.torture;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.lilgatsby.cli.Execution;
import org.lilgatsby.cli.ExitCodes;
import org.lilgatsby.cli.SweepTables;

/** Sweeps whose store is on a disk that is full or read-only for a while: the same command continues afterwards. */
@Tag("long")
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "mounts are those of POSIX")
class SweepPlacesTest {
    @TempDir
    private Path folder;

    private SmallDisk disk() throws IOException, InterruptedException {
        Optional<SmallDisk> disk = SmallDisk.mount(folder.resolve("disk"), 8);
        assumeTrue(disk.isPresent(), "a small disk cannot be mounted here");
        return disk.get();
    }

    private Execution sweep(String name, Path store, String seeds) {
        List<String> arguments = new ArrayList<>(List.of("sweep", "float32-edition", "--steps", "2", "--seeds", seeds));
        for (String setting : List.of("layers=1", "width=8", "context=8")) {
            arguments.addAll(List.of("--set", "model." + setting));
        }
        arguments.addAll(List.of("--set", "training.batch=1", "--kernels", "scalar"));
        arguments.addAll(List.of("--out", folder.resolve(name).toString(), "--store", store.toString()));
        return Execution.of(arguments.toArray(String[]::new));
    }

    private void assertGoesOn(Path store) throws IOException {
        assertEquals(ExitCodes.DONE, sweep("there", store, "1..4").code());
        assertEquals(
                ExitCodes.DONE, sweep("here", folder.resolve("store"), "1..4").code());
        assertEquals(SweepTables.of(folder.resolve("here")), SweepTables.of(folder.resolve("there")));
        assertEquals(
                "4 runs, 0 damaged\n",
                Execution.of("sweep", "verify", store.toString()).out());
    }

    private static void assertSays(Execution failed, String... words) {
        assertEquals(ExitCodes.FAILED, failed.code(), failed.err());
        for (String word : words) {
            assertTrue(failed.err().contains(word), "no \"" + word + "\" in: " + failed.err());
        }
    }

    @Test
    void aFullDiskIsNamedAndTheSameCommandGoesOn() throws Exception {
        try (SmallDisk disk = disk()) {
            Path store = disk.root().resolve("store");
            assertEquals(ExitCodes.DONE, sweep("there", store, "1..2").code());
            Path ballast = disk.fill(0);
            assertSays(
                    sweep("there", store, "1..4"),
                    "disk: 2 runs not in the store need up to ",
                    "No space left on device; 2 runs not in the store need up to ",
                    "what is done is in the store " + store + "; fix the cause, and the same command continues");
            Files.delete(ballast);
            assertGoesOn(store);
        }
    }

    /** What a dead worker left cannot be removed there, but the runs can be read. */
    @Test
    void theRunsOfAReadOnlyStoreMakeTablesElsewhere() throws Exception {
        try (SmallDisk disk = disk()) {
            Path store = disk.root().resolve("store");
            Path there = disk.root().resolve("there");
            assertEquals(ExitCodes.DONE, sweep(there.toString(), store, "1..2").code());
            Path run;
            try (Stream<Path> all = Files.walk(store)) {
                run = all.filter(path -> path.endsWith("series")).findFirst().orElseThrow();
            }
            Files.createDirectory(run.resolveSibling("work-4711-1"));
            disk.remount(false);
            assertSays(Execution.of("sweep", "collect", there.toString()), there + ": read-only file system");
            assertEquals(ExitCodes.DONE, sweep("here", store, "1..2").code());
            disk.remount(true);
        }
    }

    @Test
    void aReadOnlyDiskIsNamedAndWhatIsThereCanBeCollected() throws Exception {
        try (SmallDisk disk = disk()) {
            Path store = disk.root().resolve("store");
            assertEquals(ExitCodes.DONE, sweep("there", store, "1..2").code());
            disk.remount(false);
            assertSays(sweep("there", store, "1..4"), store.toString(), "ead-only file system");
            Execution collected =
                    Execution.of("sweep", "collect", folder.resolve("there").toString());
            assertSays(collected, "2 of 4 runs are missing");
            disk.remount(true);
            assertGoesOn(store);
        }
    }
}
