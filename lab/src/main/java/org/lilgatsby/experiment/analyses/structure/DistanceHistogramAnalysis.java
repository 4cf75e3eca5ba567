package org.lilgatsby.experiment.analyses.structure;

import java.io.IOException;
import java.util.Optional;
import org.lilgatsby.analysis.Distances;
import org.lilgatsby.analysis.Histogram;
import org.lilgatsby.analysis.Metric;
import org.lilgatsby.experiment.analyses.Analysis;
import org.lilgatsby.experiment.analyses.AnalysisContext;
import org.lilgatsby.experiment.analyses.AnalysisTable;
import org.lilgatsby.experiment.analyses.Selection;

/** The analysis {@code distance-histogram}. */
public final class DistanceHistogramAnalysis implements Analysis {
    @Override
    public String name() {
        return "distance-histogram";
    }

    @Override
    public String asks() {
        return "How are the L-infinity distances of all pairs spread over binades?";
    }

    @Override
    public Scope scope() {
        return Scope.ONE_STATE;
    }

    @Override
    public boolean inOverview() {
        return false;
    }

    @Override
    public Optional<String> missing(AnalysisContext run) {
        return run.missing().embeddings();
    }

    @Override
    public AnalysisTable table(AnalysisContext run, Selection selection) throws IOException {
        Histogram histogram = Distances.of(run.oneMatrix(selection), run.tokens(selection), Metric.L_INFINITY)
                .histogram();
        AnalysisTable.Rows table = new AnalysisTable.Rows()
                .column("from", "W", "lower edge of the bin, in it")
                .column("to", "W", "upper edge, not in it; zeros are a bin of their own")
                .column("pairs", "", "pairs of tokens with an L-infinity distance in the bin");
        table.row(0.0, 0.0, histogram.zeros());
        for (Histogram.Bin bin : histogram.bins()) {
            table.row(Math.scalb(1.0, bin.exponent()), Math.scalb(1.0, bin.exponent() + 1), bin.count());
        }
        if (histogram.notFinite() > 0) {
            table.row(Double.NaN, Double.NaN, histogram.notFinite());
        }
        return table.table();
    }
}
