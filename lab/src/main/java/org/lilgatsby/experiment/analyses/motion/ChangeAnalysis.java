package org.lilgatsby.experiment.analyses.motion;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.IntFunction;
import org.lilgatsby.analysis.History;
import org.lilgatsby.analysis.Matrix;
import org.lilgatsby.analysis.Summary;
import org.lilgatsby.analysis.TokenChange;
import org.lilgatsby.analysis.Tokens;
import org.lilgatsby.experiment.analyses.Analysis;
import org.lilgatsby.experiment.analyses.AnalysisContext;
import org.lilgatsby.experiment.analyses.AnalysisTable;
import org.lilgatsby.experiment.analyses.Chart;
import org.lilgatsby.experiment.analyses.Selection;

/** The analysis {@code change}. */
public final class ChangeAnalysis implements Analysis {
    @Override
    public String name() {
        return "change";
    }

    @Override
    public String asks() {
        return "How far are the tokens from where they began, |W[t] - W[0]|?";
    }

    @Override
    public Scope scope() {
        return Scope.OVER_TIME;
    }

    @Override
    public Optional<Chart> chart() {
        return Optional.of(new Chart(
                "Change from the start",
                "How far the tokens are from where they began, |W[t] - W[0]|, by L2 norm. Dead tokens that only "
                        + "drift together rise together.",
                "L2 distance, in the unit of W",
                List.of("l2_mean", "l2_median", "l2_max"),
                true));
    }

    @Override
    public AnalysisTable table(AnalysisContext run, Selection selection) throws IOException {
        History embeddings = run.embeddings();
        Matrix start = embeddings.first();
        Tokens tokens = run.tokens(selection);
        IntFunction<Changes> changes = AnalysisContext.each(
                run.places(selection), place -> Changes.of(TokenChange.of(start, embeddings.matrix(place), tokens)));
        return run.overTime(selection)
                .add(
                        "l2_mean",
                        "W",
                        "L2 norm of a token's change, mean over the tokens",
                        p -> changes.apply(p).l2().mean())
                .add("l2_median", "W", "median", p -> changes.apply(p).l2().median())
                .add("l2_max", "W", "largest", p -> changes.apply(p).l2().max())
                .add(
                        "linf_mean",
                        "W",
                        "L-infinity norm of a token's change, mean over the tokens",
                        p -> changes.apply(p).lInfinity().mean())
                .add(
                        "linf_max",
                        "W",
                        "largest",
                        p -> changes.apply(p).lInfinity().max())
                .add(
                        "unchanged",
                        "",
                        "tokens whose change is exactly zero",
                        p -> changes.apply(p).unchanged())
                .table();
    }

    /** The changes of a group at one state. */
    private record Changes(Summary l2, Summary lInfinity, int unchanged) {
        static Changes of(List<TokenChange> changes) {
            double[] l2 = changes.stream().mapToDouble(TokenChange::l2).toArray();
            double[] lInfinity =
                    changes.stream().mapToDouble(TokenChange::lInfinity).toArray();
            int unchanged =
                    (int) Arrays.stream(lInfinity).filter(norm -> norm == 0).count();
            return new Changes(Summary.of(l2), Summary.of(lInfinity), unchanged);
        }
    }
}
