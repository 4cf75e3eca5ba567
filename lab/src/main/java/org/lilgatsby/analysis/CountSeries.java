package org.lilgatsby.analysis;

import java.util.Arrays;
import java.util.stream.IntStream;

/** A count at every kept recorded step, indexed by place in the {@link History}. */
public final class CountSeries {
    private final Places places;
    private final int[] counts;

    /** A series that owns the given counts, one for every place. */
    CountSeries(int[] counts) {
        this(Places.all(counts.length), counts);
    }

    /** A series that owns the given counts, one for each kept place. */
    CountSeries(Places places, int[] counts) {
        this.places = places;
        this.counts = counts;
    }

    /** A series of counts, one for every place. */
    public static CountSeries of(int... counts) {
        return new CountSeries(counts.clone());
    }

    /** Number of places. */
    public int size() {
        return places.size();
    }

    /**
     * The count at a place.
     *
     * @throws IndexOutOfBoundsException if it is not kept
     */
    public int at(int place) {
        return counts[places.index(place)];
    }

    /** The last count. */
    public int last() {
        return counts[counts.length - 1];
    }

    /** The mean over the places of {@link #size}, with equal weights. */
    public double mean() {
        long sum = 0;
        for (int index = 0; index < counts.length; index++) {
            sum += (long) counts[index] * places.span(index);
        }
        return (double) sum / size();
    }

    /** The smallest count. */
    public int min() {
        return Arrays.stream(counts).min().orElseThrow();
    }

    /** The largest count. */
    public int max() {
        return Arrays.stream(counts).max().orElseThrow();
    }

    /** How often the count rose and fell from one kept place to the next. */
    public RisesAndFalls risesAndFalls() {
        int rises = 0;
        long risen = 0;
        int falls = 0;
        long fallen = 0;
        for (int index = 1; index < counts.length; index++) {
            int change = counts[index] - counts[index - 1];
            rises += change > 0 ? 1 : 0;
            risen += Math.max(change, 0);
            falls += change < 0 ? 1 : 0;
            fallen += Math.max(-change, 0);
        }
        return new RisesAndFalls(counts[0], last(), rises, risen, falls, fallen);
    }

    /** The counts, one for each place of {@link #size}. */
    public int[] toArray() {
        return IntStream.range(0, size())
                .map(i -> counts[places.isHeld() ? places.index(i) : i])
                .toArray();
    }

    /** The first kept place from which the count no longer changes; the last kept place if it changes there. */
    public int settledFrom() {
        int index = counts.length - 1;
        while (index > 0 && counts[index - 1] == counts[index]) {
            index--;
        }
        return places.place(index);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof CountSeries that && places.equals(that.places) && Arrays.equals(counts, that.counts);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(counts);
    }

    @Override
    public String toString() {
        return Arrays.toString(counts);
    }
}
