package org.lilgatsby.explorer.view;

import java.util.ArrayDeque;
import java.util.Deque;
import org.lilgatsby.explorer.library.OpenRun;

/** The runs for which what several analyses share is kept: the last few. */
final class WarmRuns {
    private static final int MOST = 2;

    private final Deque<OpenRun> warm = new ArrayDeque<>();

    void use(OpenRun run) {
        OpenRun cold = null;
        synchronized (this) {
            warm.remove(run);
            warm.addLast(run);
            if (warm.size() > MOST) {
                cold = warm.removeFirst();
            }
        }
        if (cold != null) {
            cold.forget();
        }
    }
}
