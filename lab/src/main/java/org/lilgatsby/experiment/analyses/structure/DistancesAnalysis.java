package org.lilgatsby.experiment.analyses.structure;

import java.io.IOException;
import java.util.Optional;
import org.lilgatsby.experiment.analyses.Analysis;
import org.lilgatsby.experiment.analyses.AnalysisContext;
import org.lilgatsby.experiment.analyses.AnalysisTable;
import org.lilgatsby.experiment.analyses.Selection;

/** The analysis {@code distances}. */
public final class DistancesAnalysis implements Analysis {
    @Override
    public String name() {
        return "distances";
    }

    @Override
    public String asks() {
        return "How far are the tokens of all pairs apart by L2 norm; equal rows at exactly 0?";
    }

    @Override
    public Scope scope() {
        return Scope.OVER_TIME;
    }

    @Override
    public Optional<String> missing(AnalysisContext run) {
        return run.missing().pairs();
    }

    @Override
    public AnalysisTable table(AnalysisContext run, Selection selection) throws IOException {
        return DistanceTable.of(run, selection, run.geometry(selection).l2());
    }
}
