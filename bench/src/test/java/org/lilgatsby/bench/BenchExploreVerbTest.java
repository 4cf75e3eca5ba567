package org.lilgatsby.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.lilgatsby.cli.Execution;

class BenchExploreVerbTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            --rounds 101           | 2 | --rounds is 101; allowed are whole numbers from 0 to 100
            --seconds 0            | 2 | --seconds is 0; allowed are whole numbers from 1 to 600
            --chromium /no/browser | 1 | /no/browser: cannot be started; name Chromium
            """)
    void saysWhatIsWrong(String arguments, int code, String sentence) {
        Execution execution = Execution.of(("bench explore " + arguments).split(" "));
        assertEquals(code, execution.code());
        assertEquals("", execution.out());
        assertTrue(execution.err().contains(sentence), execution.err());
    }
}
