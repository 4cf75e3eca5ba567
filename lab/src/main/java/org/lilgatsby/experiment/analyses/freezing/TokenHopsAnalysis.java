package org.lilgatsby.experiment.analyses.freezing;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.lilgatsby.analysis.HopCounts;
import org.lilgatsby.experiment.analyses.Analysis;
import org.lilgatsby.experiment.analyses.AnalysisContext;
import org.lilgatsby.experiment.analyses.AnalysisParameters;
import org.lilgatsby.experiment.analyses.AnalysisTable;
import org.lilgatsby.experiment.analyses.Selection;

/** The analysis {@code token-hops}. */
public final class TokenHopsAnalysis implements Analysis {
    @Override
    public String name() {
        return "token-hops";
    }

    @Override
    public String asks() {
        return "How well does the hop boundary predict when each token moves?";
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
        return Hops.missing(run);
    }

    @Override
    public Set<AnalysisParameters.Name> takes() {
        return Set.of(AnalysisParameters.Name.THRESHOLD);
    }

    @Override
    public AnalysisTable table(AnalysisContext run, Selection selection) throws IOException {
        List<HopCounts> ofTokens = Hops.of(run, selection).ofTokens(run.kernels());
        AnalysisTable.Rows table = Hops.withColumns(new AnalysisTable.Rows().column("token", "", "its id"));
        for (int token : run.tokens(selection).toArray()) {
            Hops.addRow(table, token, ofTokens.get(token));
        }
        return table.table();
    }
}
