package org.lilgatsby.analysis;

import org.lilgatsby.kernel.AnalysisKernels;

/** The groups of an embedding matrix in the frame of the origin and in that of their centroids. */
public final class Frames {
    private Frames() {}

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
        PerGroup<FrameSeries.Target> targets = PerGroup.of(group -> new FrameSeries.Target(history.size(), kept));
        HistoryScan.run(history, kernels, () -> new FramesWorker(history, split, targets));
        return targets.map(FrameSeries.Target::series);
    }
}
