package org.lilgatsby.kernel;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;

/**
 * A fixed number of workers that do one task after another, together; the calling thread is the first of them. Between
 * tasks the others spin for a moment and then sleep. Running a task allocates nothing.
 */
public final class Team implements AutoCloseable {
    /** What every worker does; workers meet at {@link Worker#await}. */
    @FunctionalInterface
    public interface Task {
        /** The share of one worker. */
        void work(Worker slice);
    }

    private static final int SPINS = 5_000;

    private final Worker[] slices;
    private final Thread[] threads;
    private final Barrier barrier;
    private final AtomicReference<Throwable> failure = new AtomicReference<>();
    /** Shares of the task that are not done yet. */
    private final AtomicInteger pending = new AtomicInteger();
    private volatile Task task;
    private volatile int round;
    private volatile boolean closed;

    /**
     * Starts {@code size - 1} daemon threads.
     *
     * @throws IllegalArgumentException if size is less than 1
     */
    public Team(int size) {
        if (size < 1) {
            throw new IllegalArgumentException("a team has at least 1 worker, not " + size);
        }
        barrier = new Barrier(size);
        slices = new Worker[size];
        threads = new Thread[size];
        for (int i = 0; i < size; i++) {
            slices[i] = new Worker(i, size, barrier);
        }
        for (int i = 1; i < size; i++) {
            Worker slice = slices[i];
            threads[i] = Thread.ofPlatform().daemon().name("worker-" + i).start(() -> serve(slice));
        }
    }

    /** Number of workers. */
    public int size() {
        return slices.length;
    }

    /**
     * Runs the task on all workers and returns when all are done.
     *
     * <p>A failure on the calling thread is thrown unchanged, once no worker is running any more. After a failure the
     * team is unusable.
     *
     * @throws IllegalStateException if another worker failed, with its failure as the cause
     */
    public void run(Task next) {
        if (failure.get() != null || closed) {
            throw new IllegalStateException("the team of workers is closed or has failed", failure.get());
        }
        if (slices.length == 1) {
            next.work(slices[0]);
            return;
        }
        task = next;
        pending.addAndGet(threads.length - 1);
        round++;
        for (int i = 1; i < threads.length; i++) {
            LockSupport.unpark(threads[i]);
        }
        try {
            perform(next, slices[0]);
        } catch (Barrier.BrokenTeamException e) {
            throw new IllegalStateException("a worker failed: " + failure.get(), failure.get());
        } finally {
            if (failure.get() != null) {
                awaitOthers();
            }
        }
    }

    /** The caller may release what the workers use, so it must not return before they are done. */
    private void awaitOthers() {
        while (pending.get() > 0) {
            Thread.yield();
        }
    }

    private void serve(Worker slice) {
        int done = 0;
        while (true) {
            int spins = 0;
            while (round == done) {
                if (closed) {
                    return;
                }
                if (++spins < SPINS) {
                    Thread.onSpinWait();
                } else {
                    LockSupport.park(this);
                }
            }
            done++;
            try {
                perform(task, slice);
            } catch (Throwable e) {
                // run reports it, by way of the barrier, to whoever gave the task
            } finally {
                pending.decrementAndGet();
            }
        }
    }

    private void perform(Task current, Worker slice) {
        try {
            current.work(slice);
            slice.await();
        } catch (Barrier.BrokenTeamException e) {
            throw e;
        } catch (Throwable e) {
            failure.compareAndSet(null, e);
            barrier.breakUp();
            throw e;
        }
    }

    /** Ends the threads, and returns when they have ended. */
    @Override
    public void close() {
        closed = true;
        boolean interrupted = false;
        for (int i = 1; i < threads.length; i++) {
            LockSupport.unpark(threads[i]);
            while (threads[i].isAlive()) {
                try {
                    threads[i].join();
                } catch (InterruptedException e) {
                    interrupted = true; // the caller closes what they use
                }
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
