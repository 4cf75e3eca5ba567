package org.lilgatsby.explorer.live;

import java.util.ArrayDeque;
import java.util.Deque;

/** The rate of a run, from its progress over the last seconds. */
final class Pace {
    private static final long WINDOW_NANOS = 10_000_000_000L;

    private final Deque<long[]> seen = new ArrayDeque<>(); // nanos, step

    void at(long nanos, int step) {
        if (!seen.isEmpty() && seen.getLast()[1] > step) {
            seen.clear(); // resumed from an earlier checkpoint
        }
        seen.addLast(new long[] {nanos, step});
        while (seen.size() > 2 && nanos - seen.getFirst()[0] > WINDOW_NANOS) {
            seen.removeFirst();
        }
    }

    /** Steps a second; null before two looks. */
    Double perSecond() {
        long nanos = seen.isEmpty() ? 0 : seen.getLast()[0] - seen.getFirst()[0];
        return nanos == 0 ? null : (seen.getLast()[1] - seen.getFirst()[1]) / (nanos / 1e9);
    }

    /** Seconds for some more steps; null while it is not known, or nothing moves. */
    Double secondsFor(int steps) {
        Double rate = perSecond();
        return rate == null || rate == 0 ? null : steps / rate;
    }
}
