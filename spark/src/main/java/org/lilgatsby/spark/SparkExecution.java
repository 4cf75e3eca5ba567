package org.lilgatsby.spark;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.util.LongAccumulator;
import org.lilgatsby.config.ConfigYaml;
import org.lilgatsby.corpus.Corpora;
import org.lilgatsby.files.DurableFiles;
import org.lilgatsby.run.ExperimentRun;
import org.lilgatsby.run.RunOptions;
import org.lilgatsby.sweep.Keep;
import org.lilgatsby.sweep.Point;
import org.lilgatsby.sweep.SeriesFile;
import org.lilgatsby.sweep.Store;
import org.lilgatsby.sweep.StoredRun;
import org.lilgatsby.sweep.execution.Execution;
import org.lilgatsby.sweep.execution.RunCost;
import org.lilgatsby.sweep.execution.SweepObserver;
import tools.jackson.databind.node.ObjectNode;

/**
 * Carries out runs on the executors of a cluster, one run per task, the longest first. Figures and series come back as
 * each run ends, and this process puts them into the store; recordings are put there by the executors, over a shared
 * file system.
 */
final class SparkExecution implements Execution {
    /** Tasks that wait in Spark's queue at least; a longer one would only take memory. */
    private static final int QUEUE = 1000;
    /** How soon a request to stop is noticed while nothing else happens. */
    private static final Duration NOTICED = Duration.ofMillis(100);

    private static final String DISCONNECTED = "the master cannot be reached, or has dismissed it";

    private final String master;
    private final Corpora corpora;
    private final RunOptions options;

    SparkExecution(String master, Corpora corpora, RunOptions options) {
        this.master = master;
        this.corpora = corpora;
        this.options = options;
    }

    @Override
    public void run(List<Point> points, Store store, Keep keep, SweepObserver observer) throws IOException {
        List<Point> missing = new ArrayList<>();
        for (Point point : points) {
            Optional<Store.Entry> there = store.find(point.key(), keep);
            if (there.isPresent()) {
                observer.found(point, there.get().run());
            } else {
                missing.add(point);
            }
        }
        if (missing.isEmpty() || observer.stopRequested()) {
            return;
        }
        missing.sort(Comparator.comparingDouble(point -> -RunCost.operations(point.config())));
        Workshop workshop = new Workshop(missing, corpora, options, store, keep);
        try (Connection cluster = Connection.connect(master, "lilgatsby sweep", Libraries.ofProgram())) {
            try {
                new Sweeping(missing, workshop, store, observer, cluster).run();
            } catch (IllegalStateException e) {
                if (cluster.isOver()) {
                    throw lost(DISCONNECTED, e);
                }
                throw e;
            }
        }
    }

    private IOException lost(String why, Throwable cause) {
        return new IOException("%s: the sweep cannot continue there (%s)".formatted(master, why), cause);
    }

    /** The end of a run's task: its result, or the reason why there is none. */
    private record End(int number, RunResult result, Throwable failure) {}

    /** One sweep under way. */
    private final class Sweeping {
        private final List<Point> points;
        private final Workshop workshop;
        private final Store store;
        private final SweepObserver observer;
        private final Connection cluster;
        private final BlockingQueue<End> ends = new LinkedBlockingQueue<>();
        private final SweepProgress progress;

        Sweeping(List<Point> points, Workshop workshop, Store store, SweepObserver observer, Connection cluster) {
            this.points = points;
            this.workshop = workshop;
            this.store = store;
            this.observer = observer;
            this.cluster = cluster;
            this.progress = new SweepProgress(points, observer);
        }

        void run() throws IOException {
            cluster.report(progress);
            Broadcast<Workshop> shared = cluster.share(workshop);
            LongAccumulator steps = cluster.counter();
            int submitted = 0;
            int ended = 0;
            while (ended < points.size()) {
                int queue = Math.max(QUEUE, 2 * cluster.room());
                while (submitted < points.size() && submitted - ended < queue) {
                    submit(submitted++, shared, steps);
                }
                End end = next();
                if (observer.stopRequested()) {
                    stop(end);
                    return;
                }
                if (end != null) {
                    publish(end);
                    ended++;
                } else if (cluster.isOver()) {
                    throw lost(DISCONNECTED, null);
                }
            }
        }

        private void submit(int number, Broadcast<Workshop> shared, LongAccumulator steps) {
            Point point = points.get(number);
            RunTask task =
                    new RunTask(ConfigYaml.toYaml(point.config()), point.key().sha256(), shared, steps);
            cluster.submit(number, task, (result, failure) -> ends.add(new End(number, result, failure)));
        }

        private End next() throws IOException {
            try {
                return ends.poll(NOTICED.toMillis(), TimeUnit.MILLISECONDS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IOException("interrupted while runs are under way", e);
            }
        }

        /**
         * Cancels the runs under way and waits until executors have put their files away; keeps what ended before.
         *
         * @param last null if nothing has ended
         */
        private void stop(End last) throws IOException {
            cluster.cancel();
            End end = last;
            while (end != null || !(cluster.isQuiet() || cluster.isOver())) {
                if (end != null && end.result() != null) {
                    publish(end);
                }
                end = next();
            }
        }

        private void publish(End end) throws IOException {
            Point point = points.get(end.number());
            if (end.result() == null) {
                StoredRun run = givenUp(point, end.failure());
                publishFailure(point, run);
                progress.finished(end.number(), run);
            } else if (end.result().row() != null) {
                StoredRun run = StoredRun.parse(
                        end.result().row(),
                        Path.of("the result of " + point.key().sha256()));
                if (run.state() == StoredRun.State.FAILED) {
                    publishFailure(point, run);
                } else if (workshop.keep() == Keep.RECORDING) {
                    requireInStore(point);
                } else {
                    publish(point, run, end.result().series());
                }
                progress.finished(end.number(), run);
            }
        }

        private void publish(Point point, StoredRun run, byte[] series) throws IOException {
            try (Store.Draft draft = store.begin(point.key())) {
                if (series != null) {
                    DurableFiles.write(draft.directory().resolve(SeriesFile.NAME), series);
                }
                draft.publish(run, workshop.keep());
            }
        }

        private void publishFailure(Point point, StoredRun run) throws IOException {
            try (Store.Draft draft = store.begin(point.key())) {
                draft.publishFailure(run);
            }
        }

        private void requireInStore(Point point) throws IOException {
            if (store.find(point.key(), Keep.RECORDING).isEmpty()) {
                throw new IOException(
                        ("%s: an executor put the run %s there, but it cannot be seen from this machine; for "
                                        + "recordings, the store has to be on a file system that all machines share, "
                                        + "under the same path")
                                .formatted(
                                        store.root().toAbsolutePath(),
                                        point.key().sha256()));
            }
        }

        /** The row of a run that no executor could carry out. */
        private StoredRun givenUp(Point point, Throwable failure) throws IOException {
            String reason = GivenUp.reason(failure)
                    .orElseThrow(() -> lost(Connection.firstLine(String.valueOf(failure.getMessage())), failure));
            return new StoredRun(
                    StoredRun.SCHEMA,
                    point.key().sha256(),
                    workshop.arithmetic(),
                    options.program(),
                    ExperimentRun.machine(options),
                    point.config().name(),
                    workshop.text(
                                    point.config().corpus(),
                                    point.config().model().vocabulary())
                            .sha256(),
                    (ObjectNode) ConfigYaml.toJson(point.config()),
                    StoredRun.State.FAILED,
                    reason,
                    Instant.now(),
                    0,
                    Map.of());
        }
    }
}
