package org.lilgatsby.experiment.analyses.freezing;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.lilgatsby.analysis.TokenLife;
import org.lilgatsby.experiment.analyses.Analysis;
import org.lilgatsby.experiment.analyses.AnalysisContext;
import org.lilgatsby.experiment.analyses.AnalysisTable;
import org.lilgatsby.experiment.analyses.Chart;
import org.lilgatsby.experiment.analyses.Selection;
import org.lilgatsby.recording.Observables;

/** The analysis {@code token-life}. */
public final class TokenLifeAnalysis implements Analysis {
    @Override
    public String name() {
        return "token-life";
    }

    @Override
    public String asks() {
        return "When did each token take its last step of each size, in cells?";
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
        return run.missing().motionOr(Observables.LAST_MOVES, Observables.LAST_MOTION);
    }

    @Override
    public Optional<String> basis(AnalysisContext run) {
        return run.missing().basis(Lives.figures(run), "");
    }

    @Override
    public Optional<Chart> chart() {
        return Optional.of(Chart.ofTokens(
                "The life of every token",
                "Each token is a bar, sorted by the end of its motion: up to its last step with L2 > 1,000 cells, with "
                        + "L2 > sqrt(D), with L-infinity > 1, and with any motion; above that it stands still.",
                List.of("l2_1000", "l2_sqrt_d", "linf_1", "l1_0")));
    }

    @Override
    public AnalysisTable table(AnalysisContext run, Selection selection) throws IOException {
        return Lives.table(run, selection, TokenLife.Scale.CELLS);
    }
}
