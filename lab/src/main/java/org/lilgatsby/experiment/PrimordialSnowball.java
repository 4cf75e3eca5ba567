package org.lilgatsby.experiment;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import org.lilgatsby.analysis.Distances;
import org.lilgatsby.analysis.LargestGap;
import org.lilgatsby.analysis.Matrix;
import org.lilgatsby.analysis.Metric;
import org.lilgatsby.analysis.Tokens;
import org.lilgatsby.analysis.UlpScale;
import org.lilgatsby.experiment.Block.Fact;
import org.lilgatsby.experiment.Block.Facts;
import org.lilgatsby.experiment.Block.Table;
import org.lilgatsby.experiment.ComparedFigure.Kind;
import org.lilgatsby.experiment.Findings.Group;
import org.lilgatsby.experiment.Findings.Range;
import org.lilgatsby.experiment.Findings.State;
import org.lilgatsby.experiment.Published.Value;
import org.lilgatsby.experiment.Verdict.Prediction;

/** Concludes 11.2c: whether a quantised snowball stays several black holes close to each other. */
public final class PrimordialSnowball implements Experiment {
    /** Smallest distance of two dead tokens, equal rows included. */
    static final ComparedFigure DEAD_LINF_MIN = deadLinf("dead_linf_min", "smallest", Range::min);

    /** Their mean distance. */
    static final ComparedFigure DEAD_LINF_MEAN = deadLinf("dead_linf_mean", "mean", Range::mean);

    /** Their largest distance. */
    static final ComparedFigure DEAD_LINF_MAX = deadLinf("dead_linf_max", "largest", Range::max);

    /** The notebook's scale of a tight snowball, in true ULP of the component in which rows differ most. */
    private static final double TIGHT_ULP = 2;

    private static final Hypothesis HYPOTHESIS = Hypothesis.of(
            "Black holes begin as a quantised Gaussian snowball: several at the start, tightly clustered, "
                    + "several at the end.",
            Presupposition.ADAMW,
            Presupposition.STORED_IN_BF16,
            Presupposition.oneOf("initialization.mode", "snowball", "unit-noise", "bf16-native"),
            Presupposition.NOISE,
            Presupposition.TIED,
            Presupposition.LEARNING);

    @Override
    public String name() {
        return "primordial-snowball";
    }

    @Override
    public String asks() {
        return "11.2c: does a quantised snowball stay several black holes";
    }

    @Override
    public Conclusion.Draft conclude(Evidence evidence) {
        Group before = evidence.initial().all();
        Group after = evidence.end().all();
        Tokens dead = evidence.split().dead();
        Optional<DeadRowDistances> geometry =
                dead.size() < 2 ? Optional.empty() : Optional.of(geometry(evidence, dead));
        Particulars particulars = new Particulars(Development.of(before.blackHoles(), after.blackHoles()), geometry);
        return new Conclusion.Draft(
                particulars,
                () -> geometry.map(g -> verdict(evidence, g))
                        .orElseGet(() ->
                                evidence.noVerdict(HYPOTHESIS, "fewer than two tokens are dead, so none can cluster")),
                () -> sections(evidence, particulars));
    }

    private static DeadRowDistances geometry(Evidence evidence, Tokens dead) {
        Matrix last = evidence.run().embeddings().last();
        Distances linf = Distances.of(last, dead, Metric.L_INFINITY);
        double sigma = evidence.config().initialization().sigma();
        return new DeadRowDistances(
                Evidence.range(linf.allPairs()),
                sigma,
                sigma == 0 ? Double.NaN : linf.allPairs().max() / sigma,
                Evidence.range(UlpScale.of(last, dead).ulp()),
                LargestGap.of(last, dead).map(PrimordialSnowball::widest));
    }

    private static Widest widest(LargestGap gap) {
        return new Widest(
                gap.tokenA(),
                gap.tokenB(),
                gap.component(),
                gap.distance(),
                gap.ulp(),
                gap.distance() / gap.ulp(),
                gap.distance() / (2 * gap.ulp()));
    }

    private static String inUlp(Widest widest) {
        return "%s, %s ULP of %s"
                .formatted(
                        Figures.scientific(widest.distance()),
                        Figures.ratio(widest.overUlp()),
                        Figures.scientific(widest.ulp()));
    }

    private static Verdict verdict(Evidence evidence, DeadRowDistances geometry) {
        int before = evidence.initial().dead().blackHoles();
        int after = evidence.end().dead().blackHoles();
        return evidence.verdict(
                HYPOTHESIS,
                () -> List.of(
                        Prediction.of(
                                "the dead tokens start in more than one black hole",
                                before > 1,
                                Figures.of(before, "black hole")),
                        Prediction.of(
                                "they end in more than one black hole, and not in more than at the start",
                                after > 1 && after <= before,
                                Figures.of(after, "black hole")),
                        Prediction.of(
                                "the largest L-infinity distance among them is at most %s true ULP"
                                        .formatted(Figures.decimals(0, TIGHT_ULP)),
                                geometry.widest()
                                        .map(w -> w.overUlp() <= TIGHT_ULP)
                                        .orElse(true),
                                geometry.widest().map(PrimordialSnowball::inUlp).orElse("all dead rows are equal"))));
    }

    @Override
    public Optional<PublishedRun> published() {
        return Optional.of(new PublishedRun(
                "11.2c",
                PublishedRun.TRAINING_CORPUS,
                PublishedRun.SAME_STREAM,
                PublishedRun.loss(100, 3.4507, 3.0907, 3.0831, 3.0792, 3.0805, 3.0800, 3.0731, 3.0747, 3.0763, 3.0721),
                List.of(
                        new Value(ComparedFigure.COMMON_NORM, "8.201394"),
                        new Value(ComparedFigure.INITIAL_DISTINCT, "21"),
                        new Value(ComparedFigure.INITIAL_BLACK_HOLES, "15"),
                        new Value(ComparedFigure.INITIAL_IN_BLACK_HOLES, "122"),
                        new Value(ComparedFigure.FINAL_BLACK_HOLES, "2"),
                        new Value(ComparedFigure.FINAL_IN_BLACK_HOLES, "51"),
                        new Value(DEAD_LINF_MIN, "0"),
                        new Value(DEAD_LINF_MEAN, "7.506127e-05"),
                        new Value(DEAD_LINF_MAX, "9.765625e-04"),
                        new Value(ComparedFigure.FINAL_CENTROID_NORM, "8.1875"),
                        new Value(ComparedFigure.DISPLACEMENT, "0.359375")),
                List.of(49, 2)));
    }

    private static ComparedFigure deadLinf(String name, String which, ToDoubleFunction<Range> figure) {
        return ComparedFigure.atTheEnd(
                name,
                "L-infinity of two dead tokens, " + which,
                Kind.RATE,
                findings -> findings.conclusion().particulars().orElse(null) instanceof Particulars snowball
                        ? ComparedFigure.value(snowball.geometry(), g -> figure.applyAsDouble(g.linf()))
                        : Double.NaN);
    }

    private static List<Section> sections(Evidence evidence, Particulars snowball) {
        List<Section> sections = new ArrayList<>();
        sections.add(Section.of(
                "What happened to the black holes",
                Facts.of(
                        new Fact("start, all tokens", blackHoles("C0", "P0", evidence.initial())),
                        new Fact("end, all tokens", blackHoles("C", "P", evidence.end())),
                        new Fact(
                                "in words",
                                "%s: %s"
                                        .formatted(
                                                snowball.development(),
                                                snowball.development().inWords())),
                        new Fact(
                                "displacement of the centroid (L2)",
                                Figures.number(evidence.centroid().displacement())))));
        snowball.geometry().ifPresent(geometry -> sections.add(scales(evidence, geometry)));
        return sections;
    }

    private static String blackHoles(String count, String population, State state) {
        Group all = state.all();
        return "%s in %s, %s = %s, %s = %s"
                .formatted(
                        Figures.of(all.distinct(), "distinct row"),
                        Figures.of(all.tokens(), "token"),
                        count,
                        Figures.of(all.blackHoles(), "black hole"),
                        population,
                        Figures.of(all.tokensInBlackHoles(), "token"));
    }

    private static Section scales(Evidence evidence, DeadRowDistances geometry) {
        double largest = geometry.linf().max();
        List<List<String>> rows = new ArrayList<>();
        rows.add(scale("sigma of the start (not an ULP)", geometry.sigma(), largest));
        geometry.widest().ifPresent(widest -> {
            rows.add(scale("true ULP where the distance is largest", widest.ulp(), largest));
            rows.add(scale("2 ULP there", 2 * widest.ulp(), largest));
        });
        rows.add(scale("true ULP, smallest of any component", geometry.ulp().min(), largest));
        rows.add(scale("true ULP, mean of all components", geometry.ulp().mean(), largest));
        rows.add(scale("true ULP, largest of any component", geometry.ulp().max(), largest));
        evidence.topology().ifPresent(t -> rows.add(scale("epsilon = centroid norm x 2^-7", t.epsilon(), largest)));
        return Section.of(
                "How far the dead tokens are apart at the end, on every scale",
                Facts.of(
                        new Fact("L-infinity of all pairs of dead tokens", Figures.range(geometry.linf())),
                        new Fact(
                                "largest between",
                                geometry.widest()
                                        .map(PrimordialSnowball::between)
                                        .orElse("all dead rows are equal")),
                        new Fact("the notebook's bound, 10 sigma", notebooksBound(geometry))),
                new Table(List.of("scale", "value", "largest L-infinity in it"), rows, Table.Kind.NAMED_NUMBERS));
    }

    /** The notebook compared with sigma and called it the ULP; its printed conclusion rests on that. */
    private static String notebooksBound(DeadRowDistances geometry) {
        if (Double.isNaN(geometry.linfOverSigma())) {
            return "sigma is 0, so it bounds nothing";
        }
        return geometry.linfOverSigma() < 10
                ? "kept: \"tight snowball\" in its words"
                : "broken: \"scattered widely\" in its words, since sigma is far below the ULP";
    }

    private static List<String> scale(String name, double value, double largest) {
        return List.of(
                name, Figures.scientific(value), value == 0 ? Figures.UNDEFINED : Figures.ratio(largest / value));
    }

    private static String between(Widest widest) {
        return "tokens %d and %d, in component %d".formatted(widest.tokenA(), widest.tokenB(), widest.component());
    }

    /**
     * 11.2c: whether a quantised snowball remains several black holes.
     *
     * @param development what became of the black holes of all rows
     * @param geometry the dead rows at the end; empty with fewer than two dead tokens
     */
    public record Particulars(Development development, Optional<DeadRowDistances> geometry)
            implements ExperimentFindings {}

    /** What happened to the black holes from the start to the end. */
    public enum Development {
        /** Fewer than at the start, but more than one. */
        CONSOLIDATION("fewer black holes than at the start: they merged or dissolved"),
        /** More than at the start. */
        FRAGMENTATION("more black holes than at the start: they broke up"),
        /** As many as at the start. */
        STABLE("as many black holes as at the start"),
        /** One, after several. */
        COLLAPSE("a single black hole is left of several"),
        /** None, after some. */
        DISPERSAL("no black hole is left: every token has a row of its own"),
        /** None at either end. */
        NONE("there were no black holes, and there are none");

        private final String inWords;

        Development(String inWords) {
            this.inWords = inWords;
        }

        /** The name in {@code report.json}, such as {@code consolidation}. */
        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }

        /** What happened, for people. */
        public String inWords() {
            return inWords;
        }

        static Development of(int before, int after) {
            if (after == 0) {
                return before == 0 ? NONE : DISPERSAL;
            }
            if (after == before) {
                return STABLE;
            }
            if (after > before) {
                return FRAGMENTATION;
            }
            return after == 1 ? COLLAPSE : CONSOLIDATION;
        }
    }

    /**
     * How far apart the dead rows are, on every scale that has been called epsilon or ULP.
     *
     * @param linf L-infinity distances of all pairs of dead tokens, equal rows included
     * @param sigma standard deviation of the noise that the rows started with
     * @param linfOverSigma largest distance over sigma, which the notebook called ULP; NaN if sigma is 0
     * @param ulp true ULP of the dead rows' components: smallest, mean, largest
     * @param widest where the largest distance lies; empty if all dead rows are equal
     */
    public record DeadRowDistances(
            Range linf, double sigma, double linfOverSigma, Range ulp, Optional<Widest> widest) {}

    /**
     * The two dead rows that are furthest apart, and the component in which they differ most.
     *
     * @param tokenA the token with the smaller id
     * @param tokenB the other
     * @param component the column
     * @param distance the difference there
     * @param ulp the true ULP there
     * @param overUlp the difference in ULP
     * @param overTwoUlp the difference in units of 2 ULP
     */
    public record Widest(
            int tokenA, int tokenB, int component, double distance, double ulp, double overUlp, double overTwoUlp) {}
}
