package org.lilgatsby.spark;

import java.util.List;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.atomic.AtomicLongArray;
import org.lilgatsby.sweep.Point;
import org.lilgatsby.sweep.StoredRun;
import org.lilgatsby.sweep.execution.SweepObserver;

/**
 * Tells a sweep's observer what a cluster reports. A run that begins anew on another executor has begun once for the
 * observer, and its steps count from where they surpass those of before.
 */
final class SweepProgress implements Connection.Progress {
    private final List<Point> points;
    private final SweepObserver observer;
    private final AtomicIntegerArray begun;
    private final AtomicLongArray steps;

    SweepProgress(List<Point> points, SweepObserver observer) {
        this.points = points;
        this.observer = observer;
        this.begun = new AtomicIntegerArray(points.size());
        this.steps = new AtomicLongArray(points.size());
    }

    @Override
    public void began(int task) {
        if (begun.getAndSet(task, 1) == 0) {
            observer.started(points.get(task));
        }
    }

    @Override
    public void counted(int task, long value) {
        long more = value - steps.getAndAccumulate(task, value, Math::max);
        if (more > 0) {
            observer.stepped(points.get(task), Math.toIntExact(more));
        }
    }

    /** A run is in the store. */
    void finished(int task, StoredRun run) {
        Point point = points.get(task);
        began(task);
        if (run.state() == StoredRun.State.DONE) {
            counted(task, point.config().training().steps());
        }
        observer.finished(point, run);
    }
}
