package org.lilgatsby.experiment.analyses.structure;

import java.io.IOException;
import org.lilgatsby.analysis.CensusSeries;
import org.lilgatsby.analysis.CountSeries;
import org.lilgatsby.experiment.analyses.Analysis;
import org.lilgatsby.experiment.analyses.AnalysisContext;
import org.lilgatsby.experiment.analyses.AnalysisTable;
import org.lilgatsby.experiment.analyses.Selection;

/** The analysis {@code settled}. */
public final class SettledAnalysis implements Analysis {
    @Override
    public String name() {
        return "settled";
    }

    @Override
    public String asks() {
        return "From which step does a count no longer change?";
    }

    @Override
    public Scope scope() {
        return Scope.WHOLE;
    }

    @Override
    public AnalysisTable table(AnalysisContext run, Selection selection) throws IOException {
        CensusSeries census = run.evolution(selection).census().get(selection.group());
        AnalysisTable.Rows table = new AnalysisTable.Rows()
                .column("count", "", "what is counted")
                .column("value", "", "its last value")
                .column("since_step", "", "the first step from which it no longer changes");
        add(run, selection, table, "distinct rows", census.distinct());
        add(run, selection, table, "black holes", census.blackHoles());
        add(run, selection, table, "tokens in black holes", census.tokensInBlackHoles());
        add(run, selection, table, "largest", census.largest());
        return table.table();
    }

    private static void add(
            AnalysisContext run, Selection selection, AnalysisTable.Rows table, String name, CountSeries counts)
            throws IOException {
        table.row(name, counts.last(), run.evolution(selection).step(counts.settledFrom()));
    }
}
