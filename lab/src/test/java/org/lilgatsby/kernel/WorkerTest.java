package org.lilgatsby.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class WorkerTest {
    @Property
    void rangesCutTogetherAreCutOnceAndEvenly(
            @ForAll @IntRange(min = 1, max = 500) int n,
            @ForAll @IntRange(min = 1, max = 12) int workers,
            @ForAll @IntRange(min = 1, max = 4) int count) {
        double[] load = new double[workers];
        for (int place = 0; place < count; place++) {
            int end = 0;
            for (int w = 0; w < workers; w++) {
                Worker slice = new Worker(w, workers, null);
                int from = slice.from(n, place, count);
                int to = slice.to(n, place, count);
                assertEquals(end, from, "worker " + w + " of " + workers + ", range " + place);
                assertTrue(to >= from, from + " to " + to);
                load[w] += to - from;
                end = to;
            }
            assertEquals(n, end, "range " + place);
        }
        for (double rows : load) {
            assertEquals((double) n * count / workers, rows, 8.0 * count, "of " + n + " times " + count);
        }
    }

    @Test
    void oneRangeIsCutAsIfItWereAlone() {
        for (int w = 0; w < 3; w++) {
            Worker slice = new Worker(w, 3, null);
            assertEquals(slice.from(100), slice.from(100, 0, 1));
            assertEquals(slice.to(100), slice.to(100, 0, 1));
        }
    }

    @Test
    void ofTwoWorkersEachHasOneOfTwo() {
        assertEquals(0, new Worker(0, 2, null).from(64, 0, 2));
        assertEquals(64, new Worker(0, 2, null).to(64, 0, 2));
        assertEquals(0, new Worker(0, 2, null).to(256, 1, 2));
        assertEquals(64, new Worker(1, 2, null).from(64, 0, 2));
        assertEquals(0, new Worker(1, 2, null).from(256, 1, 2));
        assertEquals(256, new Worker(1, 2, null).to(256, 1, 2));
    }
}
