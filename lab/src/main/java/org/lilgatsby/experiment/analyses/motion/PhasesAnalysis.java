package org.lilgatsby.experiment.analyses.motion;

import java.io.IOException;
import org.lilgatsby.analysis.Group;
import org.lilgatsby.experiment.analyses.Analysis;
import org.lilgatsby.experiment.analyses.AnalysisContext;
import org.lilgatsby.experiment.analyses.AnalysisTable;
import org.lilgatsby.experiment.analyses.Names;
import org.lilgatsby.experiment.analyses.Selection;

/** The analysis {@code phases}. */
public final class PhasesAnalysis implements Analysis {
    @Override
    public String name() {
        return "phases";
    }

    @Override
    public String asks() {
        return "When did the phases of each group end?";
    }

    @Override
    public Scope scope() {
        return Scope.WHOLE;
    }

    @Override
    public AnalysisTable table(AnalysisContext run, Selection selection) throws IOException {
        AnalysisTable.Rows table =
                PhaseTable.withColumns(new AnalysisTable.Rows().column("tokens", "", "of which the last one decides"));
        for (Group group : Group.values()) {
            PhaseTable.addRow(
                    run,
                    table,
                    Names.of(group),
                    run.evolution(selection).regimes().get(group).phases());
        }
        return table.table();
    }
}
