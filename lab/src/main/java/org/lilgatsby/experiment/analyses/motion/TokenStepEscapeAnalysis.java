package org.lilgatsby.experiment.analyses.motion;

import java.io.IOException;
import java.util.Optional;
import java.util.Set;
import org.lilgatsby.analysis.Escape.Departure;
import org.lilgatsby.analysis.StepEscape;
import org.lilgatsby.analysis.Threshold;
import org.lilgatsby.experiment.analyses.Analysis;
import org.lilgatsby.experiment.analyses.AnalysisContext;
import org.lilgatsby.experiment.analyses.AnalysisParameters;
import org.lilgatsby.experiment.analyses.AnalysisTable;
import org.lilgatsby.experiment.analyses.Selection;

/** The analysis {@code token-step-escape}. */
public final class TokenStepEscapeAnalysis implements Analysis {
    @Override
    public String name() {
        return "token-step-escape";
    }

    @Override
    public String asks() {
        return "When did each token make a step longer than a threshold?";
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
    public Set<AnalysisParameters.Name> takes() {
        return Set.of(AnalysisParameters.Name.THRESHOLD, AnalysisParameters.Name.METRIC);
    }

    @Override
    public Optional<String> missing(AnalysisContext run) {
        return run.missing().motion();
    }

    @Override
    public AnalysisTable table(AnalysisContext run, Selection selection) throws IOException {
        Threshold.Absolute threshold = StepThreshold.of(selection);
        AnalysisTable.Rows table = new AnalysisTable.Rows()
                .column("token", "", "its id")
                .column(
                        "threshold",
                        StepThreshold.unit(threshold),
                        "a longer step, by " + threshold.metric() + ", is an escape")
                .column("first", "", "its first such step")
                .column("for_good", "", "the first step from which it has only such steps")
                .column("steps", "", "such steps of it");
        for (StepEscape escape : StepEscape.of(run.embeddings(), run.tokens(selection), threshold, run.kernels())) {
            table.row(
                    escape.token(),
                    threshold.distance(),
                    AnalysisTable.Never.unless(escape.departure().first(), Departure.NEVER),
                    AnalysisTable.Never.unless(escape.departure().forGood(), Departure.NEVER),
                    escape.steps());
        }
        return table.table();
    }
}
