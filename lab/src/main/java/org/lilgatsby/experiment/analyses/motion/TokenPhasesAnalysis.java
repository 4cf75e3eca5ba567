package org.lilgatsby.experiment.analyses.motion;

import java.io.IOException;
import org.lilgatsby.experiment.analyses.Analysis;
import org.lilgatsby.experiment.analyses.AnalysisContext;
import org.lilgatsby.experiment.analyses.AnalysisTable;
import org.lilgatsby.experiment.analyses.Selection;

/** The analysis {@code token-phases}. */
public final class TokenPhasesAnalysis implements Analysis {
    @Override
    public String name() {
        return "token-phases";
    }

    @Override
    public String asks() {
        return "When did the phases of each token end?";
    }

    @Override
    public Scope scope() {
        return Scope.WHOLE;
    }

    @Override
    public boolean inOverview() {
        return false;
    }

    @Override
    public AnalysisTable table(AnalysisContext run, Selection selection) throws IOException {
        AnalysisTable.Rows table = PhaseTable.withColumns(new AnalysisTable.Rows().column("token", "", "its id"));
        for (int token : run.tokens(selection).toArray()) {
            PhaseTable.addRow(
                    run, table, token, run.evolution(selection).phases().get(token));
        }
        return table.table();
    }
}
