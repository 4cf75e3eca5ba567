package org.lilgatsby.experiment.analyses.motion;

import java.io.IOException;
import org.lilgatsby.analysis.TokenChange;
import org.lilgatsby.experiment.analyses.Analysis;
import org.lilgatsby.experiment.analyses.AnalysisContext;
import org.lilgatsby.experiment.analyses.AnalysisTable;
import org.lilgatsby.experiment.analyses.Selection;

/** The analysis {@code token-change}. */
public final class TokenChangeAnalysis implements Analysis {
    @Override
    public String name() {
        return "token-change";
    }

    @Override
    public String asks() {
        return "How far is each token from where it began, |W[t] - W[0]|?";
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
    public AnalysisTable table(AnalysisContext run, Selection selection) throws IOException {
        AnalysisTable.Rows table = new AnalysisTable.Rows()
                .column("token", "", "its id")
                .column("l2", "W", "L2 norm of its change")
                .column("linf", "W", "L-infinity norm of its change");
        for (TokenChange change :
                TokenChange.of(run.embeddings().first(), run.oneMatrix(selection), run.tokens(selection))) {
            table.row(change.token(), change.l2(), change.lInfinity());
        }
        return table.table();
    }
}
