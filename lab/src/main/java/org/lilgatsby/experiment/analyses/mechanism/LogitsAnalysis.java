package org.lilgatsby.experiment.analyses.mechanism;

import java.io.IOException;
import java.util.Optional;
import java.util.function.IntFunction;
import org.lilgatsby.analysis.History;
import org.lilgatsby.analysis.LogitShape;
import org.lilgatsby.analysis.Tokens;
import org.lilgatsby.experiment.analyses.Analysis;
import org.lilgatsby.experiment.analyses.AnalysisContext;
import org.lilgatsby.experiment.analyses.AnalysisTable;
import org.lilgatsby.experiment.analyses.Selection;
import org.lilgatsby.recording.Observables;

/** The analysis {@code logits}. */
public final class LogitsAnalysis implements Analysis {
    @Override
    public String name() {
        return "logits";
    }

    @Override
    public String asks() {
        return "What does the model predict at the first sequence's last position?";
    }

    @Override
    public Scope scope() {
        return Scope.OVER_TIME;
    }

    @Override
    public Optional<String> missing(AnalysisContext run) {
        return run.missing().updatesOf(Observables.LOGITS, "logits").or(run.missing()::everyRow);
    }

    @Override
    public AnalysisTable table(AnalysisContext run, Selection selection) throws IOException {
        History logits = run.history(Observables.LOGITS).orElseThrow();
        Tokens dead = run.split().dead();
        int[] places = run.updates(logits, selection);
        IntFunction<LogitShape> shapes = AnalysisContext.each(
                places, place -> LogitShape.of(logits.matrix(place).values(0), dead));
        return new AnalysisTable.OverTime(places, logits::step)
                .add(
                        "spread",
                        "nats",
                        "largest minus smallest logit",
                        place -> shapes.apply(place).spread())
                .add(
                        "entropy",
                        "bits",
                        "entropy of the prediction",
                        place -> shapes.apply(place).entropyBits())
                .add(
                        "gini",
                        "",
                        "Gini coefficient of the probabilities: 0 if all are equal",
                        place -> shapes.apply(place).gini())
                .add(
                        "top_1",
                        "",
                        "probability of the most probable token",
                        place -> shapes.apply(place).top1())
                .add(
                        "top_10",
                        "",
                        "probability of the ten most probable together",
                        place -> shapes.apply(place).top10())
                .add(
                        "dead_spread",
                        "nats",
                        "largest minus smallest logit of a dead token",
                        place -> shapes.apply(place).deadSpread())
                .add(
                        "dead_mass",
                        "",
                        "probability of all dead tokens together",
                        place -> shapes.apply(place).deadMass())
                .table();
    }
}
