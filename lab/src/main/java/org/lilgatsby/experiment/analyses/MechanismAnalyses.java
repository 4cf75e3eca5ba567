package org.lilgatsby.experiment.analyses;

import java.io.IOException;
import java.util.Optional;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.lilgatsby.analysis.GradientShape;
import org.lilgatsby.analysis.HiddenSeries;
import org.lilgatsby.analysis.History;
import org.lilgatsby.analysis.LogitShape;
import org.lilgatsby.analysis.Places;
import org.lilgatsby.analysis.Tokens;
import org.lilgatsby.archive.OptimizerAccounting;
import org.lilgatsby.experiment.analyses.Analysis.Scope;
import org.lilgatsby.recording.Observable;
import org.lilgatsby.recording.Observables;

/** What moves the tokens. These observables belong to updates; the state before any update has none. */
final class MechanismAnalyses {
    private MechanismAnalyses() {}

    /** The analysis {@code gradients}. */
    public static final class GradientsAnalysis extends DefinedAnalysis {
        /** For the catalog. */
        public GradientsAnalysis() {
            super(
                    "gradients",
                    "Which gradients do the tokens receive, before clipping, and do they point the same way?",
                    Scope.OVER_TIME,
                    true,
                    run -> needing(run, Observables.GRADS, "gradients"),
                    MechanismAnalyses::gradients);
        }
    }

    /** The analysis {@code logits}. */
    public static final class LogitsAnalysis extends DefinedAnalysis {
        /** For the catalog. */
        public LogitsAnalysis() {
            super(
                    "logits",
                    "What does the model predict at the first sequence's last position?",
                    Scope.OVER_TIME,
                    true,
                    run -> needing(run, Observables.LOGITS, "logits"),
                    MechanismAnalyses::logits);
        }
    }

    /** The analysis {@code mean-hidden}. */
    public static final class MeanHiddenAnalysis extends DefinedAnalysis {
        /** For the catalog. */
        public MeanHiddenAnalysis() {
            super(
                    "mean-hidden",
                    "Where does the mean hidden state point, and are the tokens pushed away from it?",
                    Scope.OVER_TIME,
                    true,
                    run -> needing(run, Observables.MEAN_HIDDEN, "mean hidden states")
                            .or(run::withoutMotion),
                    MechanismAnalyses::hidden);
        }
    }

    /** The analysis {@code optimizer}. */
    public static final class OptimizerAnalysis extends DefinedAnalysis {
        /** For the catalog. */
        public OptimizerAnalysis() {
            super(
                    "optimizer",
                    "Does W follow bit for bit from the W before, the recorded moments and the rounding rule?",
                    Scope.WHOLE,
                    true,
                    run -> OptimizerAccounting.missing(run.archive()),
                    MechanismAnalyses::optimizer);
        }
    }

    private static Optional<String> needing(AnalysisContext run, Observable observable, String inWords) {
        return run.without(observable, inWords).or(run::withoutUpdate);
    }

    private static AnalysisTable gradients(AnalysisContext run, Selection selection) throws IOException {
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

    private static AnalysisTable logits(AnalysisContext run, Selection selection) throws IOException {
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

    private static AnalysisTable hidden(AnalysisContext run, Selection selection) throws IOException {
        History states = run.history(Observables.MEAN_HIDDEN).orElseThrow();
        Places places = Places.of(run.places(selection));
        HiddenSeries hidden = HiddenSeries.of(states, run.embeddings(), run.tokens(selection), places);
        int[] updates =
                IntStream.of(run.places(selection)).filter(place -> place > 0).toArray();
        return new AnalysisTable.OverTime(updates, states::step)
                .add("norm", "", "L2 norm of the mean hidden state", hidden.norm())
                .add("turn", "", "cosine of the angle between it and that of the recorded update before", hidden.turn())
                .add(
                        "since_first",
                        "",
                        "cosine of the angle between it and that of the first recorded update",
                        hidden.sinceFirst())
                .add(
                        "alignment",
                        "",
                        "cosine of the angle between it and the step of the tokens' centroid: -1 if they are pushed "
                                + "straight away from it",
                        hidden.alignment())
                .table();
    }

    private static AnalysisTable optimizer(AnalysisContext run, Selection selection) throws IOException {
        OptimizerAccounting found = OptimizerAccounting.of(run.archive());
        return new AnalysisTable.Rows()
                .column("updates", "", "updates recomputed")
                .column("components", "", "components of W recomputed")
                .column("equal", "", "components equal bit for bit")
                .column("share", "", "share of them")
                .column("first_unequal", "", "the first update with an unequal component")
                .row(
                        found.steps(),
                        found.components(),
                        found.equal(),
                        found.share(),
                        found.firstStep() == 0 ? AnalysisTable.Never.NEVER : found.firstStep())
                .table();
    }
}
