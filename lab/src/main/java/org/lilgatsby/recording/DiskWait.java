package org.lilgatsby.recording;

/**
 * How much of the time since the last checkpoint training spent waiting for the disk. The training thread reports it;
 * any thread may ask. A disk that pauses now and then is not a slow disk.
 */
final class DiskWait {
    /** Waiting for more than one part in this many is too much. */
    private static final int PARTS = 10;

    private final long least;
    private volatile long since;
    private volatile long waited;

    /**
     * @param least nanoseconds that must pass after a checkpoint before a disk can count as slow: a pause of a tenth of
     *     it means nothing
     */
    DiskWait(long now, long least) {
        this.least = least;
        restart(now);
    }

    /** Starts again. */
    void restart(long now) {
        since = now;
        waited = 0;
    }

    /** Adds a wait of the training thread. */
    void add(long nanos) {
        waited += nanos;
    }

    /** Whether training waits for more than a tenth of its time. */
    boolean isTooLong(long now) {
        long elapsed = now - since;
        return elapsed >= least && waited > elapsed / PARTS;
    }
}
