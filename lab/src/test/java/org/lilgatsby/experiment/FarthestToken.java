package org.lilgatsby.experiment;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.function.IntFunction;
import org.lilgatsby.analysis.History;
import org.lilgatsby.analysis.TokenChange;
import org.lilgatsby.analysis.Tokens;
import org.lilgatsby.experiment.analyses.Analysis;
import org.lilgatsby.experiment.analyses.AnalysisContext;
import org.lilgatsby.experiment.analyses.AnalysisTable;
import org.lilgatsby.experiment.analyses.Chart;
import org.lilgatsby.experiment.analyses.Selection;

/** How far the token came that came farthest. */
public final class FarthestToken implements Analysis {
    @Override
    public String name() {
        return "farthest";
    }

    @Override
    public String asks() {
        return "How far is the token from where it began that is farthest?";
    }

    @Override
    public Scope scope() {
        return Scope.OVER_TIME;
    }

    @Override
    public AnalysisTable table(AnalysisContext run, Selection selection) throws IOException {
        History w = run.embeddings();
        Tokens tokens = run.tokens(selection);
        IntFunction<Object> farthest = place -> TokenChange.of(w.first(), w.matrix(place), tokens).stream()
                .mapToDouble(TokenChange::l2)
                .max()
                .orElse(Double.NaN);
        return run.overTime(selection)
                .add("farthest", "W", "largest L2 norm of W[t] - W[0] of a token", farthest)
                .table();
    }

    @Override
    public Optional<Chart> chart() {
        return Optional.of(new Chart(
                "The token that came farthest", "Its distance from where it began.", List.of("farthest"), true));
    }
}
