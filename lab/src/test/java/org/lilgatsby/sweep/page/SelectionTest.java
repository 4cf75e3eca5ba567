package org.lilgatsby.sweep.page;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class SelectionTest {
    @Property
    void placesAscendFromTheFirstToTheLast(
            @ForAll @IntRange(min = 1, max = 200_000) int size, @ForAll @IntRange(min = 4, max = 400) int most) {
        for (int[] places : new int[][] {Selection.evenly(size, most), Selection.steps(size, most)}) {
            assertTrue(places.length <= most);
            assertEquals(0, places[0]);
            assertEquals(size - 1, places[places.length - 1]);
            assertArrayEquals(Arrays.stream(places).distinct().sorted().toArray(), places);
        }
        assertEquals(Math.min(size, most), Selection.evenly(size, most).length);
    }

    @Test
    void allOfAFew() {
        assertArrayEquals(new int[] {0, 1, 2}, Selection.evenly(3, 3));
        assertArrayEquals(new int[0], Selection.evenly(0, 5));
        assertArrayEquals(IntStream.range(0, 5).toArray(), Selection.steps(5, 5));
    }

    @Test
    void stepsAreCloserWhereTrainingIsYoung() {
        int[] places = Selection.steps(10_000, 40);
        assertTrue(Arrays.stream(places).filter(place -> place < 100).count() >= 8, Arrays.toString(places));
        assertTrue(Arrays.stream(places).filter(place -> place >= 5_000).count() >= 8, Arrays.toString(places));
    }
}
