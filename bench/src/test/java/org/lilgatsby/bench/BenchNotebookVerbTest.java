package org.lilgatsby.bench;

import static org.junit.jupiter.api.Assertions.*;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.lilgatsby.benchmark.FakePython;
import org.lilgatsby.benchmark.NotebookComparison;
import org.lilgatsby.cli.Execution;
import org.lilgatsby.config.BuiltIn;

class BenchNotebookVerbTest {
    @TempDir
    private Path folder;

    @Test
    void aRowHasSharesAndRates() {
        NotebookComparison found =
                new NotebookComparison(new TreeMap<>(Map.of(0, 1.0, 1, 0.99999, 3, 0.5)), 61.04, 10.5, 5.813, 3.26);
        assertEquals(
                "instrumented                32"
                        + "  100.00 %   99.99 %   50.00 %        61.0        10.5     5.8         3.3",
                BenchNotebookVerb.row(BuiltIn.load("instrumented", List.of()), found));
    }

    /** Trains two steps here; what stands in for Python hands out a W of zeros. */
    @Test
    void printsATable() throws IOException {
        Execution execution = Execution.of(
                "bench",
                "notebook",
                "supermassive-black-hole",
                "--steps",
                "2",
                "--python",
                FakePython.complete(folder, "supermassive-black-hole").toString());
        assertEquals("running supermassive-black-hole\n", execution.err());
        assertEquals(0, execution.code());
        List<String> lines = execution.out().lines().toList();
        assertTrue(lines.get(0).startsWith("Python 3.11.7, torch 2.13.0, transformers 5.18.0, "), lines.get(0));
        assertEquals("2 updates each, on the built-in synthetic text", lines.get(1));
        assertEquals(
                "experiment               batch         0         1   lilgatsby     PyTorch   ratio   all steps",
                lines.get(4));
        assertTrue(lines.get(5).startsWith("supermassive-black-hole      1    0.00 %    0.00 % "), lines.get(5));
        assertEquals(6, lines.size());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
            --steps 1              | 2 | --steps is 1; allowed are whole numbers from 2 to 10000
            instrument             | 2 | unknown experiment 'instrument'; did you mean 'instrumented'?
            --corpus /no/such/text | 2 | /no/such/text
            --python /no/python    | 1 | '/no/python' cannot be started; install Python 3.10 or later
            """)
    void saysWhatIsWrong(String arguments, int code, String message) {
        Execution execution = Execution.of(("bench notebook " + arguments).split(" "));
        assertEquals(code, execution.code());
        assertTrue(execution.err().contains(message), execution.err());
        assertEquals("", execution.out());
    }
}
