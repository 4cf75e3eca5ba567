package org.lilgatsby.experiment;

import java.util.List;
import java.util.Optional;
import org.lilgatsby.analysis.Distances;
import org.lilgatsby.analysis.LargestGap;
import org.lilgatsby.analysis.Matrix;
import org.lilgatsby.analysis.Metric;
import org.lilgatsby.analysis.Tokens;
import org.lilgatsby.analysis.UlpScale;
import org.lilgatsby.experiment.ExperimentFindings.DeadRowDistances;
import org.lilgatsby.experiment.ExperimentFindings.Development;
import org.lilgatsby.experiment.ExperimentFindings.Widest;
import org.lilgatsby.experiment.Findings.Group;
import org.lilgatsby.experiment.FindingsBuilder.Outcome;
import org.lilgatsby.experiment.Verdict.Prediction;

/** Concludes 11.2c: whether a quantised snowball stays several black holes close to each other. */
final class PrimordialSnowballConclusion {
    /** The notebook's scale of a tight snowball, in true ULP of the component in which rows differ most. */
    private static final double TIGHT_ULP = 2;

    private static final String HYPOTHESIS =
            "Black holes begin as a quantised Gaussian snowball: several at the start, tightly clustered, "
                    + "several at the end.";

    private final FindingsBuilder run;

    PrimordialSnowballConclusion(FindingsBuilder run) {
        this.run = run;
    }

    Outcome outcome() {
        Group before = run.initial().all();
        Group after = run.end().all();
        Tokens dead = run.split().dead();
        Optional<DeadRowDistances> geometry = dead.size() < 2 ? Optional.empty() : Optional.of(geometry(dead));
        return Outcome.of(
                new ExperimentFindings.PrimordialSnowball(
                        Development.of(before.blackHoles(), after.blackHoles()), geometry),
                geometry.map(this::verdict)
                        .orElseGet(() ->
                                run.noVerdict(HYPOTHESIS, "fewer than two tokens are dead, so none can cluster")));
    }

    private DeadRowDistances geometry(Tokens dead) {
        Matrix last = run.run().embeddings().last();
        Distances linf = Distances.of(last, dead, Metric.L_INFINITY);
        double sigma = run.run().config().initialization().sigma();
        return new DeadRowDistances(
                FindingsBuilder.range(linf.allPairs()),
                sigma,
                sigma == 0 ? Double.NaN : linf.allPairs().max() / sigma,
                FindingsBuilder.range(UlpScale.of(last, dead).ulp()),
                LargestGap.of(last, dead).map(PrimordialSnowballConclusion::widest));
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

    private Verdict verdict(DeadRowDistances geometry) {
        int before = run.initial().dead().blackHoles();
        int after = run.end().dead().blackHoles();
        return run.verdict(
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
                                geometry.widest()
                                        .map(PrimordialSnowballConclusion::inUlp)
                                        .orElse("all dead rows are equal"))));
    }
}
