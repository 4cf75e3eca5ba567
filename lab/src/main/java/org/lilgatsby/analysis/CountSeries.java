package org.lilgatsby.analysis;

import java.util.Arrays;
import java.util.stream.IntStream;

/** A count at every recorded step that is kept, by place in the {@link History}. */
public final class CountSeries {
    private final Places places;
    private final int[] counts;

    /** CountSeries that owns the given counts, one for every place. */
    CountSeries(int[] counts) {
        this(Places.all(counts.length), counts);
    }

    /** CountSeries that owns the given counts, one for each kept place. */
    CountSeries(Places places, int[] counts) {
        this.places = places;
        this.counts = counts;
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

    /** The counts, one for each place of {@link #size}. */
    public int[] toArray() {
        return IntStream.range(0, size())
                .map(i -> counts[places.isHeld() ? places.index(i) : i])
                .toArray();
    }

    /**
     * The first place from which the count no longer changes among those that are kept; the last of them if it changes
     * there.
     */
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
