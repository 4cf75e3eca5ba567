package org.lilgatsby.experiment.analyses.structure;

import java.io.IOException;
import java.util.stream.Collectors;
import org.lilgatsby.analysis.GroupEvent;
import org.lilgatsby.analysis.Tokens;
import org.lilgatsby.experiment.Figures;
import org.lilgatsby.experiment.analyses.Analysis;
import org.lilgatsby.experiment.analyses.AnalysisContext;
import org.lilgatsby.experiment.analyses.AnalysisTable;
import org.lilgatsby.experiment.analyses.Names;
import org.lilgatsby.experiment.analyses.Selection;

/** The analysis {@code events}. */
public final class EventsAnalysis implements Analysis {
    @Override
    public String name() {
        return "events";
    }

    @Override
    public String asks() {
        return "Which groups of equal rows split or joined at which step, and who was in them?";
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
                .column("kind", "", "fission or merger")
                .column("step", "", "the update at which it happened")
                .column("population", "", "tokens in the group before its fission, or after its merger")
                .column("parts", "", "ids of the tokens in each part that it split into or was formed from");
        for (GroupEvent event : run.evolution(selection).events().get(selection.group())) {
            if (selection.shows(event.step())) {
                String parts = event.parts().stream()
                        .map(Tokens::toArray)
                        .map(Figures::ids)
                        .collect(Collectors.joining(" | "));
                table.row(Names.of(event.kind()), event.step(), event.whole().size(), parts);
            }
        }
        return table.table();
    }
}
