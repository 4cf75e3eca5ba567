package org.lilgatsby.sweep.findings;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import org.lilgatsby.sweep.Distribution;
import org.lilgatsby.sweep.findings.SweepFindings.Band;

/** Puts distributions beside each other, in columns. */
final class Bands {
    private Bands() {}

    /** A band of distributions; where there is none, n is 0. */
    static Band of(List<Optional<Distribution>> distributions) {
        return new Band(
                distributions.stream()
                        .mapToInt(d -> d.map(Distribution::n).orElse(0))
                        .toArray(),
                column(distributions, Distribution::mean),
                column(distributions, Distribution::deviation),
                column(distributions, Distribution::least),
                column(distributions, Distribution::lowerQuartile),
                column(distributions, Distribution::median),
                column(distributions, Distribution::upperQuartile),
                column(distributions, Distribution::greatest),
                column(distributions, d -> d.meanInterval().low()),
                column(distributions, d -> d.meanInterval().high()));
    }

    private static double[] column(List<Optional<Distribution>> distributions, ToDoubleFunction<Distribution> figure) {
        double[] column = new double[distributions.size()];
        Arrays.setAll(
                column, i -> distributions.get(i).map(figure::applyAsDouble).orElse(Double.NaN));
        return column;
    }
}
