package org.lilgatsby.analysis;

import java.util.List;
import java.util.concurrent.ForkJoinPool;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.lilgatsby.kernel.AnalysisKernels;

/**
 * Reads a history from beginning to end, once, on all processors. The borders of its chunks depend only on its length,
 * so neither the number of threads nor their order affects a figure.
 */
final class HistoryScan {
    /** Minimum number of updates in a chunk: enough to make the second read of the state before it negligible. */
    private static final int CHUNK = 256;

    /** Maximum number of chunks, since each keeps something of every row: enough for any number of processors. */
    private static final int MOST_CHUNKS = 256;

    private HistoryScan() {}

    /** Processes one chunk, on one thread. Figures of different places are written to different places. */
    interface Worker {
        /** The state before the first update of the chunk; place 0 only for the first chunk. */
        void start(HistoryState frame, int place);

        /** The state after an update, with what it changed. */
        void step(HistoryState frame, int place);

        /** Called when the chunk is done: scratch memory can go, results stay. */
        default void end() {}
    }

    /** Number of chunks of a history. */
    static int chunks(int size) {
        return Math.max(1, Math.ceilDiv(size - 1, length(size)));
    }

    /** Number of chunks of a history that this machine reads at the same time, so whose scratch memory is in use. */
    static int atOnce(int size) {
        return Math.min(chunks(size), ForkJoinPool.getCommonPoolParallelism() + 1);
    }

    /** Updates in a chunk. */
    private static int length(int size) {
        return Math.max(CHUNK, Math.ceilDiv(size - 1, MOST_CHUNKS));
    }

    /** Passes each chunk to its own worker; returns the workers in the order of their chunks. */
    static <W extends Worker> List<W> run(History history, AnalysisKernels kernels, Supplier<W> workers) {
        int updates = history.size() - 1;
        int length = length(history.size());
        return IntStream.range(0, chunks(history.size()))
                .parallel()
                .mapToObj(chunk -> {
                    W worker = workers.get();
                    int start = chunk * length;
                    int end = Math.min(start + length, updates);
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
