package org.lilgatsby.experiment.analyses.motion;

import org.lilgatsby.analysis.SpreadSeries;
import org.lilgatsby.experiment.analyses.AnalysisTable;

/** Columns of how a figure spreads over the tokens. */
final class SpreadColumns {
    private SpreadColumns() {}

    /** Adds them to a table. */
    static AnalysisTable.OverTime added(AnalysisTable.OverTime table, SpreadSeries sizes) {
        return table.add("mean", "W", "mean over the tokens", sizes.mean())
                .add("median", "W", "median over the tokens", sizes.median())
                .add("p90", "W", "90th percentile over the tokens", sizes.percentile90())
                .add("max", "W", "largest", sizes.max());
    }
}
