package org.lilgatsby.sweep;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lilgatsby.recording.Manifest;

/** Workers that are killed while they write: what they published is whole, and what they were at is done again. */
@Tag("long")
class StoreKillTest {
    private static final int RUNS = 60;

    @TempDir
    private Path root;

    /** A worker: publishes each run that is not there yet, and says so. */
    public static void main(String[] arguments) throws IOException {
        Store store = Store.open(Path.of(arguments[0]), Manifest.ARITHMETIC);
        for (int seed = 0; seed < RUNS; seed++) {
            StoredRun run = StoreTest.run(seed, "worker", null);
            if (store.find(run.resultKey(), Keep.SERIES).isPresent()) {
                continue;
            }
            try (Store.Draft draft = store.begin(run.resultKey())) {
                Path series = draft.directory().resolve(SeriesFile.NAME);
                try (SeriesFile.Writer writer = new SeriesFile.Writer(series, List.of("dead.black_holes"))) {
                    for (int step = 0; step <= 2_000; step++) {
                        writer.row(step, seed + step);
                    }
                }
                draft.publish(run, Keep.SERIES);
            }
            System.out.println(seed);
        }
        System.out.println("end");
    }

    private Process worker() throws IOException {
        return new ProcessBuilder(
                        ProcessHandle.current().info().command().orElseThrow(),
                        "--add-modules",
                        "jdk.incubator.vector",
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        StoreKillTest.class.getName(),
                        root.toString())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
    }

    @Test
    void whatWasPublishedBeforeAKillIsWhole() throws Exception {
        Store store = Store.open(root, Manifest.ARITHMETIC);
        int published = 0;
        for (int kill = 1; kill <= 6; kill++) {
            Process worker = worker();
            try (BufferedReader lines = worker.inputReader()) {
                for (int i = 0; i < kill; i++) {
                    assertNotNull(lines.readLine());
                }
                worker.destroyForcibly().waitFor();
            }
            published += kill;
            assertTrue(store.entries().size() >= published, "runs that were said to be there are");
            assertEquals(List.of(), store.verify());
            published = store.entries().size();
        }
        Process last = worker();
        assertEquals("end", last.inputReader().lines().reduce((_, line) -> line).orElseThrow());
        assertEquals(0, last.waitFor());
        assertEquals(RUNS, store.entries().size());
        assertEquals(List.of(), store.verify());
    }
}
