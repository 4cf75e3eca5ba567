package org.lilgatsby.sweep;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lilgatsby.recording.Manifest;

class TablesTest {
    private static final String CORPUS = "c774efbbdbbd41711bdab8bf79f37f3451606da188b13d1a472f1f7e0a2ce931";

    @TempDir
    private Path folder;

    private Store store;
    private Path directory;

    @BeforeEach
    void open() {
        store = Store.open(folder.resolve("store"), Manifest.ARITHMETIC);
        directory = folder.resolve("sweeps/a sweep");
    }

    /** A copy of the comma-separated values with their file's name before them. */
    private record Copying(String extension) implements TableFormat {
        @Override
        public void convert(Path csv, Path file) throws IOException {
            Files.writeString(file, csv.getFileName() + "\n" + Files.readString(csv));
        }
    }

    /** Writes half of the table of the runs, and fails. */
    private record Failing(String extension) implements TableFormat {
        @Override
        public void convert(Path csv, Path file) throws IOException {
            if (csv.endsWith("runs.csv")) {
                Files.writeString(file, "half");
                throw new IOException("the disk is full");
            }
            Files.writeString(file, "whole");
        }
    }

    private RunTable table(String seeds) throws IOException {
        Sweep sweep = Sweep.of("float32-edition").varying(List.of(), seeds);
        return RunTable.of(sweep.varied(), sweep.points((_, _) -> CORPUS), store, Keep.FIGURES);
    }

    private List<String> names() throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    @Test
    void bothTablesInEveryFormat() throws IOException {
        Tables.Written written = Tables.write(table("1..2"), directory, List.of(new Copying("copy")));
        assertEquals(List.of(), written.failures());
        assertEquals(
                Stream.of("runs.csv", "series.csv", "runs.copy", "series.copy")
                        .map(directory::resolve)
                        .toList(),
                written.files());
        assertEquals(List.of("runs.copy", "runs.csv", "series.copy", "series.csv"), names());
        assertEquals(
                "runs.csv\n" + Files.readString(directory.resolve("runs.csv")),
                Files.readString(directory.resolve("runs.copy")));
        assertEquals(3, Files.readAllLines(directory.resolve("runs.csv")).size());
    }

    @Test
    void aTableThatFailsLeavesNoOlderOneBehind() throws IOException {
        Tables.write(table("1..2"), directory, List.of(new Copying("other"), new Copying("copy")));
        Tables.Written written =
                Tables.write(table("1..3"), directory, List.of(new Failing("other"), new Copying("copy")));
        assertEquals(List.of(directory.resolve("runs.other") + ": the disk is full"), written.failures());
        assertEquals(List.of("runs.copy", "runs.csv", "series.copy", "series.csv", "series.other"), names());
        assertEquals(4, Files.readAllLines(directory.resolve("runs.csv")).size());
        assertEquals("whole", Files.readString(directory.resolve("series.other")));
    }

    @Test
    void withoutTheModuleNoOlderParquetStays() throws IOException {
        Tables.write(table("1..2"), directory, List.of(new Copying("parquet")));
        assertTrue(Files.exists(directory.resolve("runs.parquet")));
        Tables.write(table("1..3"), directory, List.of());
        assertEquals(List.of("runs.csv", "series.csv"), names());
    }

    /** The second table cannot be written: both of the first sweep stay as they are. */
    @Test
    void eitherAllTablesAreReplacedOrNone() throws IOException {
        Tables.write(table("1..2"), directory, List.of(new Copying("copy")));
        List<String> runs = Files.readAllLines(directory.resolve("runs.csv"));
        StoredRun run = StoreTest.run(3, "Linux", null);
        try (Store.Draft draft = store.begin(run.resultKey())) {
            Files.writeString(draft.directory().resolve(SeriesFile.NAME), "no series\n");
            draft.publish(run, Keep.SERIES);
        }
        RunTable damaged = table("1..3");
        assertThrows(IOException.class, () -> Tables.write(damaged, directory, List.of(new Copying("copy"))));
        assertEquals(List.of("runs.copy", "runs.csv", "series.copy", "series.csv"), names());
        assertEquals(runs, Files.readAllLines(directory.resolve("runs.csv")));
    }

    @Test
    void nothingIsWrittenWhereADirectoryCannotBe() throws IOException {
        Files.createDirectories(directory.getParent());
        Files.writeString(directory, "a file");
        RunTable table = table("1..2");
        assertThrows(IOException.class, () -> Tables.write(table, directory, List.of()));
        assertFalse(Files.isDirectory(directory));
    }
}
