package org.lilgatsby.experiment.analyses.structure;

import java.io.IOException;
import org.lilgatsby.analysis.CensusSeries;
import org.lilgatsby.experiment.analyses.Analysis;
import org.lilgatsby.experiment.analyses.AnalysisContext;
import org.lilgatsby.experiment.analyses.AnalysisTable;
import org.lilgatsby.experiment.analyses.Selection;

/** The analysis {@code ranks}. */
public final class RanksAnalysis implements Analysis {
    private static final int RANKS = 8;

    @Override
    public String name() {
        return "ranks";
    }

    @Override
    public String asks() {
        return "How many tokens share the most common row, the second most common, and so on?";
    }

    @Override
    public Scope scope() {
        return Scope.OVER_TIME;
    }

    @Override
    public AnalysisTable table(AnalysisContext run, Selection selection) throws IOException {
        CensusSeries census = run.evolution(selection).census().get(selection.group());
        AnalysisTable.OverTime table = run.overTime(selection);
        for (int rank = 1; rank <= RANKS; rank++) {
            table.add(
                    "rank_" + rank,
                    "",
                    "tokens that share the row of this rank; 0 if there is none",
                    census.demographics().rank(rank - 1));
        }
        return table.table();
    }
}
