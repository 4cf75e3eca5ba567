package org.lilgatsby.benchmark;

import java.util.concurrent.locks.LockSupport;

/**
 * The communication latency between two processors: a number goes to a second thread and comes back through memory.
 * Between measurements that thread sleeps. Where threads share the work of one sequence, this limits the benefit of the
 * second; a hypervisor may place a machine's processors near or far apart, and move them.
 */
final class RoundTrip implements AutoCloseable {
    private static final int TRIPS = 2_000;

    private final int trips;
    private final Thread other = Thread.ofPlatform().daemon().name("round-trip").unstarted(this::answer);
    private volatile boolean open;
    private volatile boolean closed;
    /** Odd on its way to the other thread, even on its way back. */
    private volatile long ball;

    private RoundTrip(int trips) {
        this.trips = trips;
    }

    /** Starts the second thread. */
    static RoundTrip start() {
        return start(TRIPS);
    }

    /** @param trips number of round trips that a measurement averages */
    static RoundTrip start(int trips) {
        RoundTrip trip = new RoundTrip(trips);
        trip.other.start();
        return trip;
    }

    /** Nanoseconds per round trip, averaged over some thousand. */
    double nanos() {
        open = true;
        LockSupport.unpark(other);
        go();
        long began = System.nanoTime();
        for (int i = 0; i < trips; i++) {
            go();
        }
        double nanos = (System.nanoTime() - began) / (double) trips;
        open = false;
        return nanos;
    }

    private void go() {
        long sent = ball + 1;
        ball = sent;
        while (ball == sent) {
            Thread.onSpinWait();
        }
    }

    private void answer() {
        while (!closed) {
            LockSupport.park(this);
            while (open) {
                long now = ball;
                if (now % 2 != 0) {
                    ball = now + 1;
                } else {
                    Thread.onSpinWait();
                }
            }
        }
    }

    /** Stops the second thread. */
    @Override
    public void close() {
        closed = true;
        LockSupport.unpark(other);
    }
}
