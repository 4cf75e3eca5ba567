package org.lilgatsby.recording;

/**
 * How much of the time since the last checkpoint training waited for the disk; told of by the training thread, asked by
 * any. A disk that pauses now and then is no slow disk.
 */
final class DiskWait {
    /** One part in so many is too much. */
    private static final int PARTS = 10;

    private final long least;
    private volatile long since;
    private volatile long waited;

    /**
     * @param least nanoseconds since the last checkpoint before which nothing is said: a pause of a tenth of it says
     *     nothing
     */
    DiskWait(long now, long least) {
        this.least = least;
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
        return elapsed >= least && waited > elapsed / PARTS;
    }
}
