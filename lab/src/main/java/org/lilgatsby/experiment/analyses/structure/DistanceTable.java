package org.lilgatsby.experiment.analyses.structure;

import org.lilgatsby.analysis.DistanceSeries;
import org.lilgatsby.experiment.analyses.AnalysisContext;
import org.lilgatsby.experiment.analyses.AnalysisTable;
import org.lilgatsby.experiment.analyses.Selection;

/** The table of the distances of all pairs. */
final class DistanceTable {
    private DistanceTable() {}

    static AnalysisTable of(AnalysisContext run, Selection selection, DistanceSeries distances) {
        return run.overTime(selection)
                .add(
                        "min",
                        "W",
                        "smallest distance of two tokens",
                        distances.allPairs().min())
                .add(
                        "mean",
                        "W",
                        "mean over all pairs of tokens",
                        distances.allPairs().mean())
                .add("median", "W", "median over the same", distances.allPairs().median())
                .add("max", "W", "largest", distances.allPairs().max())
                .add(
                        "std",
                        "W",
                        "standard deviation over all pairs of tokens, divided by their number",
                        distances.allPairs().deviation())
                .add(
                        "distinct_min",
                        "W",
                        "smallest distance of two distinct rows",
                        distances.distinctPairs().min())
                .add(
                        "distinct_mean",
                        "W",
                        "mean over all pairs of distinct rows",
                        distances.distinctPairs().mean())
                .table();
    }
}
