package org.lilgatsby.experiment.analyses.structure;

import java.io.IOException;
import java.util.Optional;
import java.util.Set;
import org.lilgatsby.experiment.analyses.Analysis;
import org.lilgatsby.experiment.analyses.AnalysisContext;
import org.lilgatsby.experiment.analyses.AnalysisParameters;
import org.lilgatsby.experiment.analyses.AnalysisTable;
import org.lilgatsby.experiment.analyses.Selection;

/** The analysis {@code adjacency}. */
public final class AdjacencyAnalysis implements Analysis {
    @Override
    public String name() {
        return "adjacency";
    }

    @Override
    public String asks() {
        return "How many distinct rows lie within 2 epsilon of each other (L-infinity; epsilon = "
                + "centroid norm x 2^-7), or within a threshold?";
    }

    @Override
    public Scope scope() {
        return Scope.OVER_TIME;
    }

    @Override
    public Set<AnalysisParameters.Name> takes() {
        return Set.of(AnalysisParameters.Name.THRESHOLD, AnalysisParameters.Name.METRIC);
    }

    @Override
    public Optional<String> missing(AnalysisContext run) {
        return run.missing().pairs();
    }

    @Override
    public AnalysisTable table(AnalysisContext run, Selection selection) throws IOException {
        return AdjacencyTable.of(run, selection, 0);
    }
}
