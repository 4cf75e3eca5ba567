package org.lilgatsby.experiment.analyses.motion;

import java.io.IOException;
import java.util.Optional;
import org.lilgatsby.analysis.Escape;
import org.lilgatsby.analysis.Escape.Departure;
import org.lilgatsby.experiment.analyses.Analysis;
import org.lilgatsby.experiment.analyses.AnalysisContext;
import org.lilgatsby.experiment.analyses.AnalysisTable;
import org.lilgatsby.experiment.analyses.Selection;

/** The analysis {@code token-escape}. */
public final class TokenEscapeAnalysis implements Analysis {
    @Override
    public String name() {
        return "token-escape";
    }

    @Override
    public String asks() {
        return "When did each token leave the dead group, by three criteria?";
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
        return Escapes.missing(run);
    }

    @Override
    public AnalysisTable table(AnalysisContext run, Selection selection) throws IOException {
        AnalysisTable.Rows table = new AnalysisTable.Rows()
                .column("token", "", "its id")
                .column("row_first", "", "first step at which its row equals that of no (other) dead token")
                .column("row_for_good", "", "first step from which that holds")
                .column("step_first", "", "first step longer than every dead token's in the same update")
                .column("step_for_good", "", "first step from which that holds")
                .column(
                        "component_first",
                        "",
                        "first step at which it is not in the component that holds most dead tokens, within 2 "
                                + "epsilon")
                .column("component_for_good", "", "first step from which that holds");
        for (Escape e : Escapes.of(run)) {
            if (run.tokens(selection).contains(e.token())) {
                table.row(
                        e.token(),
                        AnalysisTable.Never.unless(e.byRows().first(), Departure.NEVER),
                        AnalysisTable.Never.unless(e.byRows().forGood(), Departure.NEVER),
                        AnalysisTable.Never.unless(e.byStepSize().first(), Departure.NEVER),
                        AnalysisTable.Never.unless(e.byStepSize().forGood(), Departure.NEVER),
                        AnalysisTable.Never.unless(e.byComponent().first(), Departure.NEVER),
                        AnalysisTable.Never.unless(e.byComponent().forGood(), Departure.NEVER));
            }
        }
        return table.table();
    }
}
