package org.lilgatsby.experiment;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.lilgatsby.analysis.FrameSeries;
import org.lilgatsby.analysis.Frames;
import org.lilgatsby.analysis.Freezing;
import org.lilgatsby.analysis.Group;
import org.lilgatsby.analysis.History;
import org.lilgatsby.analysis.LiveDeadSplit;
import org.lilgatsby.analysis.MoveClass;
import org.lilgatsby.analysis.Onset;
import org.lilgatsby.analysis.PerGroup;
import org.lilgatsby.analysis.Places;
import org.lilgatsby.analysis.Steps;
import org.lilgatsby.analysis.TokenLife;
import org.lilgatsby.analysis.Tokens;
import org.lilgatsby.archive.RecordedFigures;
import org.lilgatsby.archive.RunData;
import org.lilgatsby.experiment.Block.Fact;
import org.lilgatsby.experiment.Block.Facts;
import org.lilgatsby.kernel.ScalarAnalysisKernels;

/** What the experiments about freezing share. */
final class Freezings {
    private Freezings() {}

    /** What a verdict says where {@link #rests} and {@link #deadFrames} are empty. */
    static String whyUnknown(Evidence evidence) {
        return evidence.split().dead().size() == 0
                ? "no token is dead"
                : "the recording does not hold W of every token";
    }

    /** When the states were recorded that the figures are of. */
    static Steps steps(Evidence evidence) {
        Optional<Steps> ofRows = evidence.rows().map(RunData.Rows::embeddings);
        return ofRows.or(() -> evidence.run().figures().map(RecordedFigures::steps))
                .orElseGet(() -> evidence.run().embeddings());
    }

    /** The dead tokens that the figures are of. */
    static Tokens dead(Evidence evidence) {
        return evidence.rows().isPresent()
                ? evidence.known().dead()
                : evidence.split().dead();
    }

    /**
     * How each group came to rest, from the recorded rows, or else from recorded figures; a group without tokens has no
     * rest, and none has where neither says it.
     */
    static PerGroup<Optional<Rest>> rests(Evidence evidence) {
        if (evidence.rows().isEmpty()) {
            return PerGroup.of(group -> evidence.run().figures().flatMap(figures -> rest(evidence, figures, group)));
        }
        History w = evidence.rows().get().embeddings();
        LiveDeadSplit known = evidence.known();
        Freezing freezing = Freezing.of(w, known, Places.of(), new ScalarAnalysisKernels());
        return PerGroup.of(group -> Rest.of(w, known, freezing, group));
    }

    private static Optional<Rest> rest(Evidence evidence, RecordedFigures figures, Group group) {
        boolean known = evidence.config().recording().tokens().isAll()
                && figures.movers().isPresent()
                && figures.lives()
                        .filter(lives -> lives.stream()
                                .allMatch(life -> life.knows(TokenLife.Scale.CELLS, MoveClass.L_INFINITY_ABOVE_1)))
                        .isPresent();
        return known
                ? Rest.of(
                        figures.steps(),
                        evidence.split().tokens(group),
                        figures.lives().orElseThrow(),
                        figures.movers().orElseThrow().get(group))
                : Optional.empty();
    }

    /** A section about the rest of live and dead tokens. */
    static Section section(Evidence evidence, PerGroup<Optional<Rest>> rests) {
        List<Fact> facts = new ArrayList<>();
        if (rests.live().isEmpty() && rests.dead().isEmpty()) {
            facts.add(new Fact(
                    "last steps",
                    "unknown: neither W of every token nor the figures last_moves and regimes were recorded"));
        } else if (rests.all().get().tokens() < evidence.split().all().size()) {
            facts.add(new Fact(
                    "read from the rows of",
                    "%s dead and %s live tokens; no others were recorded"
                            .formatted(
                                    Figures.count(evidence.known().dead().size()),
                                    Figures.count(evidence.known().live().size()))));
        }
        for (Group group : List.of(Group.DEAD, Group.LIVE)) {
            rests.get(group).ifPresent(rest -> {
                facts.add(new Fact(
                        "%s tokens that rest in the last tenth".formatted(group),
                        "%s of %s, %s"
                                .formatted(
                                        Figures.count(rest.resting()),
                                        Figures.count(rest.tokens()),
                                        Figures.percent(rest.restingShare()))));
                facts.add(new Fact(
                        "%s tokens, median last steps".formatted(group),
                        "of more than the root of the width (L2) in cells %s, of more than a cell (L-infinity) %s, "
                                        .formatted(
                                                lastStep(rest, rest.medianLeap()), lastStep(rest, rest.medianCrawl()))
                                + "of any size %s".formatted(lastStep(rest, rest.medianEnd()))));
                facts.add(new Fact(
                        "%s tokens, last steps".formatted(group),
                        "one in ten %s, half %s, nine in ten %s, all %s"
                                .formatted(
                                        by(rest, rest.firstTenth()),
                                        by(rest, rest.medianEnd()),
                                        by(rest, rest.lastTenth()),
                                        by(rest, rest.last()))));
                facts.add(new Fact(
                        "%s tokens that move in the last step".formatted(group),
                        "%s of %s".formatted(Figures.count(rest.moving()), Figures.count(rest.tokens()))));
                facts.add(new Fact(
                        "steps in which no %s token moves".formatted(group),
                        "%s of %s, longest stretch %s"
                                .formatted(
                                        Figures.count(rest.stillness().still()),
                                        Figures.count(rest.stillness().steps()),
                                        Figures.count(rest.stillness().longest()))));
            });
        }
        return Section.of("How the tokens came to rest", new Facts(facts));
    }

    /** A headline: how many tokens of a group rest. */
    static Fact resting(Group group, Rest rest) {
        return new Fact(
                "of %s %s tokens rest in the last tenth of the run".formatted(Figures.count(rest.tokens()), group),
                Figures.percent(rest.restingShare()));
    }

    /** A headline: when half of the tokens of a group have taken their last step. */
    static Fact medianEnd(Group group, Rest rest) {
        return new Fact("median last step of %s tokens".formatted(group), lastly(rest, rest.medianEnd()));
    }

    /** The value of a headline about last steps: those that came to an end have a step. */
    static String lastly(Rest rest, int step) {
        if (step == TokenLife.NEVER) {
            return "none";
        }
        return rest.isOver(step) ? "step " + Figures.count(step) : "not yet";
    }

    /**
     * The dead tokens in the frames of the origin and of their centroid; empty without any, and where neither W at
     * every step nor the figures radii, centroids, speeds and regimes were recorded.
     */
    static Optional<FrameSeries> deadFrames(Evidence evidence) {
        if (evidence.rows().isEmpty()) {
            return evidence.run()
                    .figures()
                    .filter(figures -> figures.regimes().isPresent())
                    .map(figures -> figures.frames().dead())
                    .filter(dead -> Double.isFinite(dead.speed().last()
                            + dead.meanRadius().last()
                            + dead.centroidNorm().last()));
        }
        LiveDeadSplit known = evidence.known();
        return evidence.rows()
                .filter(_ -> known.dead().size() > 0)
                .map(rows -> Frames.of(rows.embeddings(), known, Places.of(), new ScalarAnalysisKernels())
                        .dead());
    }

    /** What goes on in the last tenth has not ended: its last step is only the last that was recorded. */
    private static String lastStep(Rest rest, int step) {
        if (step == TokenLife.NEVER) {
            return "never";
        }
        return rest.isOver(step) ? "step " + Figures.count(step) : "in the last tenth";
    }

    private static String by(Rest rest, int step) {
        return step == TokenLife.NEVER || rest.isOver(step) ? "by step " + Figures.count(step) : "in the last tenth";
    }

    /** A step that an {@link Onset} holds, for people. */
    static String step(int step) {
        return step == Onset.NEVER ? "never" : "step " + Figures.count(step);
    }

    /** A hypothesis about rows that move by Adam on the lattice of bfloat16. */
    static Hypothesis hypothesis(String sentence) {
        return Hypothesis.of(
                sentence,
                Presupposition.ADAMW,
                Presupposition.STORED_IN_BF16,
                Presupposition.TIED,
                Presupposition.LEARNING);
    }
}
