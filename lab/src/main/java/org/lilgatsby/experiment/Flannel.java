package org.lilgatsby.experiment;

import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.lilgatsby.analysis.Freezing;
import org.lilgatsby.analysis.Group;
import org.lilgatsby.analysis.PerGroup;
import org.lilgatsby.experiment.Block.Fact;
import org.lilgatsby.experiment.Verdict.Prediction;

/** Concludes flannel: whether dead tokens come to rest while the live ones keep moving. */
public final class Flannel implements Experiment {
    /** At least this share of the dead tokens has to rest in the last tenth of the run. */
    private static final double MOST = 0.9;

    /** At most this share of the live tokens may rest then. */
    private static final double FEW = 0.1;

    private static final Hypothesis HYPOTHESIS =
            Freezings.hypothesis("Dead tokens come to rest, while live tokens keep moving.");

    @Override
    public String name() {
        return "flannel";
    }

    @Override
    public String asks() {
        return "do dead tokens come to rest while live ones keep moving";
    }

    @Override
    public long bytes(int states, int rows, int columns) {
        return Freezing.bytes(states, rows, columns);
    }

    @Override
    public List<String> charts() {
        return List.of("zeros", "life-course");
    }

    @Override
    public Conclusion.Draft conclude(Evidence evidence) {
        PerGroup<Optional<Rest>> rests = Freezings.rests(evidence);
        Supplier<Verdict> verdict = () -> rests.dead()
                .map(dead -> evidence.verdictOfTheDead(HYPOTHESIS, () -> predictions(dead, rests.live())))
                .orElseGet(() -> evidence.noVerdict(HYPOTHESIS, Freezings.whyUnknown(evidence)));
        return new Conclusion.Draft(
                new Particulars(rests.dead(), rests.live()),
                verdict,
                () -> headlines(rests),
                () -> List.of(Freezings.section(evidence, rests)));
    }

    private static List<Fact> headlines(PerGroup<Optional<Rest>> rests) {
        return Stream.<BiFunction<Group, Rest, Fact>>of(Freezings::resting, Freezings::medianEnd)
                .flatMap(fact -> Stream.of(Group.DEAD, Group.LIVE)
                        .flatMap(group -> rests.get(group).map(rest -> fact.apply(group, rest)).stream()))
                .toList();
    }

    private static List<Prediction> predictions(Rest dead, Optional<Rest> live) {
        String few = "at most %s of the live tokens take none".formatted(Figures.percent(FEW));
        return List.of(
                Prediction.of(
                        "at least %s of the dead tokens take no step in the last tenth of the run"
                                .formatted(Figures.percent(MOST)),
                        dead.restingShare() >= MOST,
                        Figures.percent(dead.restingShare())),
                live.map(l -> Prediction.of(few, l.restingShare() <= FEW, Figures.percent(l.restingShare())))
                        .orElseGet(() -> Prediction.open(few, "no row of a live token was recorded")));
    }

    /**
     * How the tokens came to rest.
     *
     * @param dead the dead tokens; empty without any
     * @param live the live tokens; empty without any
     */
    public record Particulars(Optional<Rest> dead, Optional<Rest> live) implements ExperimentFindings {}
}
