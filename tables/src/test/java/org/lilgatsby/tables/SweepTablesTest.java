package org.lilgatsby.tables;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.lilgatsby.settings.SettingException;
import org.lilgatsby.tables.SweepTables.Column;

class SweepTablesTest {
    @TempDir
    private Path folder;

    private Path directory;
    private Path secret;

    @BeforeEach
    void layOut() throws IOException {
        directory = Files.createDirectories(folder.resolve("a sweep"));
        secret = Files.writeString(folder.resolve("secret.csv"), "a\n1\n");
        Path runs =
                Files.writeString(directory.resolve("runs.csv"), "key,seed,final.loss\nk1,1,0.5\nk2,2,\nk3,3,1.25\n");
        new ParquetFormat().convert(runs, directory.resolve("runs.parquet"));
        Files.writeString(directory.resolve("series.csv"), "key,step,group,figure,value\nk1,0,dead,x,1\n");
    }

    private List<List<Object>> ask(String sql) throws IOException {
        return Answer.to(directory, sql.replace("SECRET", secret.toString()).replace("DIR", directory.toString()));
    }

    private Map<String, Long> files() throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            return all.filter(Files::isRegularFile)
                    .collect(Collectors.toMap(
                            Path::toString, file -> file.toFile().length()));
        }
    }

    @Test
    void answersFromParquetAndFromText() throws IOException {
        assertEquals(
                List.of(List.of("k1", 0.5), List.of("k3", 1.25)),
                ask("select key, \"final.loss\" from runs where \"final.loss\" is not null order by seed"));
        assertEquals(List.of(List.of("dead", 1.0)), ask("select \"group\", value from series"));
        assertEquals(List.of(List.of(2L)), ask("select r.seed + 1 from runs r join series using (key) -- a remark"));
        assertEquals(List.of(List.of("runs"), List.of("series")), ask("show tables"));
        assertEquals(3, ask("describe runs").size());
        assertEquals(3, ask("from runs;").size());
    }

    /** A link, and a way that leads through one and back, which is another than it looks. */
    @Test
    void findsTheDirectoryByAnyWay() throws IOException {
        Path link = Files.createSymbolicLink(folder.resolve("link"), directory);
        Path inside = Files.createDirectories(directory.resolve("inside"));
        Path through =
                Files.createSymbolicLink(folder.resolve("through"), inside).resolve("..");
        Path relative = Path.of("").toAbsolutePath().relativize(directory).resolve(".");
        for (Path way : List.of(link, through, relative)) {
            assertEquals(List.of(List.of(3L)), Answer.to(way, "select count(*) from runs"));
            assertEquals(List.of(List.of(1L)), Answer.to(way, "select count(*) from series"));
        }
    }

    /** What was written last counts, not what is in the text file beside it. */
    @Test
    void prefersParquet() throws IOException {
        Files.writeString(directory.resolve("runs.csv"), "key\nother\n");
        assertEquals(List.of(List.of("k1")), ask("select key from runs limit 1"));
        Files.delete(directory.resolve("runs.parquet"));
        assertEquals(List.of(List.of("other")), ask("select key from runs"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "copy (select 1) to 'DIR/new.csv'",
                "copy runs to 'DIR/runs.parquet'",
                "with a as (copy (select 1) to 'DIR/runs.parquet') select * from a",
                "with a as (with b as (copy (select 1) to 'DIR/runs.parquet') from b) select * from a",
                "select * from runs where seed in (with a as (copy (select 1) to 'DIR/series.csv') from a)",
                "with a as (insert into runs values ('x') returning *) select * from a",
                "attach 'DIR/new.db'",
                "attach 'DIR/runs.parquet' as x",
                "install spatial",
                "load spatial",
                "pragma version",
                "pragma database_list",
                "call pragma_version()",
                "set enable_external_access = true",
                "reset lock_configuration",
                "create table x as select 1",
                "drop view runs",
                "insert into runs values (1)",
                "delete from runs",
                "export database 'DIR/new'",
                "import database 'DIR'",
                "checkpoint",
                "begin",
                "explain analyze select 1",
                "prepare x as select 1",
                "create secret s (type s3)",
            })
    void onlyReads(String sql) throws IOException {
        Map<String, Long> before = files();
        SettingException e = assertThrows(SettingException.class, () -> ask(sql));
        assertTrue(
                e.getMessage().startsWith("a query only reads")
                        || e.getMessage().startsWith("the query cannot be parsed"),
                e.getMessage());
        assertEquals(before, files());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "select * from read_csv('SECRET')",
                "select * from 'SECRET'",
                "select * from read_text('SECRET')",
                "select * from read_blob('SECRET')",
                "select * from read_json('SECRET')",
                "select * from read_parquet('SECRET')",
                "select * from parquet_metadata('SECRET')",
                "select * from sniff_csv('SECRET')",
                "select * from glob('/*')",
                "select * from read_text('DIR/*')",
                "select * from read_csv('DIR/../secret.csv')",
                "select * from query('select * from read_text(''SECRET'')')",
                "select * from 'http://127.0.0.1:9/x.csv'",
                "select * from read_csv('http://127.0.0.1:9/x.csv')",
                "select * from enable_logging('QueryLog', storage := 'file', storage_config := {'path': 'DIR/log'})",
                "select (select count(*) from read_text('SECRET'))",
            })
    void readsNothingElse(String sql) throws IOException {
        Map<String, Long> before = files();
        SettingException e = assertThrows(SettingException.class, () -> ask(sql));
        assertTrue(
                e.getMessage().startsWith("a query reads runs and series only. Permission Error: Cannot access")
                        || e.getMessage().contains("the configuration has been locked"),
                e.getMessage());
        assertEquals(before, files());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "select 1; select 2 | the query has 2 statements; ask with one SELECT",
                "select 1; copy (select 1) to 'x' | a query only reads; ask with one SELECT, such as \"select * from "
                        + "runs\"",
                "'' | the query is empty; ask with a SELECT, such as \"select * from runs\"",
                "-- nothing | the query is empty; ask with a SELECT, such as \"select * from runs\"",
                "selec 1 | the query cannot be parsed: syntax error at or near \"selec\"",
                "select from runs | the query cannot be parsed: SELECT clause without selection list",
                "select black_holes from runs | Binder Error: Referenced column \"black_holes\" not found in FROM "
                        + "clause!",
                "select * from run | Catalog Error: Table with name run does not exist! Did you mean \"runs\"?",
                "select ? | Invalid Input Error: Values were not provided for the following parameters: 1",
                "select sum(key) from runs | Binder Error: No function matches the given name and argument types",
                "select key::int from runs | Conversion Error: Could not convert string 'k1' to INT32",
                "select st_point(1, 2) | Catalog Error: Scalar Function with name \"st_point\" is not in the catalog",
                "select error('so') from runs | Invalid Input Error: so",
            })
    void whatCannotBeAnsweredIsOneLine(String sql, String expected) {
        SettingException e = assertThrows(SettingException.class, () -> ask(sql));
        assertTrue(e.getMessage().startsWith(expected), e.getMessage());
        assertFalse(e.getMessage().contains("\\u000a"), e.getMessage());
        assertFalse(e.getMessage().contains("LINE") || e.getMessage().contains("INSTALL"), e.getMessage());
    }

    @Test
    void whatIsNestedTooDeeplyIsRefused() {
        String sql = "select " + "(".repeat(5000) + "1" + ")".repeat(5000);
        assertThrows(SettingException.class, () -> ask(sql));
        String query = "select * from (".repeat(300) + "runs" + ")".repeat(300);
        assertThrows(SettingException.class, () -> ask(query));
    }

    /** The answer, 200 MB, is not held by DuckDB, which may use 40 MB, but handed on. */
    @Test
    void anAnswerMayBeLargerThanMemory() throws IOException {
        long[] rows = new long[1];
        SweepTables.Receiver counting = new SweepTables.Receiver() {
            @Override
            public void columns(List<Column> columns) {
                assertEquals(List.of(new Column("range", true), new Column("t", false)), columns);
            }

            @Override
            public void row(List<Object> cells) {
                assertEquals(rows[0]++, cells.getFirst());
            }

            @Override
            public void flush() {}

            @Override
            public void end() {}
        };
        try (SweepTables tables = SweepTables.open(directory, "40MB")) {
            tables.ask("select range, repeat('x', 2000) as t from range(100000)", counting);
        }
        assertEquals(100_000, rows[0]);
    }

    /** Sorting needs more than the memory; the rest lies in temporary files, which go. */
    @Test
    void sortsMoreThanMemoryHolds() throws IOException {
        List<List<Object>> rows = new ArrayList<>();
        try (SweepTables tables = SweepTables.open(directory, "40MB")) {
            Answer answer = new Answer();
            tables.ask(
                    "select h, t from (select hash(range) h, repeat('x', 200) || range as t from range(400000)) "
                            + "order by h limit 3 offset 200000",
                    answer);
            rows.addAll(answer.rows());
        }
        assertEquals(3, rows.size());
    }

    @Test
    void temporaryFilesGo() throws IOException {
        Path path;
        try (ScratchDirectory scratch = ScratchDirectory.create()) {
            path = scratch.path();
            Files.writeString(Files.createDirectories(path.resolve("a/b")).resolve("c"), "c");
        }
        assertFalse(Files.exists(path));
    }

    @Test
    void tooLittleMemoryIsNoFaultOfTheQuery() throws IOException {
        try (SweepTables tables = SweepTables.open(directory, "40MB")) {
            IOException e = assertThrows(
                    IOException.class, () -> tables.ask("select list(range) from range(30000000)", new Answer()));
            assertTrue(e.getMessage().startsWith("Out of Memory Error"), e.getMessage());
            assertFalse(e.getMessage().contains("SET"), e.getMessage());
        }
    }

    @Test
    void valuesAreThoseOfJava() throws IOException {
        List<Object> row = ask("select 1::utinyint, 2::bigint, 3::hugeint, 0.5::float, 1.50::decimal(5, 2), true, "
                        + "[1, null], {'a': [0.1::double]}, map {'k': 2}, date '2026-01-02', 'a'::blob, null, "
                        + "'nan'::double, [[1]], 'x', 5::ubigint")
                .getFirst();
        assertEquals(
                "[1, 2, 3, 0.5, 1.50, true, [1, null], {a=[0.1]}, {k=2}, 2026-01-02, a, null, NaN, [[1]], x, 5]",
                row.toString());
    }

    @Test
    void aDirectoryWithoutTablesIsRefused() throws IOException {
        Path empty = Files.createDirectories(folder.resolve("empty"));
        assertEquals(
                empty + ": holds no tables of a sweep; lilgatsby sweep collect DIR writes them",
                assertThrows(SettingException.class, () -> SweepTables.open(empty))
                        .getMessage());
        assertThrows(SettingException.class, () -> SweepTables.open(empty.resolve("none")));
        assertThrows(SettingException.class, () -> SweepTables.open(secret));
    }

    @Test
    void aDamagedTableIsNamed() throws IOException {
        Path file = Files.writeString(directory.resolve("runs.parquet"), "not Parquet");
        IOException e = assertThrows(IOException.class, () -> SweepTables.open(directory));
        assertTrue(e.getMessage().startsWith(file + ": cannot be read: "), e.getMessage());
    }
}
