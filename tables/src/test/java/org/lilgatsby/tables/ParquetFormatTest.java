package org.lilgatsby.tables;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.ServiceLoader;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.RandomDistribution;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.lilgatsby.files.CsvLine;
import org.lilgatsby.recording.Manifest;
import org.lilgatsby.settings.Settings;
import org.lilgatsby.sweep.Keep;
import org.lilgatsby.sweep.RunTable;
import org.lilgatsby.sweep.Store;
import org.lilgatsby.sweep.Sweep;
import org.lilgatsby.sweep.TableFormat;
import org.lilgatsby.sweep.Tables;

class ParquetFormatTest {
    private static final String CORPUS = "c774efbbdbbd41711bdab8bf79f37f3451606da188b13d1a472f1f7e0a2ce931";

    /** Around every edge that reading and writing decimals has. */
    private static final List<Double> NASTY = List.of(
            0.0,
            -0.0,
            0.1,
            1.0 / 3,
            0.30000000000000004,
            1e23,
            9007199254740993e0,
            1e308,
            -1e308,
            Double.MAX_VALUE,
            Double.MIN_VALUE,
            -Double.MIN_VALUE,
            Double.MIN_NORMAL,
            Math.nextDown(Double.MIN_NORMAL),
            2.2250738585072011e-308,
            5e-324,
            1.7976931348623157e308,
            123456789012345680.0,
            1e22,
            1e-5,
            4.35,
            Math.PI,
            Math.nextUp(1.0),
            Math.nextDown(1.0));

    @TempDir
    private Path folder;

    private Path converted(Path csv) throws IOException {
        Path parquet = csv.resolveSibling(csv.getFileName().toString().replace(".csv", ".parquet"));
        new ParquetFormat().convert(csv, parquet);
        return parquet;
    }

    private List<String> types(String table) throws IOException {
        return Answer.to(folder, "select column_name || ' ' || column_type from (describe %s)".formatted(table))
                .stream()
                .map(row -> row.getFirst().toString())
                .toList();
    }

    @Test
    void isAService() {
        assertTrue(ServiceLoader.load(TableFormat.class).stream()
                .anyMatch(provider -> provider.type() == ParquetFormat.class));
    }

    /** Whatever the tables of the laboratory have, is known here; a column more would be taken for a figure. */
    @Test
    void everyColumnHasItsType() throws IOException {
        Sweep sweep = Sweep.of("float32-edition")
                .varying(
                        List.of(
                                "training.batch=4,8",
                                "training.learning_rate=1e-3,1",
                                "initialization.mode=unit-noise,bf16-native",
                                "training.weight_decay=0,1"),
                        "1..2");
        Store store = Store.open(folder.resolve("store"), Manifest.ARITHMETIC);
        RunTable runs = RunTable.of(sweep.varied(), sweep.points((_, _) -> CORPUS), store, Keep.SERIES);
        Tables.Written written = Tables.write(runs, folder);
        assertEquals(List.of(), written.failures());
        assertEquals(4, written.files().size());
        assertEquals(
                List.of(
                        "key VARCHAR",
                        "experiment VARCHAR",
                        "seed BIGINT",
                        "state VARCHAR",
                        "reason VARCHAR",
                        "seconds DOUBLE",
                        "program VARCHAR",
                        "arithmetic BIGINT",
                        "machine VARCHAR",
                        "training.batch BIGINT",
                        "training.learning_rate DOUBLE",
                        "initialization.mode VARCHAR",
                        "training.weight_decay BIGINT"),
                types("runs"));
        assertEquals(
                List.of("key VARCHAR", "step BIGINT", "group VARCHAR", "figure VARCHAR", "value DOUBLE"),
                types("series"));
        assertEquals(
                List.of(32L, 0L, 32L, 32L),
                Answer.to(
                                folder,
                                "select count(*), count(seconds), count(reason), count_if(state = 'missing')::BIGINT "
                                        + "from runs")
                        .getFirst());
    }

    @Test
    void everyTypeIsDocumented() throws IOException {
        String document = Files.readString(Path.of("../docs/sweeps.md"));
        TableFile.FIXED.forEach((column, type) ->
                assertTrue(document.contains("| `%s` | %s |".formatted(column, type)), column + " " + type));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "1 2 -3 | BIGINT",
                "0 9223372036854775807 -9223372036854775808 | BIGINT",
                "0 9223372036854775808 | DOUBLE",
                "1 2.5 | DOUBLE",
                "1 1.0e-5 3.0e+20 | DOUBLE",
                "0 -0.0 | DOUBLE",
                "0 -0 | DOUBLE",
                "1 '' 3 | BIGINT",
                "1 none | VARCHAR",
                "01 2 | VARCHAR",
                "1 nan | VARCHAR",
                "1 inf | VARCHAR",
                "0x10 1 | VARCHAR",
                "1_000 1 | VARCHAR",
                "true false | VARCHAR",
            })
    void aSettingHasTheTypeOfItsValues(String values, String type) throws IOException {
        List<String> lines = new ArrayList<>(List.of("key,training.clip,final.clip"));
        Stream.of(values.split(" ")).forEach(value -> lines.add("k," + value.replace("''", "") + ",1"));
        converted(Files.write(folder.resolve("runs.csv"), lines));
        assertEquals(List.of("key VARCHAR", "training.clip " + type, "final.clip DOUBLE"), types("runs"));
        assertEquals(
                Stream.of(values.split(" "))
                        .filter(value -> !value.equals("''"))
                        .count(),
                Answer.to(folder, "select count(\"training.clip\") from runs")
                        .getFirst()
                        .getFirst());
    }

    /** Every double keeps its bits from comma-separated values to Parquet and to what reads it. */
    @Test
    void numbersKeepTheirBits() throws IOException {
        List<Double> values = new ArrayList<>(NASTY);
        Arbitrary<Double> patterns = Arbitraries.longs()
                .withDistribution(RandomDistribution.uniform())
                .map(Double::longBitsToDouble);
        patterns.filter(Double::isFinite).sampleStream().limit(20_000).forEach(values::add);
        Arbitraries.longs()
                .between(1, (1L << 52) - 1)
                .map(Double::longBitsToDouble)
                .sampleStream()
                .limit(2_000)
                .forEach(values::add);
        List<String> lines = new ArrayList<>(List.of("key,step,group,figure,value"));
        values.forEach(value -> lines.add("k," + lines.size() + ",dead,x," + Settings.plain(value)));
        converted(Files.write(folder.resolve("series.csv"), lines));
        assertBits(values);
        Files.delete(folder.resolve("series.parquet"));
        assertBits(values);
    }

    private void assertBits(List<Double> values) throws IOException {
        List<List<Object>> rows = Answer.to(folder, "select value, step from series order by step");
        assertEquals(values.size(), rows.size());
        for (int i = 0; i < values.size(); i++) {
            double read = (Double) rows.get(i).getFirst();
            assertEquals(
                    Double.doubleToRawLongBits(values.get(i)),
                    Double.doubleToRawLongBits(read),
                    "row %d: %s read as %s".formatted(i, values.get(i), read));
        }
    }

    @Test
    void emptyCellsOfNumbersAreNullAndTextsStay() throws IOException {
        List<String> texts =
                List.of("", "a \"fast\", new one", "NULL", " ", "line\nend", "\u00e9\ud83d\ude00", "NaN", "'");
        StringBuilder csv = new StringBuilder(CsvLine.of(List.of("key", "seed", "reason", "final.x")));
        for (String text : texts) {
            csv.append(CsvLine.of(List.of("k", "", text, "")));
        }
        converted(Files.writeString(folder.resolve("runs.csv"), csv));
        List<List<Object>> rows = Answer.to(folder, "select reason, seed, \"final.x\" from runs");
        assertEquals(
                texts.stream()
                        .map(text -> Arrays.asList((Object) text, null, null))
                        .toList(),
                rows);
    }

    @Test
    void theSameTableGivesTheSameBytes() throws IOException {
        Path csv = longSeries(folder.resolve("series.csv"), 130_000);
        byte[] first = Files.readAllBytes(converted(csv));
        Path elsewhere = Files.createDirectories(folder.resolve("elsewhere")).resolve("series.csv");
        Files.copy(csv, elsewhere);
        assertArrayEquals(first, Files.readAllBytes(converted(elsewhere)));
        assertArrayEquals(first, Files.readAllBytes(converted(csv)));
    }

    /** A table many times as large as the memory that may be used. */
    @Test
    void aTableMayBeLargerThanMemory() throws IOException {
        Path csv = longSeries(folder.resolve("series.csv"), 1_000_000);
        assertTrue(Files.size(csv) > 90_000_000);
        try (Database database = Database.open("80MB")) {
            ParquetFormat.convert(database, csv, folder.resolve("series.parquet"));
        }
        assertEquals(
                List.of(1_000_000L, 1_000_000L),
                Answer.to(folder, "select count(*), count(distinct value) from series")
                        .getFirst());
    }

    private static Path longSeries(Path file, int rows) throws IOException {
        String key = "0123456789abcdef".repeat(4);
        try (BufferedWriter out = Files.newBufferedWriter(file)) {
            out.write("key,step,group,figure,value\n");
            for (int i = 0; i < rows; i++) {
                out.write(key + "," + i / 10 + ",dead,census.black_holes," + Settings.plain(Math.sqrt(i)) + "\n");
            }
        }
        return file;
    }

    /** Quotes, patterns, and what looks like a partition of a table. */
    @ParameterizedTest
    @ValueSource(
            strings = {"it's \"here\"", "a b", "*", "[ab]", "a?", "seed=3", "{a,b}", "~", "\u00e9\u4e2d", "a;--", "%41"
            })
    void anyNameWillDo(String name) throws IOException {
        Path directory = Files.createDirectories(folder.resolve(name).resolve(name));
        Path decoy = Files.createDirectories(folder.resolve("a").resolve("a"));
        for (Path each : List.of(decoy, directory)) {
            Files.writeString(each.resolve("runs.csv"), "key,seed\n" + each.equals(directory) + ",3\n");
            converted(each.resolve("runs.csv"));
        }
        for (int i = 0; i < 2; i++) {
            assertEquals(List.of(List.of("true", 3L)), Answer.to(directory, "select * from runs"));
            Files.deleteIfExists(directory.resolve("runs.parquet"));
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "key,seed/a,b | Error when converting column \"seed\"",
                "key,final.x/a,1/b | Expected Number of Columns: 2 Found: 1",
                "key,final.x/a,1,2 | Expected Number of Columns: 2 Found: 3",
                "key,training.batch/a,1,2 | Expected Number of Columns: 2 Found: 3",
                "key,Key/a,1 | first line is \"key,Key\"",
                "key,,x/a,1,2 | first line is \"key,,x\"",
                "key,\"x/a,1 | first line is \"key,\"x\"",
            })
    void whatIsNoTableIsRefusedAndLeavesNothing(String text, String expected) throws IOException {
        Path csv = Files.writeString(folder.resolve("runs.csv"), text.replace('/', '\n') + "\n");
        IOException e = assertThrows(IOException.class, () -> converted(csv));
        assertTrue(e.getMessage().contains(expected), e.getMessage());
        assertFalse(e.getMessage().contains("\n"), e.getMessage());
        assertEquals(List.of("runs.csv"), names());
    }

    @Test
    void whatIsMissingIsNamed() throws IOException {
        IOException e = assertThrows(IOException.class, () -> converted(folder.resolve("runs.csv")));
        assertTrue(e.getMessage().startsWith(folder.resolve("runs.csv").toString()), e.getMessage());
        assertEquals(List.of(), names());
    }

    private List<String> names() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).sorted().collect(Collectors.toList());
        }
    }
}
