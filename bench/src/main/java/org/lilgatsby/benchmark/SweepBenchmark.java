package org.lilgatsby.benchmark;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.lilgatsby.recording.Manifest;
import org.lilgatsby.sweep.Keep;
import org.lilgatsby.sweep.Point;
import org.lilgatsby.sweep.Store;
import org.lilgatsby.sweep.StoredRun;
import org.lilgatsby.sweep.execution.LocalExecution;
import org.lilgatsby.sweep.execution.PointRunner;
import org.lilgatsby.sweep.execution.SweepObserver;

/**
 * Sweeps in this process, each into a store of its own.
 *
 * @param runner what carries out the runs
 * @param directory where the stores are
 */
public record SweepBenchmark(PointRunner runner, Path directory) {
    /**
     * A measured sweep.
     *
     * @param seconds from its beginning to the end of its last run
     * @param stepsPerSecond of all runs together; 0 without a step
     * @param secondsToFirstStep of every run but the first of each worker: from its beginning to the end of its first
     *     step
     */
    public record Result(double seconds, double stepsPerSecond, List<Double> secondsToFirstStep) {}

    /**
     * Carries out a sweep.
     *
     * @param name of the store, one that was not used before
     * @throws IOException if the store cannot be written
     * @throws IllegalStateException if a run fails
     */
    public Result measure(String name, List<Point> points, Keep keep, int workers) throws IOException {
        Watch watch = new Watch(workers);
        long began = System.nanoTime();
        new LocalExecution(runner, workers)
                .run(points, Store.open(directory.resolve(name), Manifest.ARITHMETIC), keep, watch);
        double seconds = (System.nanoTime() - began) / 1e9;
        long steps = points.stream()
                .mapToLong(point -> point.config().training().steps())
                .sum();
        return new Result(seconds, steps / seconds, List.copyOf(watch.toFirstStep));
    }

    /** Measures first steps, and sees that no run fails. */
    private static final class Watch implements SweepObserver {
        private final int workers;
        private final Map<Point, Long> begun = new ConcurrentHashMap<>();
        private final List<Double> toFirstStep = Collections.synchronizedList(new ArrayList<>());
        private int started;

        Watch(int workers) {
            this.workers = workers;
        }

        @Override
        public void found(Point point, StoredRun run) {
            throw new IllegalStateException("the store of a benchmark holds " + point + " already");
        }

        @Override
        public synchronized void started(Point point) {
            if (++started > workers) {
                begun.put(point, System.nanoTime());
            }
        }

        @Override
        public void stepped(Point point, int updates) {
            Long since = begun.remove(point);
            if (since != null) {
                toFirstStep.add((System.nanoTime() - since) / 1e9);
            }
        }

        @Override
        public void finished(Point point, StoredRun run) {
            if (run.state() == StoredRun.State.FAILED) {
                throw new IllegalStateException(point + " failed: " + run.reason());
            }
        }

        @Override
        public boolean stopRequested() {
            return false;
        }
    }
}
