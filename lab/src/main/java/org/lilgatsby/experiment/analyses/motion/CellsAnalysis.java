package org.lilgatsby.experiment.analyses.motion;

import java.io.IOException;
import java.util.Optional;
import org.lilgatsby.experiment.analyses.Analysis;
import org.lilgatsby.experiment.analyses.AnalysisContext;
import org.lilgatsby.experiment.analyses.AnalysisTable;
import org.lilgatsby.experiment.analyses.Selection;

/** The analysis {@code cells}. */
public final class CellsAnalysis implements Analysis {
    @Override
    public String name() {
        return "cells";
    }

    @Override
    public String asks() {
        return "How many cells of the lattice did the tokens cross in one step? "
                + "A change of sign crosses all tiny values.";
    }

    @Override
    public Scope scope() {
        return Scope.OVER_TIME;
    }

    @Override
    public Optional<String> missing(AnalysisContext run) {
        return run.missing().motion();
    }

    @Override
    public AnalysisTable table(AnalysisContext run, Selection selection) throws IOException {
        return LatticeTable.of(
                run,
                selection,
                run.evolution(selection).lattice().get(selection.group()).cells(),
                "cells");
    }
}
