package org.lilgatsby.experiment;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import org.lilgatsby.analysis.BlackHole;
import org.lilgatsby.analysis.Census;
import org.lilgatsby.analysis.Distances;
import org.lilgatsby.analysis.History;
import org.lilgatsby.analysis.Matrix;
import org.lilgatsby.analysis.Metric;
import org.lilgatsby.analysis.Tokens;
import org.lilgatsby.experiment.ExperimentFindings.AdamState;
import org.lilgatsby.experiment.ExperimentFindings.Pairs;
import org.lilgatsby.experiment.ExperimentFindings.Together;
import org.lilgatsby.experiment.Findings.Gradients;
import org.lilgatsby.experiment.Findings.Topology;
import org.lilgatsby.experiment.FindingsBuilder.Outcome;
import org.lilgatsby.experiment.Verdict.Prediction;

/** Concludes 1.12b: what leaves one supermassive black hole, and what stays. */
final class SupermassiveBlackHoleConclusion {
    /** When the notebook takes Adam's moments to be warm. */
    private static final int WARM_STEP = 100;

    /** A cluster: the largest L-infinity distance in true ULP of the component in which it lies. */
    private static final double TOGETHER_ULP = 2;

    /** Share of the run at whose end dead rows must stand still to count as frozen: this project's bound. */
    private static final double FROZEN_SHARE = 0.01;

    private static final String HYPOTHESIS =
            "Live tokens get large gradients and boil off; dead tokens get small ones, stay together and freeze.";

    private final FindingsBuilder run;
    private final History embeddings;

    SupermassiveBlackHoleConclusion(FindingsBuilder run) {
        this.run = run;
        this.embeddings = run.run().embeddings();
    }

    Outcome outcome() {
        Tokens dead = run.split().dead();
        Optional<Together> together = dead.size() == 0 ? Optional.empty() : Optional.of(together(dead));
        ExperimentFindings particulars = new ExperimentFindings.SupermassiveBlackHole(
                pairs(embeddings.first()), pairs(embeddings.last()), adamState(), together);
        return Outcome.of(
                particulars,
                together.map(this::verdict).orElseGet(() -> run.noVerdict(HYPOTHESIS, "no token is dead")));
    }

    private Pairs pairs(Matrix matrix) {
        Distances distances = Distances.of(matrix, run.split().all(), Metric.L2);
        return new Pairs(
                distances.allPairs().count(), distances.identicalPairs(), FindingsBuilder.range(distances.allPairs()));
    }

    private Optional<AdamState> adamState() {
        OptionalInt place = IntStream.range(0, embeddings.size())
                .filter(p -> embeddings.step(p) == WARM_STEP)
                .findFirst();
        if (place.isEmpty()
                || run.run().momentum().isEmpty()
                || run.run().variance().isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new AdamState(
                WARM_STEP,
                meanMagnitude(run.run().momentum().get().matrix(place.getAsInt())),
                meanMagnitude(run.run().variance().get().matrix(place.getAsInt()))));
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

    private Together together(Tokens dead) {
        int firstApart = -1;
        int lastMotion = 0;
        Matrix before = embeddings.first();
        for (int place = 0; place < embeddings.size(); place++) {
            Matrix matrix = embeddings.matrix(place);
            if (firstApart < 0 && !allEqual(matrix, dead)) {
                firstApart = embeddings.step(place);
            }
            if (!sameRows(before, matrix, dead)) {
                lastMotion = embeddings.step(place);
            }
            before = matrix;
        }
        return new Together(firstApart < 0, firstApart, lastMotion, escaped(embeddings.last(), dead));
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
    private int escaped(Matrix matrix, Tokens dead) {
        int caught = 0;
        for (BlackHole hole : Census.of(matrix, run.split().all()).blackHoles()) {
            int deadInside = (int)
                    IntStream.of(hole.tokens().toArray()).filter(dead::contains).count();
            caught += deadInside > 0 ? hole.population() - deadInside : 0;
        }
        return run.split().live().size() - caught;
    }

    private Verdict verdict(Together dead) {
        return run.verdict(
                HYPOTHESIS,
                () -> List.of(
                        largerGradients(),
                        escapes(dead),
                        staysTogether(dead),
                        freezes(dead, run.end().step())));
    }

    private Prediction largerGradients() {
        String claim = "live tokens' mean gradient norm exceeds dead tokens' at the first update";
        Optional<Gradients> both =
                run.gradients().filter(g -> g.live().isPresent() && g.dead().isPresent());
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

    private Prediction escapes(Together dead) {
        int live = run.split().live().size();
        return Prediction.of(
                "every live token leaves the dead ones' black hole",
                dead.escaped() == live,
                "%s of %s".formatted(Figures.count(dead.escaped()), Figures.of(live, "live token")));
    }

    private Prediction staysTogether(Together dead) {
        double ulp = run.deadTopology().map(Topology::linfUlp).orElseThrow();
        return Prediction.of(
                "dead tokens end at most %s true ULP apart (L-infinity)".formatted(Figures.decimals(0, TOGETHER_ULP)),
                ulp <= TOGETHER_ULP,
                dead.always()
                        ? "equal bit for bit at every recorded step"
                        : "largest distance %s ULP; not all equal at step %s"
                                .formatted(Figures.ratio(ulp), Figures.count(dead.firstStepApart())));
    }

    private static Prediction freezes(Together dead, int lastStep) {
        return Prediction.of(
                "dead tokens do not move in the last %s of the run, our own bound"
                        .formatted(Figures.percent(FROZEN_SHARE)),
                dead.lastMotion() <= lastStep * (1 - FROZEN_SHARE),
                "last move at step %s of %s".formatted(Figures.count(dead.lastMotion()), Figures.count(lastStep)));
    }
}
