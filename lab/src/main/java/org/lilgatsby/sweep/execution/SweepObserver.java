package org.lilgatsby.sweep.execution;

import org.lilgatsby.sweep.Point;
import org.lilgatsby.sweep.StoredRun;

/** Follows the progress of a sweep, and may ask it to stop. Called from several threads. */
public interface SweepObserver {
    /** The run of a point is in the store already. */
    void found(Point point, StoredRun run);

    /** A run begins. */
    void started(Point point);

    /** A run carried out so many more updates. */
    void stepped(Point point, int updates);

    /** A run ended, done or failed, and is in the store. */
    void finished(Point point, StoredRun run);

    /** Whether to stop as soon as possible; runs under way are given up. */
    boolean stopRequested();
}
