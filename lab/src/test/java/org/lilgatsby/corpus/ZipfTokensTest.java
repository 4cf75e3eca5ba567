package org.lilgatsby.corpus;

import static org.junit.jupiter.api.Assertions.*;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.lilgatsby.settings.SettingException;

/** Synthetic ids: those of python/corpus/zipf.py, which is written from the description. */
class ZipfTokensTest {
    private static int[] all(int live, int length) {
        int[] ids = new int[length];
        new ZipfTokens(live, length).copy(0, ids, 0, length);
        return ids;
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            6301 | 200000 | 0 2361 1574 2090 2135 5511 4724 0 3936 750 3938 3813 3936 6267 773 3927 | 66006794964819
            1914 |  50000 | 0 38 857 1689 527 1201 526 0 1014 1397 1201 699 1014 383 1017 716 41 305 | 1156463487109
               7 |     20 | 0 6 1 2 6 2 0 0 3 4 0 4 2 5 5 3 4 6 3 1 | 652
               1 |      3 | 0 0 0 | 0
            """)
    void theSecondProgramHasTheSameIds(int live, int length, String first, long sum) {
        int[] ids = all(live, length);
        int[] begin =
                Arrays.stream(first.split(" ")).mapToInt(Integer::parseInt).toArray();
        assertArrayEquals(begin, Arrays.copyOf(ids, begin.length));
        assertEquals(
                sum,
                IntStream.range(0, length).mapToLong(i -> ids[i] * (i + 1L)).sum());
    }

    @Test
    void everyIdOccursAndTheCommonOnesAsOftenAsWordsDo() {
        int[] counts = new int[2_000];
        IntStream.of(all(2_000, 400_000)).forEach(id -> counts[id]++);
        Arrays.sort(counts);
        assertTrue(counts[0] >= 1, "none is missing");
        double slope = Math.log(counts[1_990] / (double) counts[1_000]) / Math.log(10 / 1_000.0);
        assertEquals(-1, slope, 0.15, "the tenth against the thousandth");
    }

    @Test
    void anIdDependsOnItsPositionAlone() {
        ZipfTokens sequence = new ZipfTokens(300, 5_000);
        int[] whole = all(300, 5_000);
        int[] part = new int[100];
        sequence.copy(1_234, part, 10, 80);
        assertArrayEquals(Arrays.copyOfRange(whole, 1_234, 1_314), Arrays.copyOfRange(part, 10, 90));
        assertEquals(whole[4_999], sequence.token(4_999));
        assertThrows(IndexOutOfBoundsException.class, () -> sequence.token(5_000));
        assertThrows(IndexOutOfBoundsException.class, () -> sequence.token(-1));
    }

    @Test
    void fewerPlacesThanIdsAreRefused() {
        assertThrows(SettingException.class, () -> new ZipfTokens(10, 9));
        assertThrows(SettingException.class, () -> new ZipfTokens(0, 9));
        assertArrayEquals(IntStream.range(0, 9).toArray(), all(9, 9));
    }
}
