package org.lilgatsby.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.lilgatsby.sweep.Point;
import org.lilgatsby.sweep.StoredRun.State;
import org.lilgatsby.sweep.Sweep;

class SweepTimeLeftTest {
    private static final long SECOND = 1_000_000_000;

    private final List<Point> points = Sweep.of("float32-edition")
            .setting(List.of("training.steps=100"))
            .varying(List.of(), "1..4")
            .points((_, _) -> "no text");
    private final SweepTimeLeft time = new SweepTimeLeft(points, SECOND);

    SweepTimeLeftTest() throws IOException {}

    /**
     * Two at a time, and the first is done while the second is all but done: half of all is left, not three quarters.
     */
    @Test
    void runsUnderWayCountAsFarAsTheyAre() {
        assertEquals(Optional.empty(), time.seconds(2 * SECOND));
        time.stepped(points.get(0), 100);
        time.stepped(points.get(1), 60);
        time.stepped(points.get(1), 40);
        time.finished(points.get(0), State.DONE);
        assertEquals(Optional.of(10.0), time.seconds(11 * SECOND));
        time.finished(points.get(1), State.DONE);
        assertEquals(Optional.of(10.0), time.seconds(11 * SECOND));
    }

    @Test
    void runsOfTheStoreTakeNoTime() {
        time.found(points.get(0));
        time.found(points.get(1));
        assertEquals(Optional.empty(), time.seconds(2 * SECOND));
        time.finished(points.get(2), State.DONE);
        assertEquals(Optional.of(3.0), time.seconds(4 * SECOND));
    }

    /** 25 steps in 5 s, so 300 take 60 s. */
    @Test
    void aFailedRunCountsOnlyItsSteps() {
        time.stepped(points.get(0), 25);
        time.finished(points.get(0), State.FAILED);
        assertEquals(Optional.of(60.0), time.seconds(6 * SECOND));
    }

    @Test
    void atTheEndNothingIsLeft() {
        points.forEach(point -> time.finished(point, State.DONE));
        assertEquals(Optional.empty(), time.seconds(4 * SECOND));
    }
}
