package org.lilgatsby.experiment;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FiguresTest {
    @ParameterizedTest
    @CsvSource({
        "8.20139414, 8.201394",
        "0.1, 0.100000",
        "0.0612144, 6.121440e-02",
        "-0.5, -0.500000",
        "0, 0",
        "-0.0, 0",
        "NaN, -",
        "1e12, 1.000000e+12",
        "Infinity, Infinity"
    })
    void numbersHaveAnExponentWhereDecimalsWouldSayLittle(double number, String text) {
        assertEquals(text, Figures.number(number));
    }

    @Test
    void countsHaveThousandsSeparatorsInEveryLocale() {
        Locale before = Locale.getDefault();
        try {
            Locale.setDefault(Locale.GERMANY);
            assertEquals("1,234,567", Figures.count(1_234_567));
            assertEquals("0.500000", Figures.number(0.5));
        } finally {
            Locale.setDefault(before);
        }
    }

    @ParameterizedTest
    @ValueSource(
            longs = {0, 7, -7, 999, -999, 1_000, -1_000, 999_999, -999_999, 1_000_000, Long.MAX_VALUE, Long.MIN_VALUE})
    void countsAreThoseOfAFormatter(long number) {
        assertEquals(String.format(Locale.ROOT, "%,d", number), Figures.count(number));
    }

    @Test
    void oneThingAndSeveral() {
        assertEquals("1 black hole", Figures.of(1, "black hole"));
        assertEquals("0 black holes", Figures.of(0, "black hole"));
        assertEquals("5,001 rows", Figures.of(5001, "row"));
    }

    @ParameterizedTest
    @CsvSource({
        "999, 999 bytes",
        "1000, 1.0 kB",
        "999949, 999.9 kB",
        "999950, 1.0 MB",
        "658100000, 658.1 MB",
        "33000000000, 33.0 GB"
    })
    void bytesInPowersOfAThousand(long bytes, String text) {
        assertEquals(text, Figures.bytes(bytes));
    }

    @Test
    void equalPopulationsAreGathered() {
        assertEquals("19, 14, 3 x3, 2, 1 x7", Figures.populations(new int[] {19, 14, 3, 3, 3, 2, 1, 1, 1, 1, 1, 1, 1}));
        assertEquals("-", Figures.populations(new int[0]));
    }

    @Test
    void runsOfIdsAreGathered() {
        assertEquals(
                "0-9, 11, 13, 14, 16-18",
                Figures.ids(new int[] {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 11, 13, 14, 16, 17, 18}));
        assertEquals("none", Figures.ids(new int[0]));
    }

    @Test
    void ofManyRunsOfIdsTheFirstAreWrittenOut() {
        int[] ids = {0, 1, 2, 4, 6, 7, 9, 11, 12, 13};
        assertEquals("0-2, 4, 6, 7 and 4 more; all elsewhere", Figures.ids(ids, 3, "; all elsewhere"));
        assertEquals("0-2, 4, 6, 7, 9, 11-13", Figures.ids(ids, 5, "; all elsewhere"));
        assertEquals("none", Figures.ids(new int[0], 3, "; all elsewhere"));
    }

    @Test
    void whatRoundsToZeroHasNoSign() {
        assertEquals("+0.0157", Figures.signed(4, 0.01566));
        assertEquals("-0.1", Figures.signed(1, -0.06));
        assertEquals("0.00", Figures.signed(2, -0.001));
        assertEquals("-", Figures.signed(2, Double.NaN));
    }
}
