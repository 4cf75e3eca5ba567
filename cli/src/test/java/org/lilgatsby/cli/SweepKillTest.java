package org.lilgatsby.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lilgatsby.random.TorchGenerator;

/** Sweeps that are killed at any instant: the same command continues, to the tables of one that was left alone. */
@Tag("long")
class SweepKillTest {
    private static final int KILLS = 30;
    private static final int RUNS = 40;

    @TempDir
    private Path folder;

    private Process sweep(String name) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                ProcessHandle.current().info().command().orElseThrow(),
                "--add-modules",
                "jdk.incubator.vector",
                "--enable-native-access=ALL-UNNAMED",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName()));
        command.addAll(SweepVerbTest.TINY);
        command.addAll(List.of(
                "--seeds",
                "1.." + RUNS,
                "--out",
                folder.resolve(name).toString(),
                "--store",
                folder.resolve(name + " runs").toString()));
        return new ProcessBuilder(command)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
    }

    /** Files and directories of a store, those under way included. */
    private static int entries(Path store) {
        if (!Files.exists(store)) {
            return 0;
        }
        try (Stream<Path> all = Files.walk(store)) {
            return (int) all.count();
        } catch (IOException | UncheckedIOException e) {
            return 0; // something was renamed meanwhile
        }
    }

    @Test
    void theTablesAreThoseOfASweepThatWasLeftAlone() throws Exception {
        TorchGenerator random = new TorchGenerator(30);
        float[] draws = new float[KILLS];
        random.uniform(draws, 0, KILLS, 0, 1);
        Path store = folder.resolve("killed runs");
        for (int kill = 0; kill < KILLS; kill++) {
            // An instant is the appearance of a file: the first of this process, or up to 20 later.
            int instant = entries(store) + 1 + (int) (draws[kill] * 20);
            Process process = sweep("killed");
            while (process.isAlive() && entries(store) < instant) {
                LockSupport.parkNanos(100_000);
            }
            process.destroyForcibly().waitFor();
        }
        assertEquals(ExitCodes.DONE, sweep("killed").waitFor());
        assertEquals(ExitCodes.DONE, sweep("left alone").waitFor());
        assertEquals(SweepTables.of(folder.resolve("left alone")), SweepTables.of(folder.resolve("killed")));
        Execution verified = Execution.of("sweep", "verify", store.toString());
        assertEquals(RUNS + " runs, 0 damaged\n", verified.out());
    }
}
