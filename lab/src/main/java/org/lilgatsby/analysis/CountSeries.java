package org.lilgatsby.analysis;

import java.util.Arrays;

/** A count at every recorded step, by place in the {@link History}. */
public final class CountSeries {
    private final int[] counts;

    /** A series that owns the given counts. */
    CountSeries(int[] counts) {
        this.counts = counts;
    }

    /** Number of places. */
    public int size() {
        return counts.length;
    }

    /** The count at a place. */
    public int at(int place) {
        return counts[place];
    }

    /** The last count. */
    public int last() {
        return counts[counts.length - 1];
    }

    /** The counts; a copy. */
    public int[] toArray() {
        return counts.clone();
    }

    /** The first place from which the count no longer changes; {@code size() - 1} if it changes at the last place. */
    public int settledFrom() {
        int place = counts.length - 1;
        while (place > 0 && counts[place - 1] == counts[place]) {
            place--;
        }
        return place;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof CountSeries that && Arrays.equals(counts, that.counts);
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
