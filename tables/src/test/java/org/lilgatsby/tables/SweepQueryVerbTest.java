package org.lilgatsby.tables;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lilgatsby.cli.Execution;

class SweepQueryVerbTest {
    @TempDir
    private Path folder;

    @BeforeEach
    void layOut() throws IOException {
        Files.writeString(folder.resolve("runs.csv"), """
                key,seed,reason,initialization.mode,final.loss
                k1,1,,unit-noise,0.5
                k2,2,"step 7: loss is NaN, so",unit-noise,
                k3,30,,bf16-native,1.0e-5
                """);
    }

    private Execution query(String sql, String... options) {
        List<String> arguments = new ArrayList<>(List.of("sweep", "query", folder.toString(), sql));
        arguments.addAll(List.of(options));
        return Execution.of(arguments.toArray(String[]::new));
    }

    private static void assertPrints(String expected, Execution execution) {
        assertEquals("", execution.err());
        assertEquals(expected, execution.out());
        assertEquals(0, execution.code());
    }

    @Test
    void inColumns() {
        assertPrints("""
                seed  reason                   final.loss
                -----------------------------------------
                   1                                  0.5
                   2  step 7: loss is NaN, so
                  30                               1.0e-5
                """, query("select seed, reason, \"final.loss\" from runs"));
        assertPrints("""
                x
                ---------
                \\u{1b}[2J
                """, query("select chr(27) || '[2J' as x"));
        assertPrints("seed\n----\n", query("select seed from runs where seed > 100"));
    }

    @Test
    void inSeparatedValues() {
        assertPrints(
                """
                seed,reason,loss,list
                1,,0.5,"[1, 0.5]"
                2,"step 7: loss is NaN, so",,"[1, ]"
                30,,1.0e-5,"[1, 1.0e-5]"
                """,
                query("select seed, reason, \"final.loss\" as loss, [1, \"final.loss\"] as list from runs", "--csv"));
        assertPrints("a,b\n,3\n", query("select 'nan'::double as a, 3.0::double as b", "--csv"));
    }

    @Test
    void inJson() {
        assertPrints(
                """
                [
                  {"seed":1,"loss":0.5,"texts":["","unit-noise"],"all":{"a":1}},
                  {"seed":2,"loss":null,"texts":["step 7: loss is NaN, so","unit-noise"],"all":{"a":1}},
                  {"seed":30,"loss":1.0E-5,"texts":["","bf16-native"],"all":{"a":1}}
                ]
                """,
                query(
                        "select seed, \"final.loss\" as loss, [reason, \"initialization.mode\"] as texts, {'a': 1} as "
                                + "\"all\" from runs",
                        "--json"));
        assertPrints("[\n  {\"a\":null,\"b\":null}\n]\n", query("select 'nan'::double as a, 1 / 0 as b", "--json"));
        assertPrints("[]\n", query("select 1 as a where false", "--json"));
        Execution twice = query("select 1 as a, 2 as a", "--json");
        assertEquals(2, twice.code());
        assertEquals(
                "lilgatsby: two columns of the answer are called a; in JSON each needs a name of its own (AS)\n",
                twice.err());
        assertEquals("", twice.out());
    }

    /** Rows after the first thousand do not widen the columns, and none is lost. */
    @Test
    void aLongAnswerIsPrintedAsItComes() {
        List<String> lines = query("select range as n, 'x' as t from range(20000)")
                .out()
                .lines()
                .toList();
        assertEquals(20_002, lines.size());
        assertEquals(List.of("  n  t", "------", "  0  x"), lines.subList(0, 3));
        assertEquals("999  x", lines.get(1001));
        assertEquals("19999  x", lines.getLast());
    }

    @Test
    void wrongUseIsOneLine() {
        Execution column = query("select black_holes from runs");
        assertEquals(2, column.code());
        assertEquals("", column.out());
        assertTrue(column.err().startsWith("lilgatsby: Binder Error: Referenced column \"black_holes\" not found"));
        assertEquals(1, column.err().lines().count());
        Execution both = query("select 1", "--csv", "--json");
        assertEquals(2, both.code());
        assertEquals("lilgatsby: --csv and --json cannot be combined\n", both.err());
        assertEquals(
                2,
                Execution.of("sweep", "query", folder.resolve("none").toString(), "select 1")
                        .code());
    }

    @Test
    void aDamagedTableIsAFailure() throws IOException {
        Files.writeString(folder.resolve("runs.csv"), "key,seed\nk1,two\n");
        Execution damaged = query("select * from runs");
        assertEquals(1, damaged.code());
        assertTrue(
                damaged.err()
                        .startsWith("lilgatsby: " + folder
                                + ": a table is damaged: Conversion Error: CSV Error on Line: 2"),
                damaged.err());
        assertEquals(1, damaged.err().lines().count());
    }
}
