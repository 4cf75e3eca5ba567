package org.lilgatsby.experiment.analyses.structure;

import java.io.IOException;
import org.lilgatsby.analysis.EventRates;
import org.lilgatsby.analysis.Group;
import org.lilgatsby.experiment.analyses.Analysis;
import org.lilgatsby.experiment.analyses.AnalysisContext;
import org.lilgatsby.experiment.analyses.AnalysisTable;
import org.lilgatsby.experiment.analyses.Names;
import org.lilgatsby.experiment.analyses.Selection;

/** The analysis {@code rates}. */
public final class RatesAnalysis implements Analysis {
    @Override
    public String name() {
        return "rates";
    }

    @Override
    public String asks() {
        return "How often do groups of equal rows split and join, per token and update?";
    }

    @Override
    public Scope scope() {
        return Scope.WHOLE;
    }

    @Override
    public AnalysisTable table(AnalysisContext run, Selection selection) throws IOException {
        AnalysisTable.Rows table = new AnalysisTable.Rows()
                .column("tokens", "", "whose rows are watched; only tokens of the group count")
                .column("fissions", "", "groups of equal rows that split")
                .column("mergers", "", "groups of equal rows that formed or grew")
                .column("fission_rate", "", "fissions per token and update")
                .column("merger_rate", "", "mergers per token and update");
        for (Group group : Group.values()) {
            EventRates rates = EventRates.of(
                    run.evolution(selection).events().get(group),
                    run.split().tokens(group).size(),
                    run.lastStep());
            table.row(Names.of(group), rates.fissions(), rates.mergers(), rates.fissionRate(), rates.mergerRate());
        }
        return table.table();
    }
}
