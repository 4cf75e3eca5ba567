package org.lilgatsby.experiment;

import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.lilgatsby.analysis.FrameSeries;
import org.lilgatsby.analysis.Frames;
import org.lilgatsby.analysis.Freezing;
import org.lilgatsby.analysis.Onset;
import org.lilgatsby.analysis.PerGroup;
import org.lilgatsby.experiment.Block.Fact;
import org.lilgatsby.experiment.Block.Facts;
import org.lilgatsby.experiment.Verdict.Prediction;

/** Concludes duckling-record: whether phantom rows leave the origin behind as one cloud. */
public final class DucklingRecord implements Experiment {
    /** The centroid's norm has to be at least this many times the largest radius in the end. */
    private static final double FAR = 2;

    private static final Hypothesis HYPOTHESIS = Freezings.hypothesis(
            "Rows that no token has leave the origin behind together, farther than their cloud is wide.");

    @Override
    public String name() {
        return "duckling-record";
    }

    @Override
    public String asks() {
        return "do phantom rows leave the origin behind as one cloud";
    }

    @Override
    public long bytes(int states, int rows, int columns) {
        return Math.max(Freezing.bytes(states, rows, columns), Frames.bytes(states, rows, columns));
    }

    @Override
    public List<String> charts() {
        return List.of("frames", "centroid");
    }

    @Override
    public Conclusion.Draft conclude(Evidence evidence) {
        PerGroup<Optional<Rest>> rests = Freezings.rests(evidence);
        Optional<Flight> flight = Freezings.deadFrames(evidence).map(frames -> flight(evidence, frames));
        Supplier<Verdict> verdict = () -> flight.map(f -> evidence.verdictOfTheDead(HYPOTHESIS, () -> predictions(f)))
                .orElseGet(() -> evidence.noVerdict(HYPOTHESIS, Freezings.whyUnknown(evidence)));
        Supplier<List<Section>> sections =
                () -> flight.map(f -> List.of(section(f), Freezings.section(evidence, rests)))
                        .orElseGet(() -> List.of(Freezings.section(evidence, rests)));
        return new Conclusion.Draft(
                new Particulars(flight, rests.dead()),
                verdict,
                () -> flight.map(DucklingRecord::headlines).orElseGet(List::of),
                sections);
    }

    private static List<Fact> headlines(Flight flight) {
        return List.of(
                new Fact(
                        "lift-off of the dead rows from the origin, for good",
                        Freezings.step(flight.liftOff().forGood())),
                new Fact("norm of their centroid at the end", Figures.scientific(flight.centroidNorm())),
                new Fact("largest distance of a dead row from it", Figures.scientific(flight.largestRadius())));
    }

    private static Flight flight(Evidence evidence, FrameSeries dead) {
        Onset liftOff = Onset.of(
                Freezings.steps(evidence),
                0,
                place -> dead.centroidNorm().at(place) > dead.radiusMax().at(place));
        return new Flight(liftOff, dead.centroidNorm().last(), dead.radiusMax().last());
    }

    private static List<Prediction> predictions(Flight flight) {
        return List.of(
                Prediction.of(
                        "the cloud of the dead rows has left the origin for good",
                        flight.liftOff().forGood() != Onset.NEVER,
                        Freezings.step(flight.liftOff().forGood())),
                Prediction.of(
                        ("at the end, their centroid is at least %s times as far from the origin as any of them is "
                                        + "from it")
                                .formatted(Figures.ratio(FAR)),
                        flight.centroidNorm() >= FAR * flight.largestRadius(),
                        "%s against %s"
                                .formatted(
                                        Figures.scientific(flight.centroidNorm()),
                                        Figures.scientific(flight.largestRadius()))));
    }

    private static Section section(Flight flight) {
        return Section.of(
                "The flight of the dead rows",
                Facts.of(
                        new Fact(
                                "lift-off, first",
                                Freezings.step(flight.liftOff().first())),
                        new Fact(
                                "lift-off, for good",
                                Freezings.step(flight.liftOff().forGood())),
                        new Fact("norm of their centroid at the end", Figures.scientific(flight.centroidNorm())),
                        new Fact("largest distance from it", Figures.scientific(flight.largestRadius()))));
    }

    /**
     * Where the cloud of the dead rows went.
     *
     * @param liftOff when the norm of its centroid was above the largest distance of a row from it; -1 for never
     * @param centroidNorm that norm in the end
     * @param largestRadius that distance in the end
     */
    public record Flight(Onset liftOff, double centroidNorm, double largestRadius) {}

    /**
     * What became of the phantom rows.
     *
     * @param flight where they went; empty without dead rows
     * @param dead how they came to rest; empty without any
     */
    public record Particulars(Optional<Flight> flight, Optional<Rest> dead) implements ExperimentFindings {}
}
