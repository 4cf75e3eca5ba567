package org.lilgatsby.sweep.execution;

import java.io.IOException;
import java.util.List;
import org.lilgatsby.sweep.Keep;
import org.lilgatsby.sweep.Point;
import org.lilgatsby.sweep.Store;

/** A place where the runs of a sweep are carried out. */
public interface Execution {
    /**
     * Carries out the points whose runs are not in the store, and puts them there. Returns when all are done or failed,
     * or when the observer asks to stop.
     *
     * @param keep what is kept of each run
     * @throws IOException if the store cannot be read or written; runs published before stay
     */
    void run(List<Point> points, Store store, Keep keep, SweepObserver observer) throws IOException;
}
