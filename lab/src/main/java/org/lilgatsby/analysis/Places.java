package org.lilgatsby.analysis;

import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * The places of a history at which a figure is kept, and its index in the array. The memory for figures depends on how
 * many places are kept, not on how many there are.
 */
public final class Places {
    private final int[] places; // ascending; null for all
    private final int size;
    private final boolean hold;

    private Places(int[] places, int size, boolean hold) {
        this.places = places;
        this.size = size;
        this.hold = hold;
    }

    /** Every place. */
    public static Places all(int size) {
        return new Places(null, size, false);
    }

    /** Exactly these places, given in any order. */
    public static Places of(int... places) {
        int[] ascending = IntStream.of(places).sorted().distinct().toArray();
        return new Places(ascending, ascending.length, false);
    }

    /** All places, if they are not too many; otherwise the first, the last, and evenly spaced places between them. */
    public static Places atMost(int most, int size) {
        if (size <= most) {
            return all(size);
        }
        int stride = Math.ceilDiv(size - 1, most - 1);
        IntStream even = IntStream.iterate(0, place -> place < size - 1, place -> place + stride);
        return of(IntStream.concat(even, IntStream.of(size - 1)).toArray());
    }

    /** Places at which a figure changes, the first of them 0; it is constant in between. */
    static Places since(int[] changes, int size) {
        return new Places(changes, size, true);
    }

    /** Number of places at which a figure can be asked for. */
    public int size() {
        return size;
    }

    /** Whether a figure holds from one kept place to the next. */
    boolean isHeld() {
        return hold;
    }

    /** Number of figures that are kept. */
    int kept() {
        return places == null ? size : places.length;
    }

    /** How many places a kept figure stands for: those until the next, if it holds; otherwise its own. */
    int span(int index) {
        if (!hold) {
            return 1;
        }
        return (index + 1 < places.length ? places[index + 1] : size) - places[index];
    }

    /** The place of a kept figure. */
    public int place(int index) {
        return places == null ? index : places[index];
    }

    /** Where the figure of a place is kept; negative if it is not. */
    int find(int place) {
        if (places == null) {
            return place;
        }
        int found = Arrays.binarySearch(places, place);
        return found < 0 && hold ? -found - 2 : found;
    }

    /**
     * Where the figure of a place is kept.
     *
     * @throws IndexOutOfBoundsException if it is not
     */
    int index(int place) {
        int index = find(place);
        if (index < 0) {
            throw new IndexOutOfBoundsException("the figures of place " + place + " are not kept");
        }
        return index;
    }

    /** The first kept place from a place on; that of the last one kept for places after it. */
    public int from(int place) {
        return place(Math.min(indexFrom(place), kept() - 1));
    }

    /** Where the figure of the first kept place from a place on is; {@link #kept} if there is none. */
    int indexFrom(int place) {
        if (places == null) {
            return place;
        }
        int found = Arrays.binarySearch(places, place);
        return found >= 0 ? found : -found - 1;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Places that
                && size == that.size
                && hold == that.hold
                && Arrays.equals(places, that.places);
    }

    @Override
    public int hashCode() {
        return 31 * size + Arrays.hashCode(places);
    }
}
