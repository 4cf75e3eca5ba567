package org.lilgatsby.experiment.analyses.freezing;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.lilgatsby.analysis.Group;
import org.lilgatsby.analysis.HopCounts;
import org.lilgatsby.experiment.analyses.Analysis;
import org.lilgatsby.experiment.analyses.AnalysisContext;
import org.lilgatsby.experiment.analyses.AnalysisParameters;
import org.lilgatsby.experiment.analyses.AnalysisTable;
import org.lilgatsby.experiment.analyses.Names;
import org.lilgatsby.experiment.analyses.Selection;

/** The analysis {@code hops}. */
public final class HopsAnalysis implements Analysis {
    @Override
    public String name() {
        return "hops";
    }

    @Override
    public String asks() {
        return "How well does the hop boundary predict which tokens move, over the whole recording?";
    }

    @Override
    public Scope scope() {
        return Scope.WHOLE;
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
        AnalysisTable.Rows table =
                Hops.withColumns(new AnalysisTable.Rows().column("tokens", "", "whose steps are counted"));
        for (Group group : Group.values()) {
            HopCounts counts = IntStream.of(run.split().tokens(group).toArray())
                    .mapToObj(ofTokens::get)
                    .reduce(HopCounts.NONE, HopCounts::plus);
            Hops.addRow(table, Names.of(group), counts);
        }
        return table.table();
    }
}
