package org.lilgatsby.analysis;

import java.util.Arrays;
import java.util.function.IntToDoubleFunction;

/** A figure at every recorded step, by place in the {@link History}; NaN where it is not defined. */
public final class FigureSeries {
    private final double[] values;

    /** A series that owns the given values. */
    FigureSeries(double[] values) {
        this.values = values;
    }

    /** The series of a function of the place. */
    static FigureSeries of(int size, IntToDoubleFunction figure) {
        double[] values = new double[size];
        Arrays.setAll(values, figure);
        return new FigureSeries(values);
    }

    /** Number of places. */
    public int size() {
        return values.length;
    }

    /** The figure at a place. */
    public double at(int place) {
        return values[place];
    }

    /** The last figure. */
    public double last() {
        return values[values.length - 1];
    }

    /** The figures; a copy. */
    public double[] toArray() {
        return values.clone();
    }

    /**
     * The first place from which the figure no longer changes; {@code size() - 1} if it changes at the last place. A
     * NaN equals a NaN.
     */
    public int settledFrom() {
        int place = values.length - 1;
        while (place > 0 && Double.compare(values[place - 1], values[place]) == 0) {
            place--;
        }
        return place;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof FigureSeries that && Arrays.equals(values, that.values);
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
