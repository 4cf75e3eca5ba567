package org.lilgatsby.experiment.analyses.structure;

import java.io.IOException;
import org.lilgatsby.analysis.Group;
import org.lilgatsby.analysis.RisesAndFalls;
import org.lilgatsby.experiment.analyses.Analysis;
import org.lilgatsby.experiment.analyses.AnalysisContext;
import org.lilgatsby.experiment.analyses.AnalysisTable;
import org.lilgatsby.experiment.analyses.Names;
import org.lilgatsby.experiment.analyses.Selection;

/** The analysis {@code rises-and-falls}. */
public final class RisesAndFallsAnalysis implements Analysis {
    @Override
    public String name() {
        return "rises-and-falls";
    }

    @Override
    public String asks() {
        return "In how many steps did the number of black holes, C, rise and fall? (Published \"fissions\" "
                + "count its rises; events and rates count groups that split.)";
    }

    @Override
    public Scope scope() {
        return Scope.WHOLE;
    }

    @Override
    public AnalysisTable table(AnalysisContext run, Selection selection) throws IOException {
        AnalysisTable.Rows table = new AnalysisTable.Rows()
                .column("tokens", "", "whose black holes are counted")
                .column("first", "", "C in the first recorded state")
                .column("rises", "", "steps in which C rose, by however much")
                .column("risen", "", "by how much in all of them together")
                .column("falls", "", "steps in which C fell")
                .column("fallen", "", "by how much in all of them together")
                .column("last", "", "C in the last recorded state: first + risen - fallen");
        for (Group group : Group.values()) {
            RisesAndFalls found =
                    run.evolution(selection).census().get(group).blackHoles().risesAndFalls();
            table.row(
                    Names.of(group),
                    found.first(),
                    found.rises(),
                    found.risen(),
                    found.falls(),
                    found.fallen(),
                    found.last());
        }
        return table.table();
    }
}
