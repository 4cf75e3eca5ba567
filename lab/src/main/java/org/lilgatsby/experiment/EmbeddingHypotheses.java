package org.lilgatsby.experiment;

import java.util.List;
import java.util.Optional;
import org.lilgatsby.experiment.EmbeddingEvolution.DeadTokens;
import org.lilgatsby.experiment.EmbeddingEvolution.Walk;
import org.lilgatsby.experiment.Findings.Group;
import org.lilgatsby.experiment.Findings.Range;
import org.lilgatsby.experiment.Verdict.Prediction;
import org.lilgatsby.model.Initialization;

/** Judges the two hypotheses of 08.2a, each on a run that starts as the hypothesis presupposes. */
final class EmbeddingHypotheses {
    /** Quantisation noise, in cells: as far as rounding could have moved a component. */
    private static final int NOISE_CELLS = 1;

    /** A tight cluster, as in later notebooks, in true ULP of the component in which rows differ most. */
    private static final double TIGHT_ULP = 2;

    /** Nearest and furthest mean distance from the dead tokens at which the notebook expects the live cloud. */
    private static final double CLOUD_NEAREST = 0.2;

    private static final double CLOUD_FURTHEST = 0.4;

    /**
     * Ratio of the radius at the end to that at the start from which a cloud counts as expanded: this project's bound.
     */
    private static final double EXPANDED = 1.1;

    /**
     * For a random walk, displacement squared over the sum of squared steps is near 1; this project accepts up to this
     * many times that.
     */
    private static final double RANDOM_WALK = 10;

    /**
     * Ratio of the norm of the dead rows at the end to that at the start up to which they count as near the origin:
     * this project's bound.
     */
    private static final double NEAR_ORIGIN = 2;

    private static final Hypothesis NORMAL = Hypothesis.of(
            "A normal start expands softly: the cloud grows and drifts, its centroid walks at "
                    + "random, and dead tokens stay near the origin.",
            Presupposition.ADAMW,
            Presupposition.TIED,
            Presupposition.LEARNING);
    private static final Hypothesis SINGULAR = Hypothesis.of(
            "A start at one point explodes: live tokens disperse, and dead tokens stay frozen "
                    + "where they started, as a tight cluster of black holes.",
            Presupposition.ADAMW,
            Presupposition.NO_NOISE,
            Presupposition.TIED,
            Presupposition.LEARNING);

    private final Evidence evidence;
    private final Optional<DeadTokens> dead;
    private final double expansion;
    private final Optional<Walk> walk;
    private final Initialization mode;

    EmbeddingHypotheses(Evidence evidence, Optional<DeadTokens> dead, double expansion, Optional<Walk> walk) {
        this.evidence = evidence;
        this.dead = dead;
        this.expansion = expansion;
        this.walk = walk;
        this.mode = evidence.config().initialization().mode();
    }

    Verdict normal() {
        if (mode.hasCommonVector()) {
            return otherStart(NORMAL);
        }
        return evidence.verdict(NORMAL, () -> List.of(startsApart(), expands(), walksAtRandom(), staysNearOrigin()));
    }

    Verdict singular() {
        if (!mode.hasCommonVector()) {
            return otherStart(SINGULAR);
        }
        return evidence.verdict(SINGULAR, () -> List.of(startsTogether(), disperses(), staysFrozen(), endsTight()));
    }

    private Verdict otherStart(Hypothesis hypothesis) {
        return evidence.noVerdict(hypothesis, "this run starts with initialization.mode " + mode.name());
    }

    private Prediction startsApart() {
        Group start = evidence.initial().all();
        return Prediction.of(
                "all tokens start at different places",
                start.distinct() == start.tokens(),
                "%s of %s tokens"
                        .formatted(Figures.of(start.distinct(), "distinct row"), Figures.count(start.tokens())));
    }

    private Prediction startsTogether() {
        Group start = evidence.initial().all();
        return Prediction.of(
                "all tokens start at one place", start.distinct() == 1, Figures.of(start.distinct(), "distinct row"));
    }

    private Prediction expands() {
        return Prediction.of(
                "the cloud's radius grows at least %s times, our own bound".formatted(Figures.decimals(1, EXPANDED)),
                expansion >= EXPANDED,
                "%s times, to %s"
                        .formatted(
                                Figures.decimals(2, expansion),
                                Figures.number(evidence.end().all().radius())));
    }

    private Prediction walksAtRandom() {
        String claim = ("the centroid's displacement squared is between 1/%1$s and %1$s times the sum of its squared "
                        + "steps, our own bound")
                .formatted(Figures.decimals(0, RANDOM_WALK));
        return walk.map(w -> Prediction.of(
                        claim,
                        w.diffusion() >= 1 / RANDOM_WALK && w.diffusion() <= RANDOM_WALK,
                        Figures.ratio(w.diffusion()) + " times"))
                .orElseGet(() -> Prediction.of(claim, false, "the centroid never moved"));
    }

    private Prediction staysNearOrigin() {
        String claim = "dead rows end at most %s times as far from the origin as they started, our own bound"
                .formatted(Figures.decimals(0, NEAR_ORIGIN));
        double growth = evidence.end().dead().norms().mean()
                / evidence.initial().dead().norms().mean();
        return dead.map(d -> Prediction.of(claim, growth <= NEAR_ORIGIN, Figures.decimals(2, growth) + " times"))
                .orElseGet(() -> noDeadToken(claim));
    }

    private Prediction disperses() {
        String claim = "live tokens end %s to %s from the dead tokens' centroid on average"
                .formatted(Figures.decimals(1, CLOUD_NEAREST), Figures.decimals(1, CLOUD_FURTHEST));
        return dead.map(d -> {
                    Range distance = d.liveDistance();
                    return Prediction.of(
                            claim,
                            distance.mean() >= CLOUD_NEAREST && distance.mean() <= CLOUD_FURTHEST,
                            "mean %s, from %s to %s"
                                    .formatted(
                                            Figures.number(distance.mean()),
                                            Figures.number(distance.min()),
                                            Figures.number(distance.max())));
                })
                .orElseGet(() -> noDeadToken(claim));
    }

    private Prediction staysFrozen() {
        String claim = "no component of a dead row ends further than quantisation noise, %s, from where it started"
                .formatted(Figures.of(NOISE_CELLS, "cell"));
        return dead.map(d -> Prediction.of(
                        claim,
                        d.largestMoveCells() <= NOISE_CELLS,
                        "up to %s; L2 %s"
                                .formatted(
                                        Figures.cells(d.largestMoveCells(), d.largestMoveCellsOnOneSide()),
                                        Figures.number(d.largestMove()))))
                .orElseGet(() -> noDeadToken(claim));
    }

    private Prediction endsTight() {
        String claim = "dead tokens end in black holes, the largest L-infinity distance among them at most %s true ULP"
                .formatted(Figures.decimals(0, TIGHT_ULP));
        Group end = evidence.end().dead();
        return evidence.topology()
                .map(topology -> Prediction.of(
                        claim,
                        end.blackHoles() > 0 && topology.linfUlp() <= TIGHT_ULP,
                        "%s holding %s of %s, largest distance %s ULP"
                                .formatted(
                                        Figures.of(end.blackHoles(), "black hole"),
                                        Figures.count(end.tokensInBlackHoles()),
                                        Figures.of(end.tokens(), "dead token"),
                                        Figures.ratio(topology.linfUlp()))))
                .orElseGet(() -> noDeadToken(claim));
    }

    private static Prediction noDeadToken(String claim) {
        return Prediction.open(claim, "no token is dead");
    }
}
