package org.lilgatsby.kernel;

import java.util.concurrent.atomic.AtomicInteger;

/**
 * A barrier that spins: the phases between two barriers last microseconds, less than it takes to wake a thread. After a
 * while it yields to other threads, for machines with fewer cores than workers.
 */
final class Barrier {
    private static final int SPINS = 1_000;

    private final int parties;
    private final AtomicInteger waiting = new AtomicInteger();
    private volatile int generation;
    private volatile boolean broken;

    Barrier(int parties) {
        this.parties = parties;
    }

    /**
     * Waits for all parties.
     *
     * @throws BrokenTeamException if a worker failed, since it will never arrive
     */
    void await() {
        int mine = generation;
        if (waiting.incrementAndGet() == parties) {
            waiting.set(0);
            generation = mine + 1;
            return;
        }
        int spins = 0;
        while (generation == mine) {
            if (broken) {
                throw new BrokenTeamException();
            }
            if (++spins < SPINS) {
                Thread.onSpinWait();
            } else {
                Thread.yield();
            }
        }
    }

    /** Releases everyone who waits now or later, with an exception. */
    void breakUp() {
        broken = true;
    }

    /** Another worker failed; its failure is what is reported. */
    static final class BrokenTeamException extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }
}
