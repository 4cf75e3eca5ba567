package org.lilgatsby.experiment;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.lilgatsby.experiment.Block.Fact;
import org.lilgatsby.experiment.Block.Facts;
import org.lilgatsby.experiment.Findings.Gradients;
import org.lilgatsby.experiment.Findings.Received;
import org.lilgatsby.experiment.Published.Value;
import org.lilgatsby.experiment.Verdict.Prediction;
import org.lilgatsby.recording.Observable;
import org.lilgatsby.recording.Observables;

/** Concludes 14.1a: whether dead tokens receive gradients from the loss. */
public final class Instrumented implements Experiment {
    private static final Hypothesis HYPOTHESIS = Hypothesis.of(
            "Dead tokens receive gradients: the loss pushes them away for being predicted by accident.",
            Presupposition.TIED);

    @Override
    public String name() {
        return "instrumented";
    }

    @Override
    public String asks() {
        return "14.1a: do dead tokens receive gradients";
    }

    @Override
    public List<Observable> reads() {
        return List.of(Observables.GRADS);
    }

    @Override
    public Conclusion.Draft conclude(Evidence evidence) {
        Optional<Received> dead = evidence.gradients().flatMap(Gradients::dead);
        double live = evidence.gradients()
                .flatMap(Gradients::live)
                .map(r -> r.first().mean())
                .orElse(Double.NaN);
        Particulars particulars = new Particulars(
                evidence.config().training().weightDecay(),
                dead.map(r -> r.first().mean()).orElse(Double.NaN) / live);
        return new Conclusion.Draft(
                particulars,
                () -> dead.map(d -> verdict(evidence, d))
                        .orElseGet(() -> evidence.noVerdict(HYPOTHESIS, whyOpen(evidence))),
                () -> sections(particulars));
    }

    private static Verdict verdict(Evidence evidence, Received dead) {
        return evidence.verdict(
                HYPOTHESIS,
                () -> List.of(Prediction.of(
                        "some dead token has a gradient that is not zero",
                        dead.largest() > 0,
                        dead.largest() > 0
                                ? "largest L2 norm %s, token %d at step %s"
                                        .formatted(
                                                Figures.scientific(dead.largest()),
                                                dead.largestToken(),
                                                Figures.count(dead.largestStep()))
                                : "every gradient of every dead token is exactly zero at all recorded steps")));
    }

    private static String whyOpen(Evidence evidence) {
        if (evidence.split().dead().size() == 0) {
            return "no token is dead";
        }
        return evidence.run().gradients().isPresent() ? "no update was recorded" : "gradients were not recorded";
    }

    @Override
    public Optional<PublishedRun> published() {
        return Optional.of(new PublishedRun(
                "14.1a",
                PublishedRun.TRAINING_CORPUS,
                PublishedRun.OTHER_STREAM
                        + " The gradient of dead tokens at the first step hardly depends on the start.",
                PublishedRun.loss(1000, 2.9279, 2.5873, 2.4081, 2.3234, 2.2755, 2.2436, 2.2277, 2.2164, 2.2092, 2.2068),
                List.of(
                        new Value(ComparedFigure.DEAD_GRADIENT_MEAN, "6.121443e-02"),
                        new Value(ComparedFigure.DEAD_GRADIENT_MIN, "6.121239e-02"),
                        new Value(ComparedFigure.DEAD_GRADIENT_MAX, "6.125058e-02"),
                        new Value(ComparedFigure.DEAD_LAST_GRADIENT_MEAN, "9.438379e-04"),
                        new Value(ComparedFigure.LIVE_GRADIENT_MEAN, "1.160393e-01"),
                        new Value(ComparedFigure.LIVE_GRADIENT_MAX, "1.241577"),
                        new Value(ComparedFigure.LIVE_LAST_GRADIENT_MEAN, "6.798930e-02"),
                        new Value(ComparedFigure.LIVE_LAST_GRADIENT_MAX, "8.619771e-01")),
                List.of()));
    }

    private static List<Section> sections(Particulars instrumented) {
        List<Fact> facts = new ArrayList<>();
        facts.add(new Fact("dead over live mean gradient, first step", Figures.ratio(instrumented.deadOverLive())));
        facts.add(new Fact(
                "what else moves a dead token",
                instrumented.weightDecay() == 0
                        ? "nothing: there is no weight decay"
                        : "weight decay %s".formatted(Figures.scientific(instrumented.weightDecay()))));
        return List.of(Section.of("Do dead tokens receive gradients?", new Facts(facts)));
    }

    /**
     * 14.1a: whether dead tokens receive gradients.
     *
     * @param weightDecay what else moves a dead token
     * @param deadOverLive mean gradient norm of dead tokens over that of live tokens at the first update; NaN if
     *     unknown
     */
    public record Particulars(double weightDecay, double deadOverLive) implements ExperimentFindings {}
}
