package org.lilgatsby.report;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Collection;
import java.util.TreeSet;
import java.util.function.IntToDoubleFunction;
import org.lilgatsby.analysis.History;
import org.lilgatsby.analysis.Places;

/**
 * The places of a history that a page draws: all of them, if few; otherwise the first and the last, all of the first
 * hundred steps, those at which something happened, and as many others as fit, more densely early in training.
 */
final class Sampling {
    /** No step up to this one is left out. */
    private static final int FIRST_STEPS = 100;

    private static final MathContext SEVEN = new MathContext(7);

    private final History history;
    private final Places known;
    private final int[] places;

    private Sampling(History history, Places known, int[] places) {
        this.history = history;
        this.known = known;
        this.places = places;
    }

    /**
     * Selects places from all of them.
     *
     * @param events places to draw; if there are more than fit, the first of them
     * @param most maximum number of places, at least 3
     */
    static Sampling of(History history, Collection<Integer> events, int most) {
        return of(history, Places.all(history.size()), events, most);
    }

    /**
     * Selects places with known figures.
     *
     * @param known places with known figures, including the first and the last; any other place is replaced by the next
     *     of these
     */
    static Sampling of(History history, Places known, Collection<Integer> events, int most) {
        int size = history.size();
        TreeSet<Integer> places = new TreeSet<>();
        if (size <= most) {
            for (int place = 0; place < size; place++) {
                places.add(place);
            }
        } else {
            places.add(0);
            places.add(size - 1);
            for (int place = 0;
                    place < size && places.size() < most / 3 && history.step(place) <= FIRST_STEPS;
                    place++) {
                places.add(place);
            }
            events.stream().sorted().limit(most - most / 3 - places.size()).forEach(places::add);
            spread(places, size, most);
        }
        return new Sampling(
                history,
                known,
                places.stream()
                        .mapToInt(Integer::intValue)
                        .map(known::from)
                        .distinct()
                        .toArray());
    }

    /** Fills up with evenly spaced places, half of them on a linear and half on a logarithmic scale. */
    private static void spread(TreeSet<Integer> places, int size, int most) {
        int room = most - places.size();
        for (int i = 1; i <= room; i++) {
            double share = (i + 1) / 2 / (room / 2 + 1.0);
            int place = i % 2 == 0
                    ? (int) Math.round(share * (size - 1))
                    : (int) Math.round(StrictMath.expm1(share * StrictMath.log(size)));
            places.add(Math.clamp(place, 0, size - 1));
        }
    }

    /** The number rounded to seven significant digits: more than a chart can show, in half the characters. */
    static double sevenDigits(double number) {
        return Double.isFinite(number) ? new BigDecimal(number).round(SEVEN).doubleValue() : number;
    }

    /** The number of places drawn. */
    int size() {
        return places.length;
    }

    /** A place drawn. */
    int place(int index) {
        return places[index];
    }

    /** The steps drawn. */
    int[] steps() {
        int[] steps = new int[places.length];
        for (int i = 0; i < steps.length; i++) {
            steps[i] = history.step(places[i]);
        }
        return steps;
    }

    /** A figure at the places drawn. */
    double[] values(IntToDoubleFunction figure) {
        double[] values = new double[places.length];
        for (int i = 0; i < values.length; i++) {
            values[i] = sevenDigits(figure.applyAsDouble(places[i]));
        }
        return values;
    }

    /** The largest of a figure's peaks since the previous place drawn, so that none is lost; NaN if all are. */
    double[] peaks(IntToDoubleFunction figure) {
        double[] peaks = new double[places.length];
        for (int i = 0; i < peaks.length; i++) {
            double peak = Double.NaN;
            int place = i == 0 ? 0 : known.from(places[i - 1] + 1);
            while (place < places[i]) {
                peak = larger(peak, figure.applyAsDouble(place));
                place = known.from(place + 1);
            }
            peak = larger(peak, figure.applyAsDouble(places[i]));
            peaks[i] = sevenDigits(peak);
        }
        return peaks;
    }

    private static double larger(double peak, double value) {
        return Double.isNaN(peak) || value > peak ? value : peak;
    }
}
