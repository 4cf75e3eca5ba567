package org.lilgatsby.explorer.live;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import org.junit.jupiter.api.Test;

class PaceTest {
    private static final long SECOND = 1_000_000_000;

    private final Pace pace = new Pace();

    @Test
    void isUnknownAtFirst() {
        assertNull(pace.perSecond());
        pace.at(5 * SECOND, 100);
        assertNull(pace.perSecond());
        assertNull(pace.secondsFor(10));
    }

    @Test
    void isThatOfTheLastSeconds() {
        for (int second = 0; second <= 100; second++) {
            pace.at(second * SECOND, second < 50 ? 10 * second : 500 + 30 * (second - 50));
        }
        assertEquals(30, pace.perSecond());
        assertEquals(4, pace.secondsFor(120));
    }

    @Test
    void knowsNoEndOfWhatStandsStill() {
        pace.at(0, 7);
        pace.at(SECOND, 7);
        assertEquals(0, pace.perSecond());
        assertNull(pace.secondsFor(10));
    }

    @Test
    void beginsAnewWhereARunIsResumed() {
        pace.at(0, 1_000);
        pace.at(SECOND, 1_010);
        pace.at(2 * SECOND, 900);
        assertNull(pace.perSecond());
        pace.at(3 * SECOND, 905);
        assertEquals(5, pace.perSecond());
    }
}
