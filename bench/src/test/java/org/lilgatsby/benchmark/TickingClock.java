package org.lilgatsby.benchmark;

import java.util.function.LongSupplier;

/** A clock that advances by as much each time it is read: a machine of exactly known speed. */
final class TickingClock implements LongSupplier {
    private final long tick;
    private long now;

    /** @param tick nanoseconds between two readings */
    TickingClock(long tick) {
        this.tick = tick;
    }

    @Override
    public long getAsLong() {
        now += tick;
        return now;
    }
}
