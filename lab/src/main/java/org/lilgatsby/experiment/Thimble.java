package org.lilgatsby.experiment;

import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.lilgatsby.analysis.Freezing;
import org.lilgatsby.analysis.HopBoundary;
import org.lilgatsby.analysis.HopCounts;
import org.lilgatsby.analysis.PerGroup;
import org.lilgatsby.archive.RunData;
import org.lilgatsby.experiment.Block.Fact;
import org.lilgatsby.experiment.Block.Facts;
import org.lilgatsby.experiment.Verdict.Prediction;
import org.lilgatsby.kernel.ScalarAnalysisKernels;
import org.lilgatsby.recording.Observable;
import org.lilgatsby.recording.Observables;
import org.lilgatsby.training.TrainingConfig;

/** Concludes thimble: whether dead tokens move when Adam's step is above half an ULP. */
public final class Thimble implements Experiment {
    /** Precision and recall have to be at least this. */
    private static final double CLOSE = 0.95;

    private static final Hypothesis HYPOTHESIS = Freezings.hypothesis(
            "A dead token moves in a step exactly if Adam's step of some component is above half its ULP.");

    @Override
    public String name() {
        return "thimble";
    }

    @Override
    public String asks() {
        return "does Adam's step against the ULP decide when a dead token moves";
    }

    @Override
    public List<Observable> reads() {
        return List.of(Observables.MOMENTUM, Observables.VARIANCE);
    }

    @Override
    public long bytes(int states, int rows, int columns) {
        return Freezing.bytes(states, rows, columns);
    }

    @Override
    public List<String> charts() {
        return List.of("hop-boundary", "zeros");
    }

    @Override
    public Conclusion.Draft conclude(Evidence evidence) {
        PerGroup<Optional<Rest>> rests = Freezings.rests(evidence);
        Optional<HopCounts> hops = hops(evidence);
        Supplier<Verdict> verdict = () -> hops.filter(counts -> counts.predicted() > 0 && counts.moved() > 0)
                .map(counts -> evidence.verdictOfTheDead(HYPOTHESIS, () -> predictions(counts)))
                .orElseGet(() -> evidence.noVerdict(HYPOTHESIS, whyOpen(evidence, hops)));
        return new Conclusion.Draft(
                new Particulars(hops, rests.dead()),
                verdict,
                () -> hops.map(Thimble::headlines).orElseGet(List::of),
                () -> List.of(section(hops), Freezings.section(evidence, rests)));
    }

    private static Optional<HopCounts> hops(Evidence evidence) {
        if (evidence.rows().isEmpty()) {
            return Optional.empty();
        }
        RunData.Rows rows = evidence.rows().get();
        if (rows.momentum().isEmpty()
                || rows.variance().isEmpty()
                || HopBoundary.places(rows.embeddings()).length == 0) {
            return Optional.empty();
        }
        TrainingConfig training = evidence.config().training();
        HopBoundary boundary = new HopBoundary(
                rows.embeddings(),
                rows.momentum().get(),
                rows.variance().get(),
                new HopBoundary.Rule(training::learningRateOf, training.beta1(), training.beta2(), training.epsilon()),
                HopBoundary.HALF_ULP);
        List<HopCounts> ofTokens = boundary.ofTokens(new ScalarAnalysisKernels());
        return Optional.of(IntStream.of(evidence.known().dead().toArray())
                .mapToObj(ofTokens::get)
                .reduce(HopCounts.NONE, HopCounts::plus));
    }

    private static List<Prediction> predictions(HopCounts hops) {
        return List.of(
                Prediction.of(
                        "at least %s of the predicted steps of dead tokens happen".formatted(Figures.percent(CLOSE)),
                        hops.precision() >= CLOSE,
                        Figures.percent(hops.precision())),
                Prediction.of(
                        "at least %s of their steps are predicted".formatted(Figures.percent(CLOSE)),
                        hops.recall() >= CLOSE,
                        Figures.percent(hops.recall())));
    }

    private static String whyOpen(Evidence evidence, Optional<HopCounts> hops) {
        if (evidence.split().dead().size() == 0) {
            return Freezings.whyUnknown(evidence);
        }
        return hops.isEmpty()
                ? "W, momentum and variance were not recorded at successive steps"
                : "no dead token moved, or none was predicted to";
    }

    private static List<Fact> headlines(HopCounts hops) {
        return List.of(
                new Fact("of the predicted steps of dead tokens happen", Figures.percent(hops.precision())),
                new Fact("of the steps of dead tokens are predicted", Figures.percent(hops.recall())),
                new Fact("steps predicted that did not happen", Figures.count(hops.predictedOnly())),
                new Fact("steps that were not predicted", Figures.count(hops.movedOnly())));
    }

    private static Section section(Optional<HopCounts> hops) {
        List<Fact> facts = hops.map(counts -> List.of(
                        new Fact("predicted and moved", Figures.count(counts.both())),
                        new Fact("predicted, but still", Figures.count(counts.predictedOnly())),
                        new Fact("moved without prediction", Figures.count(counts.movedOnly())),
                        new Fact("still, as predicted", Figures.count(counts.neither()))))
                .orElseGet(() -> List.of(new Fact("steps", "unknown: no moments were recorded")));
        return Section.of("The hop boundary: steps of dead tokens", new Facts(facts));
    }

    /**
     * Predicted against actual steps.
     *
     * @param hops the steps of dead tokens; empty if moments were not recorded at successive steps
     * @param dead how the dead tokens came to rest; empty without any
     */
    public record Particulars(Optional<HopCounts> hops, Optional<Rest> dead) implements ExperimentFindings {}
}
