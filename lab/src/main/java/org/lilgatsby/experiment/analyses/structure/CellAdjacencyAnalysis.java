package org.lilgatsby.experiment.analyses.structure;

import java.io.IOException;
import java.util.Optional;
import org.lilgatsby.experiment.analyses.Analysis;
import org.lilgatsby.experiment.analyses.AnalysisContext;
import org.lilgatsby.experiment.analyses.AnalysisTable;
import org.lilgatsby.experiment.analyses.Selection;

/** The analysis {@code cell-adjacency}. */
public final class CellAdjacencyAnalysis implements Analysis {
    @Override
    public String name() {
        return "cell-adjacency";
    }

    @Override
    public String asks() {
        return "How many distinct rows are lattice neighbours, no component further than one cell?";
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
        return AdjacencyTable.of(run, selection, 1);
    }
}
