package org.lilgatsby.experiment;

import com.fasterxml.jackson.annotation.JsonValue;
import java.math.BigDecimal;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import org.lilgatsby.experiment.Findings.CommonVector;
import org.lilgatsby.experiment.Findings.Gradients;
import org.lilgatsby.experiment.Findings.Lattice;
import org.lilgatsby.experiment.Findings.Received;
import org.lilgatsby.experiment.Findings.Topology;

/**
 * A figure that authors published, and where a run's findings hold it. Figures that several experiments share, or that
 * every run has, are here; figures of a single experiment are in its own class.
 *
 * @param name in {@code report.json}, such as {@code final_black_holes}
 * @param label what it is, with its unit where it has one
 * @param kind how it is formatted
 * @param when what a run must have reached to have it
 * @param place where the findings hold it; NaN if they do not
 */
public record ComparedFigure(String name, String label, Kind kind, When when, ToDoubleFunction<Findings> place) {
    public static final ComparedFigure COMMON_NORM = always(
            "common_norm", "L2 norm of the common vector as drawn", Kind.NUMBER, f -> common(f, CommonVector::norm));
    public static final ComparedFigure COMMON_MEAN = always(
            "common_mean",
            "mean component of the common vector as drawn",
            Kind.RATE,
            f -> common(f, CommonVector::mean));
    public static final ComparedFigure DRAWN_CENTROID_NORM = always(
            "drawn_centroid_norm",
            "centroid norm as drawn",
            Kind.NUMBER,
            f -> f.start().drawnCentroidNorm());
    public static final ComparedFigure CENTROID_SHIFT = always(
            "centroid_shift",
            "shift of the centroid by rounding",
            Kind.RATE,
            f -> f.start().centroidShift());
    public static final ComparedFigure INITIAL_CENTROID_NORM = always(
            "initial_centroid_norm",
            "centroid norm at the start, as stored",
            Kind.NUMBER,
            f -> f.structure().centroid().initialNorm());
    public static final ComparedFigure FINAL_CENTROID_NORM = atTheEnd(
            "final_centroid_norm",
            "centroid norm at the end",
            Kind.NUMBER,
            f -> f.structure().centroid().finalNorm());
    public static final ComparedFigure DISPLACEMENT = atTheEnd(
            "displacement",
            "displacement of the centroid",
            Kind.NUMBER,
            f -> f.structure().centroid().displacement());
    public static final ComparedFigure INITIAL_DISTINCT = always(
            "initial_distinct",
            "distinct rows at the start",
            Kind.COUNT,
            f -> f.structure().initial().all().distinct());
    public static final ComparedFigure INITIAL_BLACK_HOLES = always(
            "initial_black_holes",
            "black holes at the start",
            Kind.COUNT,
            f -> f.structure().initial().all().blackHoles());
    public static final ComparedFigure INITIAL_IN_BLACK_HOLES = always(
            "initial_in_black_holes",
            "tokens in them at the start",
            Kind.COUNT,
            f -> f.structure().initial().all().tokensInBlackHoles());
    public static final ComparedFigure FINAL_BLACK_HOLES = atTheEnd(
            "final_black_holes",
            "black holes at the end",
            Kind.COUNT,
            f -> f.structure().end().all().blackHoles());
    public static final ComparedFigure FINAL_IN_BLACK_HOLES = atTheEnd(
            "final_in_black_holes",
            "tokens in them at the end",
            Kind.COUNT,
            f -> f.structure().end().all().tokensInBlackHoles());
    public static final ComparedFigure DEAD_DISTINCT = atTheEnd(
            "dead_distinct",
            "distinct dead rows at the end",
            Kind.COUNT,
            f -> f.structure().end().dead().distinct());
    public static final ComparedFigure DEAD_BLACK_HOLES = atTheEnd(
            "dead_black_holes",
            "black holes of dead tokens at the end",
            Kind.COUNT,
            f -> f.structure().end().dead().blackHoles());
    public static final ComparedFigure DEAD_SINGLETONS = atTheEnd(
            "dead_singletons",
            "dead singletons at the end",
            Kind.COUNT,
            f -> f.structure().end().dead().singletons());
    public static final ComparedFigure DEAD_CENTROID_NORM = atTheEnd(
            "dead_centroid_norm",
            "centroid norm of the dead rows",
            Kind.NUMBER,
            f -> topology(f, Topology::centroidNorm));
    public static final ComparedFigure EPSILON =
            atTheEnd("epsilon", "epsilon, that norm x 2^-7", Kind.RATE, f -> topology(f, Topology::epsilon));
    public static final ComparedFigure EDGES = atTheEnd(
            "edges", "pairs of distinct dead rows within 2 epsilon", Kind.COUNT, f -> topology(f, Topology::edges));
    public static final ComparedFigure DENSITY =
            atTheEnd("density", "density of that graph", Kind.NUMBER, f -> topology(f, Topology::density));
    public static final ComparedFigure DISTINCT_LINF_MIN = atTheEnd(
            "distinct_linf_min",
            "L-infinity of two distinct dead rows, smallest",
            Kind.RATE,
            f -> topology(f, t -> t.linf().min()));
    public static final ComparedFigure DISTINCT_LINF_MEAN = atTheEnd(
            "distinct_linf_mean",
            "L-infinity of two distinct dead rows, mean",
            Kind.RATE,
            f -> topology(f, t -> t.linf().mean()));
    public static final ComparedFigure DISTINCT_LINF_MAX = atTheEnd(
            "distinct_linf_max",
            "L-infinity of two distinct dead rows, largest",
            Kind.RATE,
            f -> topology(f, t -> t.linf().max()));
    public static final ComparedFigure COMPONENT_VALUES = atTheEnd(
            "component_values",
            "distinct component values of dead rows",
            Kind.COUNT,
            f -> lattice(f, Lattice::distinctComponents));
    public static final ComparedFigure COMPONENT_MIN =
            atTheEnd("component_min", "smallest component of a dead row", Kind.RATE, f -> lattice(f, Lattice::min));
    public static final ComparedFigure COMPONENT_MAX =
            atTheEnd("component_max", "largest component of a dead row", Kind.RATE, f -> lattice(f, Lattice::max));
    public static final ComparedFigure ALL_GRADIENT_MEAN = always(
            "all_gradient_mean",
            "gradient norm, first step, mean",
            Kind.RATE,
            f -> all(f, g -> g.first().mean()));
    public static final ComparedFigure ALL_GRADIENT_MAX = always(
            "all_gradient_max",
            "gradient norm, first step, largest",
            Kind.RATE,
            f -> all(f, g -> g.first().max()));
    public static final ComparedFigure DEAD_GRADIENT_MEAN = always(
            "dead_gradient_mean",
            "dead gradient norm, first step, mean",
            Kind.RATE,
            f -> dead(f, g -> g.first().mean()));
    public static final ComparedFigure DEAD_GRADIENT_MIN = always(
            "dead_gradient_min",
            "dead gradient norm, first step, smallest",
            Kind.RATE,
            f -> dead(f, g -> g.first().min()));
    public static final ComparedFigure DEAD_GRADIENT_MAX = always(
            "dead_gradient_max",
            "dead gradient norm, first step, largest",
            Kind.RATE,
            f -> dead(f, g -> g.first().max()));
    public static final ComparedFigure DEAD_LAST_GRADIENT_MEAN = atTheEnd(
            "dead_last_gradient_mean",
            "dead gradient norm, last step, mean",
            Kind.RATE,
            f -> dead(f, g -> g.last().mean()));
    public static final ComparedFigure LIVE_GRADIENT_MEAN = always(
            "live_gradient_mean",
            "live gradient norm, first step, mean",
            Kind.RATE,
            f -> live(f, g -> g.first().mean()));
    public static final ComparedFigure LIVE_GRADIENT_MAX = always(
            "live_gradient_max",
            "live gradient norm, first step, largest",
            Kind.RATE,
            f -> live(f, g -> g.first().max()));
    public static final ComparedFigure LIVE_LAST_GRADIENT_MEAN = atTheEnd(
            "live_last_gradient_mean",
            "live gradient norm, last step, mean",
            Kind.RATE,
            f -> live(f, g -> g.last().mean()));
    public static final ComparedFigure LIVE_LAST_GRADIENT_MAX = atTheEnd(
            "live_last_gradient_max",
            "live gradient norm, last step, largest",
            Kind.RATE,
            f -> live(f, g -> g.last().max()));
    public static final ComparedFigure FIRST_LOSS = always(
            "first_loss", "loss of step 1 (nats)", Kind.NUMBER, f -> f.course().firstLoss());
    public static final ComparedFigure LAST_LOSS = atTheEnd(
            "last_loss",
            "loss of the last step (nats)",
            Kind.NUMBER,
            f -> f.course().lastLoss());
    public static final ComparedFigure STEPS_PER_SECOND = always(
            "steps_per_second",
            "steps per second",
            Kind.SPEED,
            f -> f.course().throughput().stepsPerSecond());

    /** How a figure is formatted. */
    public enum Kind {
        /** A whole number. */
        COUNT,
        /** A number near 1. */
        NUMBER,
        /** A small number, with an exponent. */
        RATE,
        /** A number for which one decimal is enough. */
        SPEED
    }

    /** What a run must have reached to have a figure. */
    public enum When {
        /** Its start, unless the figure requires more itself. */
        ALWAYS,
        /** Its last step: an unfinished run has none of them. */
        AT_THE_END
    }

    /** A figure given to two decimals, rounded. */
    private static final double SMALLEST_PERCENT = 0.005;

    /** A figure that an unfinished run has, too. */
    static ComparedFigure always(String name, String label, Kind kind, ToDoubleFunction<Findings> place) {
        return new ComparedFigure(name, label, kind, When.ALWAYS, place);
    }

    /** A figure of the end of a run. */
    static ComparedFigure atTheEnd(String name, String label, Kind kind, ToDoubleFunction<Findings> place) {
        return new ComparedFigure(name, label, kind, When.AT_THE_END, place);
    }

    /** The figure of a run; NaN if the run does not have it, as an unfinished one has none of the end. */
    public double of(Findings findings) {
        return when == When.AT_THE_END && !findings.finished() ? Double.NaN : place.applyAsDouble(findings);
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

    /** The name in {@code report.json}. */
    @JsonValue
    @Override
    public String toString() {
        return name;
    }

    /** A published value of this figure as text, with the digits as printed. */
    String text(BigDecimal published) {
        boolean exponent = kind == Kind.RATE && published.signum() != 0;
        return exponent
                ? Figures.scientific(published.precision() - 1, published.doubleValue())
                : Figures.decimals(published.scale(), published.doubleValue());
    }

    /**
     * How far a run's value is from a published one: none if both read the same at the published number of digits;
     * otherwise a difference for counts, a percentage for the rest.
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

    /** A figure from an optional part of the findings; NaN without that part. */
    static <T> double value(Optional<T> part, ToDoubleFunction<T> figure) {
        return part.isPresent() ? figure.applyAsDouble(part.get()) : Double.NaN;
    }

    private static double common(Findings f, ToDoubleFunction<CommonVector> figure) {
        return value(f.start().common(), figure);
    }

    private static double topology(Findings f, ToDoubleFunction<Topology> figure) {
        return value(f.structure().topology(), figure);
    }

    private static double lattice(Findings f, ToDoubleFunction<Lattice> figure) {
        return value(f.structure().quantization(), figure);
    }

    private static double all(Findings f, ToDoubleFunction<Received> figure) {
        return value(f.course().gradients().map(Gradients::all), figure);
    }

    private static double live(Findings f, ToDoubleFunction<Received> figure) {
        return value(f.course().gradients().flatMap(Gradients::live), figure);
    }

    private static double dead(Findings f, ToDoubleFunction<Received> figure) {
        return value(f.course().gradients().flatMap(Gradients::dead), figure);
    }
}
