package org.lilgatsby.analysis;

import java.util.List;
import org.lilgatsby.kernel.AnalysisKernels;

/**
 * The relative positions of the rows of a group of tokens at every recorded step, from one reading of the history. All
 * pairs of distinct rows are compared, so this is meant for a few hundred tokens.
 *
 * @param l2 pairwise L2 distances
 * @param lInfinity pairwise L-infinity distances
 * @param adjacency one for each requested threshold
 */
public record PairwiseGeometry(DistanceSeries l2, DistanceSeries lInfinity, List<AdjacencySeries> adjacency) {
    /** Copies the list. */
    public PairwiseGeometry {
        adjacency = List.copyOf(adjacency);
    }

    /**
     * Reads a history through.
     *
     * @param thresholds the graphs to make, possibly none
     * @param kernels the results do not depend on them
     * @throws IllegalArgumentException if a token is not a row, or the format is one in which no recording is made
     */
    public static PairwiseGeometry of(
            History history, Tokens tokens, List<Threshold> thresholds, AnalysisKernels kernels) {
        return of(history, tokens, thresholds, DistanceSeries.BINS, Places.all(history.size()), kernels);
    }

    /**
     * Reads a history through and measures at some places.
     *
     * @param bins of the histogram whose entropy is computed, at least 1
     * @param kept the places whose figures are kept
     */
    public static PairwiseGeometry of(
            History history,
            Tokens tokens,
            List<Threshold> thresholds,
            int bins,
            Places kept,
            AnalysisKernels kernels) {
        tokens.requireWithin(history.rows());
        DistanceSeries.Targets l2 = new DistanceSeries.Targets(Metric.L2, bins, kept);
        DistanceSeries.Targets lInfinity = new DistanceSeries.Targets(Metric.L_INFINITY, bins, kept);
        List<AdjacencySeries.Target> graphs = thresholds.stream()
                .map(t -> new AdjacencySeries.Target(t, kept))
                .toList();
        HistoryScan.run(
                history, kernels, () -> new PairwiseGeometryWorker(tokens, kept, List.of(l2, lInfinity), graphs));
        return new PairwiseGeometry(
                l2.series(),
                lInfinity.series(),
                graphs.stream().map(AdjacencySeries.Target::series).toList());
    }
}
