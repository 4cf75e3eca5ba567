package org.lilgatsby.experiment.analyses.structure;

import java.io.IOException;
import java.util.Optional;
import java.util.Set;
import org.lilgatsby.analysis.DistanceSeries;
import org.lilgatsby.experiment.analyses.Analysis;
import org.lilgatsby.experiment.analyses.AnalysisContext;
import org.lilgatsby.experiment.analyses.AnalysisParameters;
import org.lilgatsby.experiment.analyses.AnalysisTable;
import org.lilgatsby.experiment.analyses.Selection;

/** The analysis {@code distance-entropy}. */
public final class DistanceEntropyAnalysis implements Analysis {
    @Override
    public String name() {
        return "distance-entropy";
    }

    @Override
    public String asks() {
        return "How evenly are the distances of all pairs spread between the smallest and the largest?";
    }

    @Override
    public Scope scope() {
        return Scope.OVER_TIME;
    }

    @Override
    public Set<AnalysisParameters.Name> takes() {
        return Set.of(AnalysisParameters.Name.BINS);
    }

    @Override
    public Optional<String> missing(AnalysisContext run) {
        return run.missing().pairs();
    }

    @Override
    public AnalysisTable table(AnalysisContext run, Selection selection) throws IOException {
        DistanceSeries l2 = run.geometry(selection).l2();
        DistanceSeries lInfinity = run.geometry(selection).lInfinity();
        return run.overTime(selection)
                .add(
                        "l2",
                        "bits",
                        ("Shannon entropy, to base 2, of the L2 distances of all pairs of tokens in %,d bins of equal "
                                        + "width from the smallest to the largest")
                                .formatted(l2.bins()),
                        l2.entropy())
                .add("linf", "bits", "the same of the L-infinity distances", lInfinity.entropy())
                .add("bins", "", "how many bins; their logarithm to base 2 is the most there can be", p -> l2.bins())
                .table();
    }
}
