package org.lilgatsby.experiment.analyses.structure;

import java.io.IOException;
import java.util.Optional;
import java.util.Set;
import org.lilgatsby.analysis.Adjacency;
import org.lilgatsby.analysis.Tokens;
import org.lilgatsby.experiment.Figures;
import org.lilgatsby.experiment.analyses.Analysis;
import org.lilgatsby.experiment.analyses.AnalysisContext;
import org.lilgatsby.experiment.analyses.AnalysisParameters;
import org.lilgatsby.experiment.analyses.AnalysisTable;
import org.lilgatsby.experiment.analyses.Selection;

/** The analysis {@code components}. */
public final class ComponentsAnalysis implements Analysis {
    @Override
    public String name() {
        return "components";
    }

    @Override
    public String asks() {
        return "Which distinct rows are connected within 2 epsilon, or within a threshold?";
    }

    @Override
    public Scope scope() {
        return Scope.ONE_STATE;
    }

    @Override
    public Set<AnalysisParameters.Name> takes() {
        return Set.of(AnalysisParameters.Name.THRESHOLD, AnalysisParameters.Name.METRIC);
    }

    @Override
    public Optional<String> missing(AnalysisContext run) {
        return run.missing().embeddings();
    }

    @Override
    public AnalysisTable table(AnalysisContext run, Selection selection) throws IOException {
        AnalysisTable.Rows table = new AnalysisTable.Rows()
                .column("component", "", "1 for the largest")
                .column("nodes", "", "distinct rows in it")
                .column("tokens", "", "one id for each of them, the smallest");
        int number = 1;
        for (Tokens component : Adjacency.componentsOf(
                run.oneMatrix(selection), run.tokens(selection), AnalysisContext.threshold(selection))) {
            table.row(number++, component.size(), Figures.ids(component.toArray()));
        }
        return table.table();
    }
}
