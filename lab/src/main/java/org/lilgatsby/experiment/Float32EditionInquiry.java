package org.lilgatsby.experiment;

import java.util.List;
import java.util.Optional;
import org.lilgatsby.experiment.Evaluation.Outcome;
import org.lilgatsby.experiment.Findings.Group;
import org.lilgatsby.experiment.Findings.Topology;
import org.lilgatsby.experiment.Verdict.Prediction;

/** Concludes 13.4a: whether a float32 start and bf16 training give the structure of a large model. */
final class Float32EditionInquiry {
    /** How many times more or less than the large model's still counts as similar. */
    private static final double SIMILAR = 2;

    private static final String HYPOTHESIS =
            "A float32 start, bf16 storage and escape by gradients give the large model's structure: "
                    + "its complete graph and its demographics.";

    private final Evaluation run;

    Float32EditionInquiry(Evaluation run) {
        this.run = run;
    }

    Outcome outcome() {
        Group dead = run.end().dead();
        Optional<Topology> topology = run.deadTopology();
        return Outcome.of(
                new Particulars.Float32Edition(
                        topology.map(t -> t.linf().max() / t.epsilon()).orElse(Double.NaN),
                        (double) dead.largest() / dead.tokens()),
                topology.map(t -> Verdict.of(HYPOTHESIS, List.of(adjacent(t), blackHoles(dead), concentration(dead))))
                        .orElseGet(() -> Verdict.open(HYPOTHESIS, "no token is dead, so there is no structure to compare")));
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
                "about as many black holes as the large model's %d, within a factor of %s"
                        .formatted(published, Figures.decimals(0, SIMILAR)),
                isSimilar(dead.blackHoles(), published),
                Figures.of(dead.blackHoles(), "black hole"));
    }

    private static Prediction concentration(Group dead) {
        return Prediction.of(
                "populations about as unequal as the large model's, concentration %s within a factor of %s"
                        .formatted(Figures.decimals(3, LargeModel.concentration()), Figures.decimals(0, SIMILAR)),
                isSimilar(dead.concentration(), LargeModel.concentration()),
                "concentration %s, populations %s"
                        .formatted(Figures.decimals(3, dead.concentration()), Figures.populations(dead.populations())));
    }

    private static boolean isSimilar(double value, double published) {
        return value >= published / SIMILAR && value <= published * SIMILAR;
    }
}
