package org.lilgatsby.cli;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import org.lilgatsby.config.ResultKey;
import org.lilgatsby.sweep.Point;
import org.lilgatsby.sweep.StoredRun;
import org.lilgatsby.sweep.execution.RunCost;

/**
 * How long a sweep will take, from the work done so far. Runs under way count as far as they are: else the first of
 * many to end would look like the only one at work.
 */
final class SweepTimeLeft {
    private final long began;
    private final Map<ResultKey, Part> underWay = new ConcurrentHashMap<>();
    private double left;
    private double done;

    /** @param now current time in nanoseconds */
    SweepTimeLeft(List<Point> points, long now) {
        this.began = now;
        this.left = points.stream()
                .mapToDouble(point -> RunCost.operations(point.config()))
                .sum();
    }

    /** A run under way. */
    private record Part(double operationsPerStep, LongAdder steps) {
        static Part of(Point point) {
            double operations = RunCost.operations(point.config());
            return new Part(operations / Math.max(1, SweepVerb.steps(point.config())), new LongAdder());
        }

        double operations() {
            return operationsPerStep * steps.sum();
        }
    }

    /** A run that was there before. */
    void found(Point point) {
        left -= RunCost.operations(point.config());
    }

    /** A run made so many more updates. May be called by any thread. */
    void stepped(Point point, int updates) {
        underWay.computeIfAbsent(point.key(), _ -> Part.of(point)).steps().add(updates);
    }

    /** A run ended; of one that failed, only the steps that were seen count. */
    void finished(Point point, StoredRun.State state) {
        Part seen = underWay.remove(point.key());
        double operations = RunCost.operations(point.config());
        left -= operations;
        if (state == StoredRun.State.DONE) {
            done += operations;
        } else if (seen != null) {
            done += seen.operations();
        }
    }

    /** Seconds until the end at the rate so far; empty if nothing is known of it, or nothing is left. */
    Optional<Double> seconds(long now) {
        double begun = underWay.values().stream().mapToDouble(Part::operations).sum();
        double todo = left - begun;
        return done + begun > 0 && todo > 0
                ? Optional.of(todo * (now - began) / 1e9 / (done + begun))
                : Optional.empty();
    }
}
