package org.lilgatsby.experiment.analyses.freezing;

import java.io.IOException;
import java.util.Optional;
import org.lilgatsby.analysis.TokenLife;
import org.lilgatsby.experiment.analyses.Analysis;
import org.lilgatsby.experiment.analyses.AnalysisContext;
import org.lilgatsby.experiment.analyses.AnalysisTable;
import org.lilgatsby.experiment.analyses.Selection;

/** The analysis {@code token-life-ulp}. */
public final class TokenLifeUlpAnalysis implements Analysis {
    @Override
    public String name() {
        return "token-life-ulp";
    }

    @Override
    public String asks() {
        return "When did each token take its last step of each size, in ULP?";
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
        return run.missing().motion();
    }

    @Override
    public AnalysisTable table(AnalysisContext run, Selection selection) throws IOException {
        return Lives.table(run, selection, TokenLife.Scale.ULP);
    }
}
