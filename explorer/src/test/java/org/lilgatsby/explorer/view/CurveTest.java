package org.lilgatsby.explorer.view;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class CurveTest {
    /** Every bucket's extremes are those of its states, and every state is in a bucket: no spike is lost. */
    @Property(tries = 300)
    void keepsEveryExtreme(
            @ForAll @Size(min = 1, max = 200) double[] values,
            @ForAll @IntRange(min = 1, max = 60) int points,
            @ForAll boolean logarithmic) {
        int[] steps = IntStream.range(0, values.length).map(i -> 3 * i + 7).toArray();
        Curve curve = Curve.of(new Series(steps, values), points, logarithmic);
        assertEquals(steps[steps.length - 1], curve.until());
        if (curve.values() != null) {
            assertTrue(values.length <= points);
            assertEquals(Arrays.toString(values), Arrays.toString(curve.values()));
            return;
        }
        int next = 0;
        assertTrue(curve.steps().length <= points);
        for (int bucket = 0; bucket < curve.steps().length; bucket++) {
            int first = Arrays.binarySearch(steps, curve.steps()[bucket]);
            int last = Arrays.binarySearch(steps, curve.ends()[bucket]);
            assertEquals(next, first);
            next = last + 1;
            double[] finite = DoubleStream.of(Arrays.copyOfRange(values, first, next))
                    .filter(Double::isFinite)
                    .toArray();
            assertEquals(DoubleStream.of(finite).min().orElse(Double.NaN), curve.low()[bucket]);
            assertEquals(DoubleStream.of(finite).max().orElse(Double.NaN), curve.high()[bucket]);
        }
        assertEquals(values.length, next);
    }

    /** Over ten thousand steps the first ten are points of their own, where the axis has room for them. */
    @Test
    void givesFirstStatesPointsOfTheirOwnOnALogarithmicAxis() {
        int[] steps = IntStream.range(0, 10_001).toArray();
        Curve curve = Curve.of(new Series(steps, new double[steps.length]), 300, true);
        assertEquals(
                IntStream.rangeClosed(0, 10).boxed().toList(),
                IntStream.of(curve.steps()).limit(11).boxed().toList());
        assertEquals(
                IntStream.rangeClosed(0, 10).boxed().toList(),
                IntStream.of(curve.ends()).limit(11).boxed().toList());
    }

    /** What is zoomed into is the same as what was there. */
    @Property(tries = 300)
    void showsEveryStateOfANarrowRange(
            @ForAll @Size(min = 1, max = 100) double[] values,
            @ForAll @IntRange(min = -5, max = 320) int from,
            @ForAll @IntRange(min = -5, max = 320) int to) {
        int[] steps = IntStream.range(0, values.length).map(i -> 3 * i).toArray();
        Series part = new Series(steps, values).between(from, to);
        int[] expected =
                IntStream.of(steps).filter(step -> step >= from && step <= to).toArray();
        assertEquals(Arrays.toString(expected), Arrays.toString(part.steps()));
        for (int i = 0; i < expected.length; i++) {
            assertEquals(values[expected[i] / 3], part.values()[i]);
        }
    }
}
