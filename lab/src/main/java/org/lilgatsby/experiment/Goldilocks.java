package org.lilgatsby.experiment;

import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.lilgatsby.analysis.FrameSeries;
import org.lilgatsby.analysis.Frames;
import org.lilgatsby.analysis.Freezing;
import org.lilgatsby.analysis.Onset;
import org.lilgatsby.analysis.PerGroup;
import org.lilgatsby.analysis.RadiusLife;
import org.lilgatsby.analysis.Steps;
import org.lilgatsby.experiment.Block.Fact;
import org.lilgatsby.experiment.Block.Facts;
import org.lilgatsby.experiment.Verdict.Prediction;

/** Concludes goldilocks: whether the cloud of dead tokens shrinks, grows and freezes. */
public final class Goldilocks implements Experiment {
    /** The radius has to grow by at least this factor from its first minimum to its largest. */
    private static final double GROWTH = 1.1;

    private static final Hypothesis HYPOTHESIS = Freezings.hypothesis(
            "The mean radius of the dead tokens falls to a minimum, grows from there, and freezes before the end.");

    @Override
    public String name() {
        return "goldilocks";
    }

    @Override
    public String asks() {
        return "does the cloud of dead tokens shrink, grow and freeze";
    }

    @Override
    public long bytes(int states, int rows, int columns) {
        return Math.max(Freezing.bytes(states, rows, columns), Frames.bytes(states, rows, columns));
    }

    @Override
    public List<String> charts() {
        return List.of("frames", "zeros");
    }

    @Override
    public Conclusion.Draft conclude(Evidence evidence) {
        PerGroup<Optional<Rest>> rests = Freezings.rests(evidence);
        Optional<FrameSeries> frames = Freezings.deadFrames(evidence);
        Optional<RadiusLife> radius = frames.map(dead -> RadiusLife.of(
                Freezings.steps(evidence), dead, Freezings.dead(evidence).size()));
        Optional<RadiusLife.Moment> regrown = radius.map(life -> largestFrom(
                Freezings.steps(evidence),
                frames.orElseThrow(),
                life.firstMinimum().step()));
        Supplier<Verdict> verdict = () -> radius.map(life -> evidence.verdictOfTheDead(
                        HYPOTHESIS,
                        () -> predictions(evidence.rows().orElseThrow().lastStep(), life, regrown.orElseThrow())))
                .orElseGet(() -> evidence.noVerdict(HYPOTHESIS, Freezings.whyUnknown(evidence)));
        Supplier<List<Section>> sections =
                () -> radius.map(life -> List.of(section(life), Freezings.section(evidence, rests)))
                        .orElseGet(() -> List.of(Freezings.section(evidence, rests)));
        Supplier<List<Fact>> headlines =
                () -> radius.map(life -> headlines(life, regrown.orElseThrow())).orElseGet(List::of);
        return new Conclusion.Draft(new Particulars(radius, regrown, rests.dead()), verdict, headlines, sections);
    }

    private static List<Fact> headlines(RadiusLife life, RadiusLife.Moment regrown) {
        return List.of(
                radius("first minimum of the dead tokens' mean radius", life.firstMinimum()),
                radius("largest from there on", regrown),
                new Fact(
                        "more than %s of the dead tokens still, for good".formatted(Figures.percent(RadiusLife.STILL)),
                        Freezings.step(life.still().forGood())));
    }

    private static Fact radius(String label, RadiusLife.Moment moment) {
        return new Fact(
                "%s, at step %s".formatted(label, Figures.count(moment.step())), Figures.scientific(moment.value()));
    }

    private static RadiusLife.Moment largestFrom(Steps w, FrameSeries frames, int step) {
        int largest = 0;
        while (w.step(largest) < step) {
            largest++;
        }
        for (int place = largest + 1; place < w.size(); place++) {
            if (frames.meanRadius().at(place) > frames.meanRadius().at(largest)) {
                largest = place;
            }
        }
        return new RadiusLife.Moment(w.step(largest), frames.meanRadius().at(largest));
    }

    private static List<Prediction> predictions(int last, RadiusLife life, RadiusLife.Moment regrown) {
        double growth = regrown.value() / life.firstMinimum().value();
        int frozen = life.still().forGood();
        return List.of(
                Prediction.of(
                        "the radius falls to a first minimum after the start",
                        life.firstMinimum().step() > 0,
                        moment(life.firstMinimum())),
                Prediction.of(
                        "after it the radius grows by a factor of at least " + Figures.ratio(GROWTH),
                        growth >= GROWTH,
                        "largest at %s, %s times the minimum".formatted(moment(regrown), Figures.ratio(growth))),
                Prediction.of(
                        "more than %s of the dead tokens stand still from some step before the last to the end"
                                .formatted(Figures.percent(RadiusLife.STILL)),
                        frozen != Onset.NEVER && frozen < last,
                        Freezings.step(frozen)));
    }

    private static String moment(RadiusLife.Moment moment) {
        return "%s, %s".formatted(Freezings.step(moment.step()), Figures.scientific(moment.value()));
    }

    private static Section section(RadiusLife life) {
        return Section.of(
                "The life of the mean radius of the dead tokens",
                Facts.of(
                        new Fact("first minimum", moment(life.firstMinimum())),
                        new Fact("largest", moment(life.largest())),
                        new Fact("fastest growth, per update", moment(life.fastestGrowth())),
                        new Fact(
                                "more than %s still, for good".formatted(Figures.percent(RadiusLife.STILL)),
                                Freezings.step(life.still().forGood())),
                        new Fact(
                                "mean step below %s of its peak, for good".formatted(Figures.percent(RadiusLife.SLOW)),
                                Freezings.step(life.slow().forGood()))));
    }

    /**
     * What became of the cloud.
     *
     * @param radius the mean radius of the dead tokens; empty without any
     * @param regrown its largest value from the first minimum on; likewise
     * @param dead how they came to rest; empty without any
     */
    public record Particulars(Optional<RadiusLife> radius, Optional<RadiusLife.Moment> regrown, Optional<Rest> dead)
            implements ExperimentFindings {}
}
