package org.lilgatsby.analysis;

import java.util.Arrays;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;

/** A figure at every kept recorded step, indexed by place in the {@link History}; NaN where it is undefined. */
public final class FigureSeries {
    private final Places places;
    private final double[] values;

    /** A series that owns the given values, one for every place. */
    FigureSeries(double[] values) {
        this(Places.all(values.length), values);
    }

    /** A series that owns the given values, one for each kept place. */
    FigureSeries(Places places, double[] values) {
        this.places = places;
        this.values = values;
    }

    /** The series of a function of the place, at the places of another series. */
    FigureSeries map(IntToDoubleFunction figure) {
        double[] mapped = new double[values.length];
        Arrays.setAll(mapped, index -> figure.applyAsDouble(places.place(index)));
        return new FigureSeries(places, mapped);
    }

    /** The series of a function of the place. */
    public static FigureSeries of(int size, IntToDoubleFunction figure) {
        double[] values = new double[size];
        Arrays.setAll(values, figure);
        return new FigureSeries(values);
    }

    /** Number of places. */
    public int size() {
        return places.size();
    }

    /**
     * The figure at a place.
     *
     * @throws IndexOutOfBoundsException if it is not kept
     */
    public double at(int place) {
        return values[places.index(place)];
    }

    /** The last figure. */
    public double last() {
        return values[values.length - 1];
    }

    /**
     * Mean, smallest and largest, with equal weights, over the places of {@link #size} where the figure is defined; NaN
     * if it is defined nowhere.
     */
    public Means means() {
        double sum = 0;
        long defined = 0;
        double min = Double.NaN;
        double max = Double.NaN;
        for (int index = 0; index < values.length; index++) {
            if (!Double.isNaN(values[index])) {
                sum += values[index] * places.span(index);
                defined += places.span(index);
                min = defined == places.span(index) ? values[index] : Math.min(min, values[index]);
                max = defined == places.span(index) ? values[index] : Math.max(max, values[index]);
            }
        }
        return new Means(sum / defined, min, max);
    }

    /**
     * A figure over time; all NaN if it is defined nowhere.
     *
     * @param mean the mean over the places at which it is defined
     * @param min the smallest
     * @param max the largest
     */
    public record Means(double mean, double min, double max) {}

    /** The figures, one for each place of {@link #size}. */
    public double[] toArray() {
        return IntStream.range(0, size())
                .mapToDouble(i -> values[places.isHeld() ? places.index(i) : i])
                .toArray();
    }

    /**
     * The first kept place from which the figure no longer changes; the last kept place if it changes there. A NaN
     * equals a NaN.
     */
    public int settledFrom() {
        int index = values.length - 1;
        while (index > 0 && Double.compare(values[index - 1], values[index]) == 0) {
            index--;
        }
        return places.place(index);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof FigureSeries that && places.equals(that.places) && Arrays.equals(values, that.values);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(values);
    }

    @Override
    public String toString() {
        return Arrays.toString(values);
    }
}
