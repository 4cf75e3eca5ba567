package org.lilgatsby.recording;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class DiskWaitTest {
    private static final long SECOND = 1_000_000_000;

    /** A time near the end of the clock's range: it may begin anywhere and start over. */
    private static final long START = Long.MAX_VALUE - SECOND / 2;

    private final DiskWait waiting = new DiskWait(START, SECOND);

    @Test
    void moreThanATenthOfTheTimeIsTooLong() {
        waiting.add(SECOND / 5);
        assertFalse(waiting.isTooLong(START + 2 * SECOND));
        waiting.add(1);
        assertTrue(waiting.isTooLong(START + 2 * SECOND));
        assertFalse(waiting.isTooLong(START + 3 * SECOND), "since then nobody waited");
    }

    @Test
    void aPauseAtTheBeginningSaysNothing() {
        waiting.add(SECOND / 2);
        assertFalse(waiting.isTooLong(START + SECOND - 1));
        assertTrue(waiting.isTooLong(START + SECOND));
    }

    @Test
    void whatWasBeforeACheckpointIsForgotten() {
        waiting.add(SECOND);
        waiting.restart(START + SECOND);
        assertFalse(waiting.isTooLong(START + 4 * SECOND));
        waiting.add(SECOND / 2);
        assertTrue(waiting.isTooLong(START + 4 * SECOND));
    }
}
