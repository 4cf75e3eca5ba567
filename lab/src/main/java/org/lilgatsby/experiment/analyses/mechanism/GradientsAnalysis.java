package org.lilgatsby.experiment.analyses.mechanism;

import java.io.IOException;
import java.util.Optional;
import java.util.function.IntFunction;
import org.lilgatsby.analysis.GradientShape;
import org.lilgatsby.analysis.History;
import org.lilgatsby.analysis.Tokens;
import org.lilgatsby.experiment.analyses.Analysis;
import org.lilgatsby.experiment.analyses.AnalysisContext;
import org.lilgatsby.experiment.analyses.AnalysisTable;
import org.lilgatsby.experiment.analyses.Selection;
import org.lilgatsby.recording.Observables;

/** The analysis {@code gradients}. */
public final class GradientsAnalysis implements Analysis {
    @Override
    public String name() {
        return "gradients";
    }

    @Override
    public String asks() {
        return "Which gradients do the tokens receive, before clipping, and do they point the same way?";
    }

    @Override
    public Scope scope() {
        return Scope.OVER_TIME;
    }

    @Override
    public Optional<String> missing(AnalysisContext run) {
        return run.missing().updatesOf(Observables.GRADS, "gradients");
    }

    @Override
    public AnalysisTable table(AnalysisContext run, Selection selection) throws IOException {
        History gradients = run.history(Observables.GRADS).orElseThrow();
        Tokens tokens = run.tokens(selection);
        int[] places = run.updates(gradients, selection);
        IntFunction<GradientShape> shapes =
                AnalysisContext.each(places, place -> GradientShape.of(gradients.matrix(place), tokens));
        return new AnalysisTable.OverTime(places, gradients::step)
                .add(
                        "norm_mean",
                        "nats/W",
                        "L2 norm of the gradient, mean over the tokens",
                        place -> shapes.apply(place).norms().mean())
                .add(
                        "norm_max",
                        "nats/W",
                        "largest",
                        place -> shapes.apply(place).norms().max())
                .add(
                        "distinct",
                        "",
                        "gradients that differ bit for bit",
                        place -> shapes.apply(place).distinct())
                .add(
                        "zero",
                        "",
                        "tokens whose gradient is exactly zero",
                        place -> shapes.apply(place).zeros())
                .add(
                        "cos_mean",
                        "",
                        "cosine of the angle between two tokens' gradients, mean over all pairs",
                        place -> shapes.apply(place).cosines().mean())
                .add(
                        "cos_min",
                        "",
                        "smallest",
                        place -> shapes.apply(place).cosines().min())
                .add(
                        "pc1_share",
                        "",
                        "share of their variance along the first principal component",
                        place -> shapes.apply(place).firstShare())
                .add(
                        "dims_90",
                        "",
                        "fewest principal components that hold 90 % of it",
                        place -> shapes.apply(place).dimensions90())
                .table();
    }
}
