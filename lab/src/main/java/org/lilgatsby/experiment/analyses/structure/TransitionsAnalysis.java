package org.lilgatsby.experiment.analyses.structure;

import java.io.IOException;
import org.lilgatsby.analysis.CensusSeries;
import org.lilgatsby.experiment.analyses.Analysis;
import org.lilgatsby.experiment.analyses.AnalysisContext;
import org.lilgatsby.experiment.analyses.AnalysisTable;
import org.lilgatsby.experiment.analyses.Names;
import org.lilgatsby.experiment.analyses.Selection;

/** The analysis {@code transitions}. */
public final class TransitionsAnalysis implements Analysis {
    @Override
    public String name() {
        return "transitions";
    }

    @Override
    public String asks() {
        return "What did each step that changed them do to the black holes: evaporation, condensation, "
                + "coalescence, fragmentation?";
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
        AnalysisTable.Rows table = new AnalysisTable.Rows()
                .column(
                        "kind",
                        "",
                        "evaporation (P fell, C did not rise), condensation (P rose, C did not fall), coalescence "
                                + "(C fell, P did not), fragmentation (C rose, P did not)")
                .column("step", "", "the update at which it happened")
                .column("black_holes", "", "change of C")
                .column("tokens_in_them", "", "change of P");
        for (CensusSeries.Transition transition :
                run.evolution(selection).census().get(selection.group()).transitions()) {
            int step = run.evolution(selection).step(transition.place());
            if (selection.shows(step)) {
                table.row(Names.of(transition.kind()), step, transition.blackHoles(), transition.tokensInBlackHoles());
            }
        }
        return table.table();
    }
}
