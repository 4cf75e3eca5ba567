package org.lilgatsby.experiment.analyses.mechanism;

import java.io.IOException;
import java.util.Optional;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.lilgatsby.analysis.GradientStep;
import org.lilgatsby.analysis.History;
import org.lilgatsby.analysis.Tokens;
import org.lilgatsby.experiment.analyses.Analysis;
import org.lilgatsby.experiment.analyses.AnalysisContext;
import org.lilgatsby.experiment.analyses.AnalysisTable;
import org.lilgatsby.experiment.analyses.Selection;
import org.lilgatsby.recording.Observables;

/** The analysis {@code gradient-step}. */
public final class GradientStepAnalysis implements Analysis {
    @Override
    public String name() {
        return "gradient-step";
    }

    @Override
    public String asks() {
        return "Do the tokens step down their gradients, and how far?";
    }

    @Override
    public Scope scope() {
        return Scope.OVER_TIME;
    }

    @Override
    public Optional<String> missing(AnalysisContext run) {
        return run.missing().updatesOf(Observables.GRADS, "gradients").or(run.missing()::motion);
    }

    @Override
    public AnalysisTable table(AnalysisContext run, Selection selection) throws IOException {
        History gradients = run.history(Observables.GRADS).orElseThrow();
        History w = run.embeddings();
        Tokens tokens = run.tokens(selection);
        int[] places = IntStream.of(run.places(selection))
                .filter(place -> place > 0 && w.step(place) == w.step(place - 1) + 1)
                .toArray();
        IntFunction<GradientStep> found = AnalysisContext.each(
                places,
                place -> GradientStep.of(w.matrix(place - 1), w.matrix(place), gradients.matrix(place), tokens));
        return new AnalysisTable.OverTime(places, w::step)
                .add(
                        "cosine",
                        "",
                        "cosine of the angle between a token's gradient and its step, mean: -1 straight down",
                        place -> found.apply(place).cosines().mean())
                .add(
                        "cosine_min",
                        "",
                        "smallest",
                        place -> found.apply(place).cosines().min())
                .add(
                        "cosine_max",
                        "",
                        "largest",
                        place -> found.apply(place).cosines().max())
                .add(
                        "ratio",
                        "W^2/nats",
                        "L2 norm of the step over that of the gradient, median",
                        place -> found.apply(place).ratios().median())
                .add(
                        "still",
                        "",
                        "tokens with a gradient that did not move",
                        place -> found.apply(place).still())
                .add(
                        "unasked",
                        "",
                        "tokens without a gradient that moved",
                        place -> found.apply(place).unasked())
                .table();
    }
}
