package org.lilgatsby.sweep;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.lilgatsby.recording.Manifest;

class RunTableTest {
    private static final String CORPUS = "c774efbbdbbd41711bdab8bf79f37f3451606da188b13d1a472f1f7e0a2ce931";

    @TempDir
    private Path folder;

    private Store store;
    private Sweep sweep;

    @BeforeEach
    void open() throws IOException {
        store = Store.open(folder.resolve("store"), Manifest.ARITHMETIC);
        sweep = Sweep.of("float32-edition").varying(List.of("training.weight_decay=0.01,0"), "1..2");
    }

    private List<Point> points() {
        return sweep.points((_, _) -> CORPUS);
    }

    private RunTable table(Keep keep) throws IOException {
        return RunTable.of(sweep.varied(), points(), store, keep);
    }

    private static StoredRun run(int seed, String machine, String reason) {
        return StoreTest.run(seed, machine, reason);
    }

    private void publish(StoredRun run) throws IOException {
        try (Store.Draft draft = store.begin(run.resultKey())) {
            if (run.state() == StoredRun.State.FAILED) {
                draft.publishFailure(run);
                return;
            }
            Path series = draft.directory().resolve(SeriesFile.NAME);
            try (SeriesFile.Writer writer =
                    new SeriesFile.Writer(series, List.of("dead.census.black_holes", "live.speed"))) {
                writer.row(0, 1, Double.NaN);
                writer.row(2, 3, 1e-5);
            }
            draft.publish(run, Keep.SERIES);
        }
    }

    @Test
    void aRowARun() throws IOException {
        publish(run(1, "a \"fast\", new one", null));
        publish(run(2, "Linux", "step 7: loss is NaN"));
        RunTable table = table(Keep.FIGURES);
        assertEquals(List.of("final.dead.black_holes", "loss", "topology.density"), table.figures());
        assertEquals(
                List.of(RunTable.State.DONE, RunTable.State.FAILED, RunTable.State.MISSING, RunTable.State.MISSING),
                table.rows().stream().map(RunTable.Row::state).toList());
        Path file = folder.resolve("runs.csv");
        table.write(file);
        List<Point> points = points();
        assertEquals(
                List.of(
                        "key,experiment,seed,state,reason,seconds,program,arithmetic,machine,training.weight_decay,"
                                + "final.dead.black_holes,loss,topology.density",
                        points.get(0).key().sha256()
                                + ",float32-edition,1,done,,2.5,0.1.0,2,\"a \"\"fast\"\", new one; Java 25; "
                                + "vector, 256 bits; threads 1\",0.01,3,2.25,",
                        points.get(1).key().sha256()
                                + ",float32-edition,2,failed,step 7: loss is NaN,2.5,0.1.0,2,\"Linux; Java 25; "
                                + "vector, 256 bits; threads 1\",0.01,,,",
                        points.get(2).key().sha256() + ",float32-edition,1,missing,,,,2,,0,,,",
                        points.get(3).key().sha256() + ",float32-edition,2,missing,,,,2,,0,,,"),
                Files.readAllLines(file));
    }

    @Test
    void onlyRunsOfWhichEnoughWasKeptAreDone() throws IOException {
        publish(run(1, "Linux", null));
        assertEquals(RunTable.State.DONE, table(Keep.SERIES).rows().getFirst().state());
        assertEquals(
                RunTable.State.MISSING, table(Keep.RECORDING).rows().getFirst().state());
    }

    @Test
    void theSeriesOfAllRunsInLongForm() throws IOException {
        publish(run(1, "Linux", null));
        Path file = folder.resolve("series.csv");
        table(Keep.SERIES).writeSeries(file);
        String key = points().getFirst().key().sha256();
        assertEquals(
                List.of(
                        "key,step,group,figure,value",
                        key + ",0,dead,census.black_holes,1",
                        key + ",2,dead,census.black_holes,3",
                        key + ",2,live,speed,1.0e-5"),
                Files.readAllLines(file));
        table(Keep.SERIES).writeSeries(file);
        assertEquals(4, Files.readAllLines(file).size());
    }

    @Test
    void aSeriesIsReadAsItWasWritten() throws IOException {
        Path file = folder.resolve("one.csv");
        try (SeriesFile.Writer writer = new SeriesFile.Writer(file, List.of("all.loss"))) {
            writer.row(10, Math.PI);
            writer.row(20, Double.NaN);
            assertThrows(IllegalArgumentException.class, () -> writer.row(30, 1, 2));
        }
        List<String> rows = new ArrayList<>();
        SeriesFile.read(file, (step, values) -> rows.add(step + " " + values[0]));
        assertEquals(List.of("10 3.141592653589793", "20 NaN"), rows);
        assertEquals(List.of("all.loss"), SeriesFile.figures(file));
        assertThrows(IOException.class, () -> new SeriesFile.Writer(file, List.of("all.loss")));
        assertThrows(
                IllegalArgumentException.class,
                () -> new SeriesFile.Writer(folder.resolve("two.csv"), List.of("loss")));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0",
                "-0",
                "7",
                "-7",
                "+7",
                "007",
                "999999999999999",
                "9007199254740993",
                "123456789012345678901",
                "1.0e-5",
                "0.1",
                "4.9e-324"
            })
    void aNumberOfASeriesHasTheBitsOfItsDecimals(String cell) throws IOException {
        Path file = Files.writeString(folder.resolve("cells.csv"), "step,a.b,a.c\n5," + cell + ",\n");
        List<Long> bits = new ArrayList<>();
        SeriesFile.read(file, (_, values) -> {
            assertTrue(Double.isNaN(values[1]));
            bits.add(Double.doubleToRawLongBits(values[0]));
        });
        assertEquals(List.of(Double.doubleToRawLongBits(Double.parseDouble(cell))), bits);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "step,a.b/1,2,3 | line 2: 3 cells instead of 2",
                "step,a.b/1,x | line 2: not a row of numbers: \"1,x\"",
                "step,a.b/0,1/1.5,2 | line 3: not a row of numbers",
                "stop,a.b | : not a series; its first line is \"stop,a.b\"",
                "step,ab | : not a series",
                "'' | : not a series; its first line is missing",
            })
    void aFileThatIsNoSeriesIsRefused(String text, String expected) throws IOException {
        Path file = Files.writeString(folder.resolve("bad.csv"), text.replace('/', '\n'));
        IOException e = assertThrows(IOException.class, () -> SeriesFile.read(file, (_, _) -> {}));
        assertTrue(e.getMessage().startsWith(file.toString()) && e.getMessage().contains(expected), e.getMessage());
    }

    @Test
    void everyColumnIsDocumented() throws IOException {
        String document = Files.readString(Path.of("../docs/sweeps.md"));
        RunTable.FIXED.forEach(column -> assertTrue(document.contains("| `" + column + "` |"), column));
        RunTable.OF_SERIES.forEach(column -> assertTrue(document.contains("| `" + column + "` |"), column));
    }
}
