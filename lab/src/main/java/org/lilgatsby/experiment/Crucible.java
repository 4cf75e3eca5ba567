package org.lilgatsby.experiment;

import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.lilgatsby.analysis.Freezing;
import org.lilgatsby.analysis.Group;
import org.lilgatsby.analysis.PerGroup;
import org.lilgatsby.experiment.Block.Fact;
import org.lilgatsby.experiment.Verdict.Prediction;

/** Concludes crucible: when each dead token stops, and how its steps shrink. */
public final class Crucible implements Experiment {
    /** Nine in ten dead tokens stop within this share of the run after one in ten has. */
    private static final double TOGETHER = 0.2;

    /** Dead tokens stand still together at the end for at least this share of the run. */
    private static final double LONG = 0.1;

    private static final Hypothesis HYPOTHESIS = Freezings.hypothesis(
            "Dead tokens stop together: their leaps end first, then their crawl, then their hops, and then none "
                    + "moves.");

    @Override
    public String name() {
        return "crucible";
    }

    @Override
    public String asks() {
        return "when does each dead token stop, and how do its steps shrink";
    }

    @Override
    public long bytes(int states, int rows, int columns) {
        return Freezing.bytes(states, rows, columns);
    }

    @Override
    public List<String> charts() {
        return List.of("life-course", "token-life");
    }

    @Override
    public Conclusion.Draft conclude(Evidence evidence) {
        PerGroup<Optional<Rest>> rests = Freezings.rests(evidence);
        Supplier<Verdict> verdict = () -> rests.dead()
                .map(dead -> evidence.verdictOfTheDead(
                        HYPOTHESIS,
                        () -> predictions(evidence.rows().orElseThrow().lastStep(), dead)))
                .orElseGet(() -> evidence.noVerdict(HYPOTHESIS, Freezings.whyUnknown(evidence)));
        return new Conclusion.Draft(
                new Particulars(rests.dead(), rests.live()),
                verdict,
                () -> rests.dead().map(Crucible::headlines).orElseGet(List::of),
                () -> List.of(Freezings.section(evidence, rests)));
    }

    private static List<Fact> headlines(Rest dead) {
        return List.of(
                new Fact(
                        "median last step of dead tokens with L2 above the root of the width, in cells",
                        Freezings.lastly(dead, dead.medianLeap())),
                new Fact(
                        "median last step of dead tokens with L-infinity above a cell",
                        Freezings.lastly(dead, dead.medianCrawl())),
                Freezings.medianEnd(Group.DEAD, dead),
                new Fact("last step of nine in ten dead tokens", Freezings.lastly(dead, dead.lastTenth())),
                new Fact(
                        "recorded steps at the end in which no dead token moves, of %s"
                                .formatted(Figures.count(dead.stillness().steps())),
                        Figures.count(dead.stillness().last())));
    }

    private static List<Prediction> predictions(int steps, Rest dead) {
        int spread = dead.lastTenth() - dead.firstTenth();
        double still = (double) dead.stillness().last() / dead.stillness().steps();
        return List.of(
                Prediction.of(
                        "the median last leap comes before the median last crawl, and that before the median last step",
                        dead.medianLeap() < dead.medianCrawl() && dead.medianCrawl() < dead.medianEnd(),
                        "steps %s, %s and %s"
                                .formatted(
                                        Figures.count(dead.medianLeap()),
                                        Figures.count(dead.medianCrawl()),
                                        Figures.count(dead.medianEnd()))),
                Prediction.of(
                        "at most %s of the run passes from the last step of one in ten to that of nine in ten"
                                .formatted(Figures.percent(TOGETHER)),
                        dead.isOver(dead.lastTenth()) && spread <= TOGETHER * steps,
                        "%s of %s steps%s"
                                .formatted(
                                        Figures.count(spread),
                                        Figures.count(steps),
                                        dead.isOver(dead.lastTenth())
                                                ? ""
                                                : ", but more than one in ten move in the last tenth")),
                Prediction.of(
                        "no dead token moves in the last %s of the recorded steps".formatted(Figures.percent(LONG)),
                        still >= LONG,
                        "none moves in the last %s".formatted(Figures.percent(still))));
    }

    /**
     * How the tokens came to rest.
     *
     * @param dead the dead tokens; empty without any
     * @param live the live tokens; empty without any
     */
    public record Particulars(Optional<Rest> dead, Optional<Rest> live) implements ExperimentFindings {}
}
