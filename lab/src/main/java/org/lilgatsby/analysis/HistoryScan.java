package org.lilgatsby.analysis;

import java.util.List;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.lilgatsby.kernel.AnalysisKernels;

/**
 * Reads a history from beginning to end, once, on all processors. It is cut into chunks whose borders depend on nothing
 * but its length, so neither the number of threads nor their order reaches a figure.
 */
final class HistoryScan {
    /** Updates in a chunk: enough that reading the state before it twice costs nothing. */
    private static final int CHUNK = 256;

    private HistoryScan() {}

    /** What looks at one chunk, on one thread. Figures of different places are written to different places. */
    interface Worker {
        /** The state before the first update of the chunk; place 0 only for the first chunk. */
        void start(HistoryState frame, int place);

        /** The state after an update, with what it changed. */
        void step(HistoryState frame, int place);

        /** The chunk is done: scratch memory can go, results stay. */
        default void end() {}
    }

    /** Shows each chunk to a worker of its own; the workers come back in the order of their chunks. */
    static <W extends Worker> List<W> run(History history, AnalysisKernels kernels, Supplier<W> workers) {
        int updates = history.size() - 1;
        int chunks = Math.max(1, Math.ceilDiv(updates, CHUNK));
        return IntStream.range(0, chunks)
                .parallel()
                .mapToObj(chunk -> {
                    W worker = workers.get();
                    int start = chunk * CHUNK;
                    int end = Math.min(start + CHUNK, updates);
                    HistoryState frame = HistoryState.of(history, kernels);
                    frame.start(history.matrix(start));
                    worker.start(frame, start);
                    for (int place = start + 1; place <= end; place++) {
                        frame.advance(history.matrix(place));
                        worker.step(frame, place);
                    }
                    worker.end();
                    return worker;
                })
                .toList();
    }
}
