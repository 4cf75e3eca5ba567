package org.lilgatsby.experiment;

import java.util.List;
import java.util.Optional;
import org.lilgatsby.experiment.Findings.Group;
import org.lilgatsby.experiment.Findings.Topology;
import org.lilgatsby.experiment.FindingsBuilder.Outcome;
import org.lilgatsby.experiment.Verdict.Prediction;

/** Concludes 13.4a: whether a float32 start and bf16 training give the structure of a large model. */
final class Float32EditionConclusion {
    /**
     * How many times more or less than the large model's still counts as similar. No notebook says; this bound is the
     * project's own. The published run, with 6 black holes to 13, is within it.
     */
    private static final double SIMILAR = 3;

    private static final String HYPOTHESIS =
            "A float32 start, bf16 storage and escape by gradients give the large model's structure: "
                    + "its complete graph and its demographics.";

    private final FindingsBuilder run;

    Float32EditionConclusion(FindingsBuilder run) {
        this.run = run;
    }

    Outcome outcome() {
        Group dead = run.end().dead();
        Optional<Topology> topology = run.deadTopology();
        double inBlackHoles = dead.tokensInBlackHoles();
        double concentration = dead.members().stream()
                .mapToDouble(hole -> hole.length / inBlackHoles)
                .map(share -> share * share)
                .reduce(Double::sum)
                .orElse(Double.NaN);
        return Outcome.of(
                new ExperimentFindings.Float32Edition(
                        topology.map(t -> t.linf().max() / t.epsilon()).orElse(Double.NaN),
                        dead.blackHoles() == 0 ? Double.NaN : dead.largest() / inBlackHoles,
                        concentration),
                topology.map(t -> verdict(t, dead, concentration))
                        .orElseGet(() ->
                                run.noVerdict(HYPOTHESIS, "no token is dead, so there is no structure to compare")));
    }

    private Verdict verdict(Topology topology, Group dead, double concentration) {
        return run.verdict(
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
}
