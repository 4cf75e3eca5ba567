package org.lilgatsby.explorer.view;

import java.io.IOException;
import org.lilgatsby.analysis.Evolution;
import org.lilgatsby.analysis.Places;
import org.lilgatsby.explorer.library.OpenRun;

/** Whether the figures of every state fit into the explorer's memory. */
final class EveryState {
    /** Bytes of the figures of one run: those of some hundred thousand states. */
    private static final long MOST = 96L << 20;

    private EveryState() {}

    /** @throws IOException saying what to do, if they do not */
    static void require(OpenRun run) throws IOException {
        require(run.states(), run.archive().config().model().vocabulary());
    }

    static void require(int states, int rows) throws IOException {
        long bytes = Evolution.bytes(states, rows, Places.all(states));
        if (bytes > MOST) {
            throw new IOException(
                    "figures of all %,d states take %,d MB, but the explorer holds at most %,d MB per run; use "
                                    .formatted(states, bytes >> 20, MOST >> 20)
                            + "lilgatsby analyze RUN --analysis NAME --csv");
        }
    }
}
