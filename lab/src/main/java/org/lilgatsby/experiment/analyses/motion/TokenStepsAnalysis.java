package org.lilgatsby.experiment.analyses.motion;

import java.io.IOException;
import java.util.Optional;
import org.lilgatsby.analysis.TokenSteps;
import org.lilgatsby.experiment.analyses.Analysis;
import org.lilgatsby.experiment.analyses.AnalysisContext;
import org.lilgatsby.experiment.analyses.AnalysisTable;
import org.lilgatsby.experiment.analyses.Selection;

/** The analysis {@code token-steps}. */
public final class TokenStepsAnalysis implements Analysis {
    @Override
    public String name() {
        return "token-steps";
    }

    @Override
    public String asks() {
        return "In how many steps did each token stand still, and how many speeds did it have?";
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
    public Optional<String> missing(AnalysisContext run) {
        return run.missing().motion();
    }

    @Override
    public AnalysisTable table(AnalysisContext run, Selection selection) throws IOException {
        AnalysisTable.Rows table = new AnalysisTable.Rows()
                .column("token", "", "its id")
                .column("steps", "", "recorded steps")
                .column("still", "", "steps of exactly zero")
                .column("still_share", "", "share of them")
                .column("distinct_speeds", "", "distinct L2 norms of its steps, zero included")
                .column("mean", "W", "mean L2 norm of its steps")
                .column("max", "W", "largest");
        for (TokenSteps steps : TokenSteps.of(run.embeddings(), run.tokens(selection), run.kernels())) {
            table.row(
                    steps.token(),
                    steps.steps(),
                    steps.still(),
                    steps.stillShare(),
                    steps.distinctSpeeds(),
                    steps.mean(),
                    steps.max());
        }
        return table.table();
    }
}
