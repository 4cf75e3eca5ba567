package org.lilgatsby.experiment;

import java.math.BigDecimal;
import java.util.Locale;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import org.lilgatsby.experiment.ExperimentFindings.AdamState;
import org.lilgatsby.experiment.ExperimentFindings.DeadRowDistances;
import org.lilgatsby.experiment.ExperimentFindings.SupermassiveBlackHole;
import org.lilgatsby.experiment.Findings.CommonVector;
import org.lilgatsby.experiment.Findings.Gradients;
import org.lilgatsby.experiment.Findings.Lattice;
import org.lilgatsby.experiment.Findings.Received;
import org.lilgatsby.experiment.Findings.Topology;

/** The figures that authors of the experiments published, each with its place in a run's findings. */
public enum ComparedFigure {
    COMMON_NORM("L2 norm of the common vector as drawn", Kind.NUMBER, f -> common(f, CommonVector::norm)),
    COMMON_MEAN("mean component of the common vector as drawn", Kind.RATE, f -> common(f, CommonVector::mean)),
    DRAWN_CENTROID_NORM("centroid norm as drawn", Kind.NUMBER, f -> f.start().drawnCentroidNorm()),
    CENTROID_SHIFT(
            "shift of the centroid by rounding", Kind.RATE, f -> f.start().centroidShift()),
    INITIAL_CENTROID_NORM(
            "centroid norm at the start, as stored",
            Kind.NUMBER,
            f -> f.centroid().initialNorm()),
    FINAL_CENTROID_NORM(
            "centroid norm at the end", Kind.NUMBER, f -> f.centroid().finalNorm()),
    DISPLACEMENT("displacement of the centroid", Kind.NUMBER, f -> f.centroid().displacement()),
    INITIAL_DISTINCT(
            "distinct rows at the start", Kind.COUNT, f -> f.initial().all().distinct()),
    INITIAL_BLACK_HOLES(
            "black holes at the start", Kind.COUNT, f -> f.initial().all().blackHoles()),
    INITIAL_IN_BLACK_HOLES(
            "tokens in them at the start", Kind.COUNT, f -> f.initial().all().tokensInBlackHoles()),
    FINAL_BLACK_HOLES("black holes at the end", Kind.COUNT, f -> f.end().all().blackHoles()),
    FINAL_IN_BLACK_HOLES(
            "tokens in them at the end", Kind.COUNT, f -> f.end().all().tokensInBlackHoles()),
    DEAD_DISTINCT(
            "distinct dead rows at the end", Kind.COUNT, f -> f.end().dead().distinct()),
    DEAD_BLACK_HOLES(
            "black holes of dead tokens at the end",
            Kind.COUNT,
            f -> f.end().dead().blackHoles()),
    DEAD_SINGLETONS(
            "dead singletons at the end", Kind.COUNT, f -> f.end().dead().singletons()),
    DEAD_LINF_MIN(
            "L-infinity of two dead tokens, smallest",
            Kind.RATE,
            f -> geometry(f, g -> g.linf().min())),
    DEAD_LINF_MEAN(
            "L-infinity of two dead tokens, mean",
            Kind.RATE,
            f -> geometry(f, g -> g.linf().mean())),
    DEAD_LINF_MAX(
            "L-infinity of two dead tokens, largest",
            Kind.RATE,
            f -> geometry(f, g -> g.linf().max())),
    DEAD_CENTROID_NORM("centroid norm of the dead rows", Kind.NUMBER, f -> topology(f, Topology::centroidNorm)),
    EPSILON("epsilon, that norm x 2^-7", Kind.RATE, f -> topology(f, Topology::epsilon)),
    EDGES("pairs of distinct dead rows within 2 epsilon", Kind.COUNT, f -> topology(f, Topology::edges)),
    DENSITY("density of that graph", Kind.NUMBER, f -> topology(f, Topology::density)),
    DISTINCT_LINF_MIN(
            "L-infinity of two distinct dead rows, smallest",
            Kind.RATE,
            f -> topology(f, t -> t.linf().min())),
    DISTINCT_LINF_MEAN(
            "L-infinity of two distinct dead rows, mean",
            Kind.RATE,
            f -> topology(f, t -> t.linf().mean())),
    DISTINCT_LINF_MAX(
            "L-infinity of two distinct dead rows, largest",
            Kind.RATE,
            f -> topology(f, t -> t.linf().max())),
    COMPONENT_VALUES(
            "distinct component values of dead rows", Kind.COUNT, f -> lattice(f, Lattice::distinctComponents)),
    COMPONENT_MIN("smallest component of a dead row", Kind.RATE, f -> lattice(f, Lattice::min)),
    COMPONENT_MAX("largest component of a dead row", Kind.RATE, f -> lattice(f, Lattice::max)),
    ALL_GRADIENT_MEAN(
            "gradient norm, first step, mean",
            Kind.RATE,
            f -> all(f, g -> g.first().mean())),
    ALL_GRADIENT_MAX(
            "gradient norm, first step, largest",
            Kind.RATE,
            f -> all(f, g -> g.first().max())),
    DEAD_GRADIENT_MEAN(
            "dead gradient norm, first step, mean",
            Kind.RATE,
            f -> dead(f, g -> g.first().mean())),
    DEAD_GRADIENT_MIN(
            "dead gradient norm, first step, smallest",
            Kind.RATE,
            f -> dead(f, g -> g.first().min())),
    DEAD_GRADIENT_MAX(
            "dead gradient norm, first step, largest",
            Kind.RATE,
            f -> dead(f, g -> g.first().max())),
    DEAD_LAST_GRADIENT_MEAN(
            "dead gradient norm, last step, mean",
            Kind.RATE,
            f -> dead(f, g -> g.last().mean())),
    LIVE_GRADIENT_MEAN(
            "live gradient norm, first step, mean",
            Kind.RATE,
            f -> live(f, g -> g.first().mean())),
    LIVE_GRADIENT_MAX(
            "live gradient norm, first step, largest",
            Kind.RATE,
            f -> live(f, g -> g.first().max())),
    LIVE_LAST_GRADIENT_MEAN(
            "live gradient norm, last step, mean",
            Kind.RATE,
            f -> live(f, g -> g.last().mean())),
    LIVE_LAST_GRADIENT_MAX(
            "live gradient norm, last step, largest",
            Kind.RATE,
            f -> live(f, g -> g.last().max())),
    INITIAL_DISTANCE(
            "largest pairwise L2 distance at the start",
            Kind.NUMBER,
            f -> hole(f, h -> h.initialDistances().distance().max())),
    FINAL_DISTANCE(
            "largest pairwise L2 distance at the end",
            Kind.NUMBER,
            f -> hole(f, h -> h.finalDistances().distance().max())),
    WARM_MOMENTUM("mean |momentum| at step 100", Kind.RATE, f -> hole(f, h -> value(h.adam(), AdamState::momentum))),
    WARM_VARIANCE("mean variance at step 100", Kind.RATE, f -> hole(f, h -> value(h.adam(), AdamState::variance))),
    FIRST_LOSS("loss of step 1 (nats)", Kind.NUMBER, Findings::firstLoss),
    LAST_LOSS("loss of the last step (nats)", Kind.NUMBER, Findings::lastLoss),
    STEPS_PER_SECOND("steps per second", Kind.SPEED, f -> f.throughput().stepsPerSecond());

    /** How a figure is written. */
    public enum Kind {
        /** A whole number. */
        COUNT,
        /** A number near 1. */
        NUMBER,
        /** A small number, with an exponent. */
        RATE,
        /** A number of which one decimal says enough. */
        SPEED
    }

    /** What two decimals can show, rounded. */
    private static final double SMALLEST_PERCENT = 0.005;

    private final String label;
    private final Kind kind;
    private final ToDoubleFunction<Findings> place;

    ComparedFigure(String label, Kind kind, ToDoubleFunction<Findings> place) {
        this.label = label;
        this.kind = kind;
        this.place = place;
    }

    /** What it is, with its unit where it has one. */
    public String label() {
        return label;
    }

    /** The figure of a run; NaN if the run does not have it, as an unfinished one has none of the end. */
    public double of(Findings findings) {
        return isOfTheEnd() && !findings.finished() ? Double.NaN : place.applyAsDouble(findings);
    }

    private boolean isOfTheEnd() {
        return switch (this) {
            case FINAL_CENTROID_NORM,
                    DISPLACEMENT,
                    FINAL_BLACK_HOLES,
                    FINAL_IN_BLACK_HOLES,
                    DEAD_DISTINCT,
                    DEAD_BLACK_HOLES,
                    DEAD_SINGLETONS,
                    DEAD_LINF_MIN,
                    DEAD_LINF_MEAN,
                    DEAD_LINF_MAX,
                    DEAD_CENTROID_NORM,
                    EPSILON,
                    EDGES,
                    DENSITY,
                    DISTINCT_LINF_MIN,
                    DISTINCT_LINF_MEAN,
                    DISTINCT_LINF_MAX,
                    COMPONENT_VALUES,
                    COMPONENT_MIN,
                    COMPONENT_MAX,
                    DEAD_LAST_GRADIENT_MEAN,
                    LIVE_LAST_GRADIENT_MEAN,
                    LIVE_LAST_GRADIENT_MAX,
                    FINAL_DISTANCE,
                    LAST_LOSS -> true;
            case COMMON_NORM,
                    COMMON_MEAN,
                    DRAWN_CENTROID_NORM,
                    CENTROID_SHIFT,
                    INITIAL_CENTROID_NORM,
                    INITIAL_DISTINCT,
                    INITIAL_BLACK_HOLES,
                    INITIAL_IN_BLACK_HOLES,
                    ALL_GRADIENT_MEAN,
                    ALL_GRADIENT_MAX,
                    DEAD_GRADIENT_MEAN,
                    DEAD_GRADIENT_MIN,
                    DEAD_GRADIENT_MAX,
                    LIVE_GRADIENT_MEAN,
                    LIVE_GRADIENT_MAX,
                    INITIAL_DISTANCE,
                    WARM_MOMENTUM,
                    WARM_VARIANCE,
                    FIRST_LOSS,
                    STEPS_PER_SECOND -> false;
        };
    }

    /** A value of this figure as text. */
    public String text(double value) {
        return switch (kind) {
            case COUNT -> Double.isNaN(value) ? Figures.UNDEFINED : Figures.count((long) value);
            case NUMBER -> Figures.number(value);
            case RATE -> Figures.scientific(value);
            case SPEED -> Figures.decimals(1, value);
        };
    }

    /** The name in {@code report.json}, such as {@code final_black_holes}. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** A published value of this figure as text, with the digits that it was printed with. */
    String text(BigDecimal published) {
        boolean exponent = kind == Kind.RATE && published.signum() != 0;
        return exponent
                ? Figures.scientific(published.precision() - 1, published.doubleValue())
                : Figures.decimals(published.scale(), published.doubleValue());
    }

    /**
     * How far a run's value is from a published one: none if the published value, printed with the digits of the run's,
     * reads the same; else a difference for counts, a percentage otherwise.
     */
    String deviation(double run, BigDecimal published) {
        if (!Double.isFinite(run)) {
            return Figures.UNDEFINED;
        }
        double value = published.doubleValue();
        if (text(run).equals(text(value))) {
            return "none";
        }
        if (kind == Kind.COUNT) {
            return Figures.signed(0, run - value);
        }
        if (value == 0) {
            return Figures.UNDEFINED;
        }
        double percent = 100 * (run - value) / Math.abs(value);
        return Math.abs(percent) < SMALLEST_PERCENT ? "under 0.01 %" : Figures.signed(2, percent) + " %";
    }

    private static <T> double value(Optional<T> part, ToDoubleFunction<T> figure) {
        return part.isPresent() ? figure.applyAsDouble(part.get()) : Double.NaN;
    }

    private static double common(Findings f, ToDoubleFunction<CommonVector> figure) {
        return value(f.start().common(), figure);
    }

    private static double topology(Findings f, ToDoubleFunction<Topology> figure) {
        return value(f.topology(), figure);
    }

    private static double lattice(Findings f, ToDoubleFunction<Lattice> figure) {
        return value(f.quantization(), figure);
    }

    private static double all(Findings f, ToDoubleFunction<Received> figure) {
        return value(f.gradients().map(Gradients::all), figure);
    }

    private static double live(Findings f, ToDoubleFunction<Received> figure) {
        return value(f.gradients().flatMap(Gradients::live), figure);
    }

    private static double dead(Findings f, ToDoubleFunction<Received> figure) {
        return value(f.gradients().flatMap(Gradients::dead), figure);
    }

    private static double geometry(Findings f, ToDoubleFunction<DeadRowDistances> figure) {
        return f.particulars().orElse(null) instanceof ExperimentFindings.PrimordialSnowball snowball
                ? value(snowball.geometry(), figure)
                : Double.NaN;
    }

    private static double hole(Findings f, ToDoubleFunction<SupermassiveBlackHole> figure) {
        return f.particulars().orElse(null) instanceof SupermassiveBlackHole hole
                ? figure.applyAsDouble(hole)
                : Double.NaN;
    }
}
