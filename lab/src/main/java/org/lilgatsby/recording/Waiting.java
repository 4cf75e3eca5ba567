package org.lilgatsby.recording;

/**
 * How much of the time since the last checkpoint training waited for the disk; told of by the training thread, asked by any. A
 * disk that pauses now and then is no slow disk.
 */
final class Waiting {
    /** Before so long nothing can be said. */
    private static final long LEAST_NANOS = 1_000_000_000;

    /** One part in so many is too much. */
    private static final int PARTS = 10;

    private volatile long since;
    private volatile long waited;

    Waiting(long now) {
        restart(now);
    }

    /** Begins anew. */
    void restart(long now) {
        since = now;
        waited = 0;
    }

    /** Training waited. */
    void add(long nanos) {
        waited += nanos;
    }

    /** Whether it waits for more than a tenth of its time. */
    boolean isTooLong(long now) {
        long elapsed = now - since;
        return elapsed >= LEAST_NANOS && waited > elapsed / PARTS;
    }
}
