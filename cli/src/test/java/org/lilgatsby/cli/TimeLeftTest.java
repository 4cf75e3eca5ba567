package org.lilgatsby.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class TimeLeftTest {
    /** 10 steps a second while the JIT warms up for a second, then 100. */
    @Test
    void isToldOnceWhenTheRateHasSettled() {
        TimeLeft time = new TimeLeft(0, 1_000, 0);
        List<String> told = new ArrayList<>();
        for (int step = 1; step <= 1_000; step++) {
            long millis = step <= 10 ? step * 100L : 1_000 + (step - 10) * 10L;
            int now = step;
            time.after(step, millis * 1_000_000).ifPresent(line -> told.add("after " + now + ": " + line));
        }
        assertEquals(List.of("after 10: time: about 1 min 39 s left for 990 steps, at 10.0 steps per second"), told);
    }

    /** Windows of 0.5 s with 5, 20, 40 and 41 steps. */
    @Test
    void warmUpIsNotTakenForTheRate() {
        TimeLeft time = new TimeLeft(100, 10_000, 0);
        long half = 500_000_000;
        assertEquals("", time.after(105, half).orElse(""));
        assertEquals("", time.after(125, 2 * half).orElse(""));
        assertEquals("", time.after(165, 3 * half).orElse(""));
        assertEquals(
                "time: about 1 min 59 s left for 9,794 steps, at 82.0 steps per second",
                time.after(206, 4 * half).orElse(""));
    }

    @Test
    void aRunThatIsOverSoonHearsNothing() {
        TimeLeft time = new TimeLeft(0, 3, 0);
        for (int step = 1; step <= 3; step++) {
            assertEquals("", time.after(step, step * 100_000_000L).orElse(""));
        }
    }
}
