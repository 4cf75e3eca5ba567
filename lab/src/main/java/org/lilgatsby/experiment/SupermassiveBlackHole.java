package org.lilgatsby.experiment;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import org.lilgatsby.analysis.BlackHole;
import org.lilgatsby.analysis.Census;
import org.lilgatsby.analysis.Distances;
import org.lilgatsby.analysis.History;
import org.lilgatsby.analysis.Matrix;
import org.lilgatsby.analysis.Metric;
import org.lilgatsby.analysis.Tokens;
import org.lilgatsby.archive.RunData;
import org.lilgatsby.experiment.Block.Fact;
import org.lilgatsby.experiment.Block.Facts;
import org.lilgatsby.experiment.Block.Table;
import org.lilgatsby.experiment.ComparedFigure.Kind;
import org.lilgatsby.experiment.Findings.Gradients;
import org.lilgatsby.experiment.Findings.Range;
import org.lilgatsby.experiment.Findings.Topology;
import org.lilgatsby.experiment.Published.Value;
import org.lilgatsby.experiment.Verdict.Prediction;
import org.lilgatsby.recording.Observable;
import org.lilgatsby.recording.Observables;

/** Concludes 1.12b: what escapes one supermassive black hole, and what stays. */
public final class SupermassiveBlackHole implements Experiment {
    /** Largest distance of two rows at the start. */
    static final ComparedFigure INITIAL_DISTANCE = ComparedFigure.always(
            "initial_distance",
            "largest pairwise L2 distance at the start",
            Kind.NUMBER,
            findings -> of(findings, hole -> hole.initialDistances().distance().max()));

    /** Largest distance of two rows at the end. */
    static final ComparedFigure FINAL_DISTANCE = ComparedFigure.atTheEnd(
            "final_distance",
            "largest pairwise L2 distance at the end",
            Kind.NUMBER,
            findings -> of(findings, hole -> hole.finalDistances().distance().max()));

    /** Adam's first moment after warm-up. */
    static final ComparedFigure WARM_MOMENTUM = ComparedFigure.always(
            "warm_momentum",
            "mean |momentum| at step 100",
            Kind.RATE,
            findings -> of(findings, hole -> ComparedFigure.value(hole.adam(), AdamState::momentum)));

    /** Adam's second moment after warm-up. */
    static final ComparedFigure WARM_VARIANCE = ComparedFigure.always(
            "warm_variance",
            "mean variance at step 100",
            Kind.RATE,
            findings -> of(findings, hole -> ComparedFigure.value(hole.adam(), AdamState::variance)));

    /** The step from which the notebook takes Adam's moments to be warm. */
    private static final int WARM_STEP = 100;

    /** A cluster, by the largest L-infinity distance in true ULP of the component in which it occurs. */
    private static final double TOGETHER_ULP = 2;

    /** Share of the run, up to its end, in which dead rows must not move to count as frozen: this project's bound. */
    private static final double FROZEN_SHARE = 0.01;

    private static final Hypothesis HYPOTHESIS = Hypothesis.of(
            "Live tokens get large gradients and boil off; dead tokens get small ones, stay together and freeze.",
            Presupposition.ADAMW,
            Presupposition.oneOf("initialization.mode", "bf16-native", "singular", "snowball", "unit-noise"),
            Presupposition.NO_NOISE,
            Presupposition.TIED,
            Presupposition.LEARNING);

    @Override
    public String name() {
        return "supermassive-black-hole";
    }

    @Override
    public String asks() {
        return "1.12b: what leaves one supermassive black hole";
    }

    @Override
    public List<Observable> reads() {
        return List.of(Observables.GRADS, Observables.MOMENTUM, Observables.VARIANCE);
    }

    @Override
    public Conclusion.Draft conclude(Evidence evidence) {
        Tokens dead = evidence.split().dead();
        Optional<Together> together = dead.size() == 0 ? Optional.empty() : Optional.of(together(evidence));
        History embeddings = evidence.run().embeddings();
        Particulars particulars = new Particulars(
                pairs(evidence, embeddings.first()),
                pairs(evidence, embeddings.last()),
                adamState(evidence.run()),
                together);
        return new Conclusion.Draft(
                particulars,
                () -> together.map(t -> verdict(evidence, t))
                        .orElseGet(() -> evidence.noVerdict(HYPOTHESIS, "no token is dead")),
                () -> sections(evidence, particulars));
    }

    private static Pairs pairs(Evidence evidence, Matrix matrix) {
        Distances distances = Distances.of(matrix, evidence.split().all(), Metric.L2);
        return new Pairs(
                distances.allPairs().count(), distances.identicalPairs(), Evidence.range(distances.allPairs()));
    }

    private static Optional<AdamState> adamState(RunData run) {
        History embeddings = run.embeddings();
        OptionalInt place = IntStream.range(0, embeddings.size())
                .filter(p -> embeddings.step(p) == WARM_STEP)
                .findFirst();
        if (place.isEmpty() || run.momentum().isEmpty() || run.variance().isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new AdamState(
                WARM_STEP,
                meanMagnitude(run.momentum().get().matrix(place.getAsInt())),
                meanMagnitude(run.variance().get().matrix(place.getAsInt()))));
    }

    private static double meanMagnitude(Matrix matrix) {
        double sum = 0;
        for (int i = 0; i < matrix.rows(); i++) {
            for (int j = 0; j < matrix.columns(); j++) {
                sum += Math.abs(matrix.value(i, j));
            }
        }
        return sum / ((double) matrix.rows() * matrix.columns());
    }

    private static Together together(Evidence evidence) {
        Tokens dead = evidence.split().dead();
        History embeddings = evidence.run().embeddings();
        OptionalInt firstApart = OptionalInt.empty();
        int lastMotion = 0;
        Matrix before = embeddings.first();
        for (int place = 0; place < embeddings.size(); place++) {
            Matrix matrix = embeddings.matrix(place);
            if (firstApart.isEmpty() && !allEqual(matrix, dead)) {
                firstApart = OptionalInt.of(embeddings.step(place));
            }
            if (!sameRows(before, matrix, dead)) {
                lastMotion = embeddings.step(place);
            }
            before = matrix;
        }
        return new Together(firstApart.isEmpty(), firstApart, lastMotion, escaped(evidence));
    }

    private static boolean allEqual(Matrix matrix, Tokens tokens) {
        return IntStream.range(1, tokens.size()).allMatch(i -> matrix.sameRow(tokens.id(0), tokens.id(i)));
    }

    private static boolean sameRows(Matrix a, Matrix b, Tokens tokens) {
        for (int i = 0; i < tokens.size(); i++) {
            for (int j = 0; j < a.columns(); j++) {
                if (Double.compare(a.value(tokens.id(i), j), b.value(tokens.id(i), j)) != 0) {
                    return false;
                }
            }
        }
        return true;
    }

    /** Live tokens whose row equals that of no dead token. */
    private static int escaped(Evidence evidence) {
        Tokens dead = evidence.split().dead();
        int caught = 0;
        for (BlackHole hole : Census.of(
                        evidence.run().embeddings().last(), evidence.split().all())
                .blackHoles()) {
            int deadInside = (int)
                    IntStream.of(hole.tokens().toArray()).filter(dead::contains).count();
            caught += deadInside > 0 ? hole.population() - deadInside : 0;
        }
        return evidence.split().live().size() - caught;
    }

    private static Verdict verdict(Evidence evidence, Together dead) {
        return evidence.verdict(
                HYPOTHESIS,
                () -> List.of(
                        largerGradients(evidence),
                        escapes(evidence, dead),
                        staysTogether(evidence, dead),
                        freezes(dead, evidence.end().step())));
    }

    private static Prediction largerGradients(Evidence evidence) {
        String claim = "live tokens' mean gradient norm exceeds dead tokens' at the first update";
        Optional<Gradients> both = evidence.gradients()
                .filter(g -> g.live().isPresent() && g.dead().isPresent());
        return both.map(g -> {
                    double live = g.live().orElseThrow().first().mean();
                    double still = g.dead().orElseThrow().first().mean();
                    return Prediction.of(
                            claim,
                            live > still,
                            "live %s, dead %s".formatted(Figures.scientific(live), Figures.scientific(still)));
                })
                .orElseGet(() -> Prediction.open(claim, "gradients were not recorded, or no token is live"));
    }

    private static Prediction escapes(Evidence evidence, Together dead) {
        int live = evidence.split().live().size();
        return Prediction.of(
                "every live token leaves the dead ones' black hole",
                dead.escaped() == live,
                "%s of %s".formatted(Figures.count(dead.escaped()), Figures.of(live, "live token")));
    }

    private static Prediction staysTogether(Evidence evidence, Together dead) {
        double ulp = evidence.topology().map(Topology::linfUlp).orElseThrow();
        return Prediction.of(
                "dead tokens end at most %s true ULP apart (L-infinity)".formatted(Figures.decimals(0, TOGETHER_ULP)),
                ulp <= TOGETHER_ULP,
                dead.always()
                        ? "equal bit for bit at every recorded step"
                        : "largest distance %s ULP; not all equal at step %s"
                                .formatted(
                                        Figures.ratio(ulp),
                                        Figures.count(dead.firstStepApart().orElseThrow())));
    }

    private static Prediction freezes(Together dead, int lastStep) {
        return Prediction.of(
                "dead tokens do not move in the last %s of the run, our own bound"
                        .formatted(Figures.percent(FROZEN_SHARE)),
                dead.lastMotion() <= lastStep * (1 - FROZEN_SHARE),
                "last move at step %s of %s".formatted(Figures.count(dead.lastMotion()), Figures.count(lastStep)));
    }

    @Override
    public Optional<PublishedRun> published() {
        return Optional.of(new PublishedRun(
                "1.12b",
                PublishedRun.GATSBY_CLEAN,
                PublishedRun.OTHER_STREAM
                        + " When a run leaves the plateau near 3.1 is chance. Losses of single steps were stored in "
                        + "bfloat16 there: 4.8438 for ln 128 = 4.8520.",
                PublishedRun.loss(1000, 3.1728, 3.1101, 3.1056, 3.0267, 2.9535, 2.9447, 2.9400, 2.9407, 2.9350, 2.9368),
                List.of(
                        new Value(ComparedFigure.INITIAL_CENTROID_NORM, "0.156989"),
                        new Value(ComparedFigure.FINAL_CENTROID_NORM, "0.162018"),
                        new Value(INITIAL_DISTANCE, "0"),
                        new Value(FINAL_DISTANCE, "1.0715"),
                        new Value(ComparedFigure.ALL_GRADIENT_MEAN, "8.051573e-02"),
                        new Value(ComparedFigure.ALL_GRADIENT_MAX, "8.757275e-01"),
                        new Value(WARM_MOMENTUM, "1.042301e-03"),
                        new Value(WARM_VARIANCE, "8.490872e-06"),
                        new Value(ComparedFigure.FIRST_LOSS, "4.8438"),
                        new Value(ComparedFigure.LAST_LOSS, "2.9062"),
                        new Value(ComparedFigure.STEPS_PER_SECOND, "104.6")),
                List.of()));
    }

    private static double of(Findings findings, ToDoubleFunction<Particulars> figure) {
        return findings.conclusion().particulars().orElse(null) instanceof Particulars hole
                ? figure.applyAsDouble(hole)
                : Double.NaN;
    }

    private static List<Section> sections(Evidence evidence, Particulars hole) {
        List<Fact> facts = new ArrayList<>();
        hole.adam().ifPresent(adam -> {
            facts.add(new Fact("mean |momentum| at step " + adam.step(), Figures.scientific(adam.momentum())));
            facts.add(new Fact("mean variance at step " + adam.step(), Figures.scientific(adam.variance())));
        });
        facts.add(new Fact(
                "loss, first step to last (nats)",
                "%s to %s: falls by %s"
                        .formatted(
                                Figures.decimals(4, evidence.run().firstLoss()),
                                Figures.decimals(4, evidence.run().lastLoss()),
                                Figures.decimals(
                                        4,
                                        evidence.run().firstLoss()
                                                - evidence.run().lastLoss()))));
        hole.dead().ifPresent(dead -> facts.addAll(facts(evidence, dead)));
        return List.of(Section.of(
                "What left the black hole and what stayed",
                new Table(
                        List.of("pairwise L2 distance of all rows", "start", "end"),
                        List.of(
                                distances(
                                        "smallest",
                                        hole,
                                        p -> Figures.number(p.distance().min())),
                                distances(
                                        "mean",
                                        hole,
                                        p -> Figures.number(p.distance().mean())),
                                distances(
                                        "largest",
                                        hole,
                                        p -> Figures.number(p.distance().max())),
                                distances("pairs of equal rows", hole, p -> Figures.count(p.identical())),
                                distances("pairs", hole, p -> Figures.count(p.pairs()))),
                        Table.Kind.NAMED_NUMBERS),
                new Facts(facts)));
    }

    private static List<String> distances(String name, Particulars hole, Function<Pairs, String> figure) {
        return List.of(name, figure.apply(hole.initialDistances()), figure.apply(hole.finalDistances()));
    }

    private static List<Fact> facts(Evidence evidence, Together dead) {
        return List.of(
                new Fact(
                        "dead rows equal bit for bit at every recorded step",
                        dead.always()
                                ? "yes"
                                : "no, not at step %s"
                                        .formatted(Figures.count(
                                                dead.firstStepApart().orElseThrow()))),
                new Fact("last step at which a dead row moved", Figures.count(dead.lastMotion())),
                new Fact(
                        "live tokens that left the dead ones",
                        "%s of %s"
                                .formatted(
                                        Figures.count(dead.escaped()),
                                        Figures.count(evidence.split().live().size()))));
    }

    /**
     * 1.12b: what escapes one supermassive black hole.
     *
     * @param initialDistances pairwise L2 distances of all rows at the start
     * @param finalDistances pairwise L2 distances of all rows at the end
     * @param adam the moments after warm-up; empty if not recorded, or the run was too short
     * @param dead the dead rows over the run; empty without dead tokens
     */
    public record Particulars(
            Pairs initialDistances, Pairs finalDistances, Optional<AdamState> adam, Optional<Together> dead)
            implements ExperimentFindings {}

    /**
     * Pairwise distances.
     *
     * @param pairs number of pairs of tokens
     * @param identical how many of them have equal rows
     * @param distance L2 distances of all pairs
     */
    public record Pairs(long pairs, long identical, Range distance) {}

    /**
     * The optimizer's memory of W at a step.
     *
     * @param step number of updates up to it
     * @param momentum mean magnitude of exp_avg over all components
     * @param variance mean of exp_avg_sq over all components
     */
    public record AdamState(int step, double momentum, double variance) {}

    /**
     * How long the dead rows stayed equal.
     *
     * @param always whether they are equal bit for bit at every recorded step
     * @param firstStepApart the first recorded step at which they are not; empty if there is none
     * @param lastMotion the last recorded step at which a dead row differs from the recorded step before; 0 if none
     *     does
     * @param escaped live rows at the end that equal no dead row
     */
    public record Together(boolean always, OptionalInt firstStepApart, int lastMotion, int escaped) {}
}
