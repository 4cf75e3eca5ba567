package org.lilgatsby.sweep.execution;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.lilgatsby.run.RunObserver;
import org.lilgatsby.sweep.Keep;
import org.lilgatsby.sweep.Point;
import org.lilgatsby.sweep.Store;
import org.lilgatsby.sweep.StoredRun;

/** Carries out runs in this process, several at once, the longest first. */
public final class LocalExecution implements Execution {
    /** A worker says that it is alive this often. */
    private static final Duration SIGNS = Duration.ofSeconds(20);

    /** A run for which nothing was heard so long has no worker any more. */
    private static final Duration QUIET = Duration.ofMinutes(2);

    /** Threads that wait for the disk while workers continue. */
    private static final int PUBLISHERS = 4;

    /**
     * The most runs that have ended and are not in the store yet; a worker waits for the disk before there are more.
     */
    private static final int UNPUBLISHED = 16;

    private final PointRunner runner;
    private final int workers;

    /**
     * @param workers runs under way at the same time
     * @throws IllegalArgumentException if that is less than 1
     */
    public LocalExecution(PointRunner runner, int workers) {
        if (workers < 1) {
            throw new IllegalArgumentException("a sweep has at least 1 worker, not " + workers);
        }
        this.runner = runner;
        this.workers = workers;
    }

    @Override
    public void run(List<Point> points, Store store, Keep keep, SweepObserver observer) throws IOException {
        try (Sweeping sweeping = new Sweeping(points, store, keep, observer)) {
            sweeping.run();
        }
    }

    /** One sweep under way. */
    private final class Sweeping implements AutoCloseable {
        private final Store store;
        private final Keep keep;
        private final SweepObserver observer;
        private final Queue<Point> waiting;
        private final Set<Point> postponed = ConcurrentHashMap.newKeySet();
        private final Set<Store.Draft> drafts = ConcurrentHashMap.newKeySet();
        private final AtomicReference<Throwable> failure = new AtomicReference<>();
        private final Semaphore unpublished = new Semaphore(UNPUBLISHED);
        private final ExecutorService publishers = Executors.newFixedThreadPool(
                PUBLISHERS, Thread.ofPlatform().name("publish-", 1).factory());
        private final ScheduledExecutorService signs = Executors.newSingleThreadScheduledExecutor(
                Thread.ofPlatform().daemon().name("heartbeats").factory());

        Sweeping(List<Point> points, Store store, Keep keep, SweepObserver observer) {
            this.store = store;
            this.keep = keep;
            this.observer = observer;
            this.waiting = new ConcurrentLinkedQueue<>(points.stream()
                    .sorted(Comparator.comparingDouble((Point point) -> -RunCost.operations(point.config())))
                    .toList());
            signs.scheduleWithFixedDelay(this::signal, SIGNS.toMillis(), SIGNS.toMillis(), TimeUnit.MILLISECONDS);
        }

        void run() throws IOException {
            List<Thread> threads = new ArrayList<>();
            int needed = Math.clamp(waiting.size(), 1, workers);
            for (int i = 1; i <= needed; i++) {
                threads.add(Thread.ofPlatform().name("sweep-" + i).start(this::work));
            }
            for (Thread thread : threads) {
                join(thread);
            }
            unpublished.acquireUninterruptibly(UNPUBLISHED);
            switch (failure.get()) {
                case null -> {}
                case IOException e -> throw e;
                case RuntimeException e -> throw e;
                case Error e -> throw e;
                case Throwable e -> throw new IllegalStateException(e);
            }
        }

        private void join(Thread thread) {
            while (true) {
                try {
                    thread.join();
                    return;
                } catch (InterruptedException e) {
                    failure.compareAndSet(null, new IllegalStateException("interrupted while runs are under way", e));
                }
            }
        }

        private void work() {
            try {
                Point point;
                while (!isOver() && (point = waiting.poll()) != null) {
                    complete(point);
                }
            } catch (IOException | RuntimeException | Error e) {
                fail(e);
            }
        }

        private void fail(Throwable e) {
            failure.compareAndSet(null, e instanceof UncheckedIOException io ? io.getCause() : e);
        }

        private boolean isOver() {
            return failure.get() != null || observer.stopRequested();
        }

        private void complete(Point point) throws IOException {
            Optional<Store.Entry> there = store.find(point.key(), keep);
            if (there.isPresent()) {
                observer.found(point, there.get().run());
            } else if (store.isUnderWay(point.key(), QUIET) && postponed.add(point)) {
                waiting.add(point); // another process may be done with it by then
            } else {
                carryOut(point);
            }
        }

        private void carryOut(Point point) throws IOException {
            observer.started(point);
            Store.Draft draft = store.begin(point.key());
            drafts.add(draft);
            boolean ended = false;
            try {
                Optional<StoredRun> run =
                        runner.run(point.config(), point.key(), keep, draft.directory(), new Steps(point));
                if (run.isPresent()) {
                    unpublished.acquireUninterruptibly();
                    ended = true;
                    publishers.execute(() -> end(point, draft, run.get()));
                }
            } finally {
                if (!ended) {
                    discard(draft);
                }
            }
        }

        /** Publishes a run that has ended, on a thread that may wait for the disk. */
        private void end(Point point, Store.Draft draft, StoredRun run) {
            try {
                try {
                    publish(draft, run);
                    observer.finished(point, run);
                } finally {
                    discard(draft);
                }
            } catch (IOException | RuntimeException | Error e) {
                fail(e);
            } finally {
                unpublished.release();
            }
        }

        /** Removes what of a draft was not published. */
        private void discard(Store.Draft draft) throws IOException {
            drafts.remove(draft);
            draft.close();
        }

        private void publish(Store.Draft draft, StoredRun run) throws IOException {
            if (run.state() == StoredRun.State.DONE) {
                draft.publish(run, keep);
            } else {
                draft.publishFailure(run);
            }
        }

        private void signal() {
            for (Store.Draft draft : new HashSet<>(drafts)) {
                try {
                    draft.touch();
                } catch (IOException e) {
                    failure.compareAndSet(null, e);
                }
            }
        }

        @Override
        public void close() {
            signs.shutdownNow();
            publishers.shutdown();
        }

        /** Passes a run's steps on to the sweep's observer. */
        private final class Steps implements RunObserver {
            private final Point point;

            Steps(Point point) {
                this.point = point;
            }

            @Override
            public void begins(int done, int total) {}

            @Override
            public void stepped(int step, double loss) {
                observer.stepped(point, 1);
            }

            @Override
            public void finishing(String what) {}

            @Override
            public boolean stopRequested() {
                return isOver();
            }
        }
    }
}
