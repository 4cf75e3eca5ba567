package org.lilgatsby.analysis;

import org.lilgatsby.kernel.AnalysisKernels;

/** The groups of an embedding matrix in the frame of the origin and in that of their centroids. */
public final class Frames {
    private Frames() {}

    /**
     * Bytes that the frames of which no place is kept take at least while they are computed: their series, and a state
     * in double for each chunk that is read at the same time.
     *
     * @param size recorded states
     * @param rows number of rows of each state
     * @param columns their components
     */
    public static long bytes(int size, int rows, int columns) {
        ArrayMaker arrays = ArrayMaker.counting();
        PerGroup.of(group -> new FrameSeries.Target(size, Places.of(), arrays));
        return arrays.bytes() + (long) Double.BYTES * rows * columns * HistoryScan.atOnce(size);
    }

    /**
     * Reads a history through, once.
     *
     * @param kept the places whose figures are kept, where they are not kept at every place
     * @param kernels the results do not depend on them
     * @throws IllegalArgumentException if the split is not of the history's rows, or the format is one in which no
     *     recording is made
     */
    public static PerGroup<FrameSeries> of(History history, LiveDeadSplit split, Places kept, AnalysisKernels kernels) {
        split.requireVocabulary(history.rows());
        PerGroup<FrameSeries.Target> targets =
                PerGroup.of(group -> new FrameSeries.Target(history.size(), kept, ArrayMaker.making()));
        HistoryScan.run(history, kernels, () -> new FramesWorker(history, split, targets));
        return targets.map(FrameSeries.Target::series);
    }
}
