package org.lilgatsby.analysis;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * A set of token ids, ascending: the rows that an analysis looks at. Results name tokens by these ids, whatever the
 * set.
 */
public final class Tokens {
    private final int[] ids;

    private Tokens(int[] ids) {
        this.ids = ids;
    }

    /**
     * The given ids.
     *
     * @throws IllegalArgumentException if they are not strictly ascending from 0 on
     */
    public static Tokens of(int... ids) {
        for (int i = 0; i < ids.length; i++) {
            int previous = i == 0 ? -1 : ids[i - 1];
            if (ids[i] <= previous) {
                throw new IllegalArgumentException(
                        "token ids must not be negative and must ascend: %d follows %d".formatted(ids[i], previous));
            }
        }
        return new Tokens(ids.clone());
    }

    /**
     * The given ids.
     *
     * @throws IllegalArgumentException if they are not strictly ascending from 0 on
     */
    public static Tokens of(List<Integer> ids) {
        return of(ids.stream().mapToInt(Integer::intValue).toArray());
    }

    /** The ids 0 to {@code rows - 1}. */
    public static Tokens all(int rows) {
        return new Tokens(IntStream.range(0, rows).toArray());
    }

    /**
     * The ids below {@code rows} that are not in this set.
     *
     * @throws IllegalArgumentException if the set holds an id that is not below {@code rows}
     */
    public Tokens complement(int rows) {
        requireWithin(rows);
        return new Tokens(IntStream.range(0, rows).filter(id -> !contains(id)).toArray());
    }

    /** Number of tokens. */
    public int size() {
        return ids.length;
    }

    /** The id at a place, 0 to {@code size() - 1}. */
    public int id(int index) {
        return ids[index];
    }

    /** Whether the set holds the id. */
    public boolean contains(int id) {
        return Arrays.binarySearch(ids, id) >= 0;
    }

    /** The ids, ascending; a copy. */
    public int[] toArray() {
        return ids.clone();
    }

    /**
     * Checks that every id is the number of a row.
     *
     * @throws IllegalArgumentException if one is not
     */
    void requireWithin(int rows) {
        if (ids.length > 0 && ids[ids.length - 1] >= rows) {
            throw new IllegalArgumentException(
                    "token %d is not a row of a matrix of %d rows".formatted(ids[ids.length - 1], rows));
        }
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Tokens that && Arrays.equals(ids, that.ids);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(ids);
    }

    @Override
    public String toString() {
        return Arrays.toString(ids);
    }
}
