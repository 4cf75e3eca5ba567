package org.lilgatsby.report;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.lilgatsby.analysis.History;
import org.lilgatsby.analysis.Matrix;

class SamplingTest {
    private static final Matrix ANY = Matrix.ofFloats(new float[] {1}, 1, 1);

    private static Sampling of(int states, List<Integer> events, int most) {
        return Sampling.of(History.of(IntStream.range(0, states).toArray(), place -> ANY), events, most);
    }

    @Test
    void allOfAFew() {
        assertArrayEquals(
                IntStream.range(0, 50).toArray(), of(50, List.of(), 50).steps());
        assertArrayEquals(new int[] {0}, of(1, List.of(), 50).steps());
    }

    @Test
    void ofManyTheFirstHundredTheLastAndWhereSomethingHappened() {
        int[] steps = of(10_001, List.of(4_321, 9_876), 1_200).steps();

        assertTrue(steps.length <= 1_200, steps.length + " steps");
        assertArrayEquals(IntStream.rangeClosed(0, 100).toArray(), Arrays.copyOf(steps, 101));
        assertEquals(10_000, steps[steps.length - 1]);
        assertTrue(Arrays.binarySearch(steps, 4_321) >= 0 && Arrays.binarySearch(steps, 9_876) >= 0);
    }

    @Test
    void noLongStretchIsLeftOut() {
        int[] steps = of(10_001, List.of(), 1_200).steps();

        int widest = IntStream.range(1, steps.length)
                .map(i -> steps[i] - steps[i - 1])
                .max()
                .orElseThrow();
        assertTrue(widest <= 30, "a gap of " + widest + " steps");
    }

    @Test
    void moreEventsThanFitLeaveRoomForTheRest() {
        int[] steps =
                of(10_001, IntStream.range(200, 9_000).boxed().toList(), 300).steps();

        assertTrue(steps.length <= 300, steps.length + " steps");
        assertEquals(10_000, steps[steps.length - 1]);
        assertEquals(steps.length, new TreeSet<>(IntStream.of(steps).boxed().toList()).size());
    }

    @Test
    void aPeakBetweenTwoPlacesIsKept() {
        Sampling sampling = of(10_001, List.of(), 50);
        double[] peaks = sampling.peaks(place -> place == 7_777 ? 5 : 1);
        double[] values = sampling.values(place -> place);

        assertEquals(1, Arrays.stream(peaks).filter(peak -> peak == 5).count());
        assertEquals(sampling.steps()[3], values[3]);
    }

    @Test
    void whatIsNotDefinedAnywhereHasNoPeak() {
        double[] peaks = of(5, List.of(), 5).peaks(place -> place == 2 ? 1 : Double.NaN);

        assertTrue(Double.isNaN(peaks[0]));
        assertEquals(1, peaks[2]);
    }
}
