package org.lilgatsby.experiment.analyses;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import org.lilgatsby.analysis.Metric;
import org.lilgatsby.analysis.Threshold;
import org.lilgatsby.settings.SettingException;

/**
 * Numbers that define some figures. Where one is not given, the analysis states its default.
 *
 * @param threshold a distance, or the length of a step, in the unit of the metric
 * @param metric how distance and length are measured
 * @param bins number of bins of a histogram
 */
public record AnalysisParameters(OptionalDouble threshold, Optional<Metric> metric, OptionalInt bins) {
    /** None given. */
    public static final AnalysisParameters NONE =
            new AnalysisParameters(OptionalDouble.empty(), Optional.empty(), OptionalInt.empty());

    private static final int MOST_BINS = 65_536;

    /** The names of the parameters, as on the command line. */
    public enum Name {
        /** A distance, or the length of a step. */
        THRESHOLD,
        /** How it is measured. */
        METRIC,
        /** Bins of a histogram. */
        BINS;

        @Override
        public String toString() {
            return "--" + Names.of(this);
        }
    }

    /** @throws SettingException for a threshold that is negative or not finite, or a number of bins out of range */
    public AnalysisParameters {
        if (threshold.isPresent() && !(threshold.getAsDouble() >= 0 && Double.isFinite(threshold.getAsDouble()))) {
            throw new SettingException(
                    "", "--threshold must be a finite number from 0 on, not " + threshold.getAsDouble());
        }
        if (bins.isPresent() && (bins.getAsInt() < 1 || bins.getAsInt() > MOST_BINS)) {
            throw new SettingException(
                    "", "--bins must be from 1 to %,d, not %,d".formatted(MOST_BINS, bins.getAsInt()));
        }
    }

    /** The parameters that are given. */
    List<Name> given() {
        List<Name> given = new ArrayList<>();
        threshold.ifPresent(number -> given.add(Name.THRESHOLD));
        metric.ifPresent(choice -> given.add(Name.METRIC));
        bins.ifPresent(number -> given.add(Name.BINS));
        return given;
    }

    /**
     * The threshold, if one is given.
     *
     * @param otherwise the metric if none is given
     * @throws SettingException for a metric without a threshold
     */
    public Optional<Threshold.Absolute> threshold(Metric otherwise) {
        if (threshold.isPresent()) {
            return Optional.of(new Threshold.Absolute(threshold.getAsDouble(), metric.orElse(otherwise)));
        }
        if (metric.isPresent()) {
            throw new SettingException("", "--metric says how a distance is measured; give it too, with --threshold");
        }
        return Optional.empty();
    }
}
