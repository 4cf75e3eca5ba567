package org.lilgatsby.experiment;

import java.util.List;
import java.util.Optional;
import org.lilgatsby.experiment.Block.Fact;
import org.lilgatsby.experiment.Block.Facts;
import org.lilgatsby.experiment.Block.Table;
import org.lilgatsby.experiment.Findings.Group;
import org.lilgatsby.experiment.Findings.Topology;
import org.lilgatsby.experiment.Published.Value;
import org.lilgatsby.experiment.Verdict.Prediction;

/** Concludes 13.4a: whether a float32 start and bf16 training give the structure of a large model. */
public final class Float32Edition implements Experiment {
    /**
     * The factor up to which a figure still counts as similar to the large model's. No notebook gives one; this bound
     * is the project's own. The published run, with 6 black holes to 13, is within it.
     */
    private static final double SIMILAR = 3;

    private static final Hypothesis HYPOTHESIS = Hypothesis.of(
            "A float32 start, bf16 storage and escape by gradients give the large model's structure: "
                    + "its complete graph and its demographics.",
            Presupposition.ADAMW,
            Presupposition.STORED_IN_BF16,
            Presupposition.oneOf("initialization.mode", "unit-noise", "snowball"),
            Presupposition.NOISE,
            Presupposition.TIED,
            Presupposition.LEARNING);

    @Override
    public String name() {
        return "float32-edition";
    }

    @Override
    public String asks() {
        return "13.4a: does a float32 start give a large model's structure";
    }

    @Override
    public Conclusion.Draft conclude(Evidence evidence) {
        Group dead = evidence.end().dead();
        Optional<Topology> topology = evidence.topology();
        double inBlackHoles = dead.tokensInBlackHoles();
        double concentration = dead.members().stream()
                .mapToDouble(hole -> hole.length / inBlackHoles)
                .map(share -> share * share)
                .reduce(Double::sum)
                .orElse(Double.NaN);
        Particulars particulars = new Particulars(
                topology.map(t -> t.linf().max() / t.epsilon()).orElse(Double.NaN),
                dead.blackHoles() == 0 ? Double.NaN : dead.largest() / inBlackHoles,
                concentration);
        return new Conclusion.Draft(
                particulars,
                () -> topology.map(t -> verdict(evidence, t, dead, concentration))
                        .orElseGet(() -> evidence.noVerdict(
                                HYPOTHESIS, "no token is dead, so there is no structure to compare")),
                () -> sections(evidence, particulars));
    }

    private static Verdict verdict(Evidence evidence, Topology topology, Group dead, double concentration) {
        return evidence.verdict(
                HYPOTHESIS, () -> List.of(adjacent(topology), blackHoles(dead), unequal(dead, concentration)));
    }

    private static Prediction adjacent(Topology topology) {
        String claim = "all distinct dead rows are within 2 epsilon of each other";
        if (topology.nodes() < 2) {
            return Prediction.open(claim, "all dead rows are equal: there is no pair to compare");
        }
        return Prediction.of(
                claim,
                topology.complete(),
                "%s of %s pairs, largest L-infinity %s of 2 epsilon = %s"
                        .formatted(
                                Figures.count(topology.edges()),
                                Figures.count(topology.possibleEdges()),
                                Figures.scientific(topology.linf().max()),
                                Figures.scientific(topology.threshold())));
    }

    private static Prediction blackHoles(Group dead) {
        int published = LargeModel.POPULATIONS.size();
        return Prediction.of(
                "about as many black holes as the large model's %d: within a factor of %s, our own bound"
                        .formatted(published, Figures.decimals(0, SIMILAR)),
                isSimilar(dead.blackHoles(), published),
                Figures.of(dead.blackHoles(), "black hole"));
    }

    private static Prediction unequal(Group dead, double concentration) {
        return Prediction.of(
                ("populations of the black holes about as unequal as the large model's: concentration among their "
                                + "tokens %s within a factor of %s, our own bound")
                        .formatted(Figures.decimals(3, LargeModel.concentration()), Figures.decimals(0, SIMILAR)),
                isSimilar(concentration, LargeModel.concentration()),
                "concentration %s, populations %s"
                        .formatted(
                                Figures.decimals(3, concentration),
                                Figures.populations(dead.members().stream()
                                        .mapToInt(hole -> hole.length)
                                        .toArray())));
    }

    private static boolean isSimilar(double value, double published) {
        return value >= published / SIMILAR && value <= published * SIMILAR;
    }

    @Override
    public Optional<PublishedRun> published() {
        return Optional.of(new PublishedRun(
                "13.4a",
                PublishedRun.TRAINING_CORPUS,
                PublishedRun.OTHER_STREAM,
                PublishedRun.loss(100, 3.3425, 3.0786, 3.0110, 2.9101, 2.8663, 2.8440, 2.8238, 2.8061, 2.8041, 2.8012),
                List.of(
                        new Value(ComparedFigure.DRAWN_CENTROID_NORM, "0.999999"),
                        new Value(ComparedFigure.INITIAL_CENTROID_NORM, "1.000153"),
                        new Value(ComparedFigure.CENTROID_SHIFT, "1.203360e-03"),
                        new Value(ComparedFigure.FINAL_CENTROID_NORM, "0.828891"),
                        new Value(ComparedFigure.DEAD_DISTINCT, "13"),
                        new Value(ComparedFigure.DEAD_BLACK_HOLES, "6"),
                        new Value(ComparedFigure.DEAD_SINGLETONS, "7"),
                        new Value(ComparedFigure.DEAD_CENTROID_NORM, "0.842696"),
                        new Value(ComparedFigure.EPSILON, "6.583559e-03"),
                        new Value(ComparedFigure.EDGES, "78"),
                        new Value(ComparedFigure.DENSITY, "1"),
                        new Value(ComparedFigure.DISTINCT_LINF_MIN, "2.441406e-04"),
                        new Value(ComparedFigure.DISTINCT_LINF_MEAN, "8.670122e-04"),
                        new Value(ComparedFigure.DISTINCT_LINF_MAX, "9.765625e-04"),
                        new Value(ComparedFigure.COMPONENT_VALUES, "64"),
                        new Value(ComparedFigure.COMPONENT_MIN, "-4.179688e-01"),
                        new Value(ComparedFigure.COMPONENT_MAX, "2.080078e-01"),
                        new Value(ComparedFigure.STEPS_PER_SECOND, "106.0")),
                List.of(19, 14, 3, 3, 3, 2, 1, 1, 1, 1, 1, 1, 1)));
    }

    private static List<Section> sections(Evidence evidence, Particulars float32) {
        Group dead = evidence.end().dead();
        int[] published =
                LargeModel.POPULATIONS.stream().mapToInt(Integer::intValue).toArray();
        double largestShare = (double) published[0] / LargeModel.tokensInBlackHoles();
        return List.of(Section.of(
                "Compared with the published structure of a large model (%s rows of %s)"
                        .formatted(Figures.count(LargeModel.VOCABULARY), Figures.count(LargeModel.WIDTH)),
                new Table(
                        List.of("figure", "dead tokens, this run", "large model"),
                        List.of(
                                List.of(
                                        "black holes",
                                        Figures.count(dead.blackHoles()),
                                        Figures.count(published.length)),
                                List.of(
                                        "tokens in them",
                                        Figures.count(dead.tokensInBlackHoles()),
                                        Figures.count(LargeModel.tokensInBlackHoles())),
                                List.of(
                                        "share of the largest among them",
                                        Figures.percent(float32.largestShare()),
                                        Figures.percent(largestShare)),
                                List.of(
                                        "concentration among them",
                                        Figures.decimals(4, float32.concentration()),
                                        Figures.decimals(4, LargeModel.concentration())),
                                List.of(
                                        "density at 2 epsilon",
                                        density(evidence),
                                        Figures.decimals(6, LargeModel.DENSITY)),
                                List.of(
                                        "largest L-infinity in epsilon",
                                        Figures.ratio(float32.linfOverEpsilon()),
                                        "at most 2")),
                        Table.Kind.NAMED_NUMBERS),
                Facts.of(
                        new Fact("populations, dead tokens of this run", Figures.populations(dead.populations())),
                        new Fact("populations, large model", Figures.populations(published)))));
    }

    private static String density(Evidence evidence) {
        return evidence.topology()
                .filter(t -> t.nodes() > 1)
                .map(t -> Figures.decimals(6, t.density()))
                .orElse(Figures.UNDEFINED);
    }

    /**
     * 13.4a: whether the structure of a large model arises.
     *
     * @param linfOverEpsilon largest L-infinity distance of two dead rows over epsilon; NaN without two distinct ones
     * @param largestShare share of the largest black hole among the dead tokens in black holes; NaN without one
     * @param concentration sum of the squared shares of all of them, among the same tokens; NaN without one
     */
    public record Particulars(double linfOverEpsilon, double largestShare, double concentration)
            implements ExperimentFindings {}
}
