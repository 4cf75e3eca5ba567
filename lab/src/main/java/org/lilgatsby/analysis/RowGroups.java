package org.lilgatsby.analysis;

import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * Places of a token set in groups of bit-identical rows. Groups are numbered in the order of their first place; a
 * group's members ascend.
 *
 * <p>Rows are matched by hash and then compared in full, so a collision costs time but never changes the result. Every
 * row is read once, on all processors if the matrix is large, and a second time only for the comparison with an equal
 * row.
 */
final class RowGroups {
    /** Bytes that one thread hashes at a time; a smaller matrix is not worth a second thread. */
    private static final long SHARE = 1 << 22;

    private final int[] groupOf;
    private final int[] starts;
    private final int[] members;

    private RowGroups(int[] groupOf, int count) {
        this.groupOf = groupOf;
        starts = new int[count + 1];
        for (int group : groupOf) {
            starts[group + 1]++;
        }
        for (int group = 0; group < count; group++) {
            starts[group + 1] += starts[group];
        }
        members = new int[groupOf.length];
        int[] next = starts.clone();
        for (int place = 0; place < groupOf.length; place++) {
            members[next[groupOf[place]]++] = place;
        }
    }

    /** Groups the rows of the given tokens. */
    static RowGroups of(Matrix matrix, Tokens tokens) {
        return of(matrix, tokens, RowHash.OF_BYTES);
    }

    /** Groups rows that meet by the given hash. */
    static RowGroups of(Matrix matrix, Tokens tokens, RowHash hash) {
        tokens.requireWithin(matrix.rows());
        int n = tokens.size();
        long[] hashes = hashes(matrix, tokens, hash);
        int[] groupOf = new int[n];
        int[] firstOf = new int[n];
        int[] table = new int[Integer.highestOneBit(Math.max(n, 1)) << 2]; // a group's number + 1, or 0 where free
        int count = 0;
        for (int place = 0; place < n; place++) {
            int slot = slot(hashes[place], table.length);
            while (table[slot] != 0 && !same(matrix, tokens, hashes, firstOf[table[slot] - 1], place)) {
                slot = slot + 1 & table.length - 1;
            }
            if (table[slot] == 0) {
                firstOf[count] = place;
                table[slot] = ++count;
            }
            groupOf[place] = table[slot] - 1;
        }
        return new RowGroups(groupOf, count);
    }

    private static long[] hashes(Matrix matrix, Tokens tokens, RowHash hash) {
        long[] hashes = new long[tokens.size()];
        int share = (int) Math.clamp(SHARE / matrix.rowBytes(), 1, Integer.MAX_VALUE);
        if (hashes.length <= share) {
            hash(matrix, tokens, hash, hashes, 0, hashes.length);
            return hashes;
        }
        IntStream.range(0, Math.ceilDiv(hashes.length, share)).parallel().forEach(part -> {
            int from = part * share;
            hash(matrix, tokens, hash, hashes, from, (int) Math.min((long) from + share, hashes.length));
        });
        return hashes;
    }

    private static void hash(Matrix matrix, Tokens tokens, RowHash hash, long[] hashes, int from, int to) {
        for (int place = from; place < to; place++) {
            hashes[place] = hash.of(matrix, tokens.id(place));
        }
    }

    private static boolean same(Matrix matrix, Tokens tokens, long[] hashes, int a, int b) {
        return hashes[a] == hashes[b] && matrix.sameRow(tokens.id(a), tokens.id(b));
    }

    private static int slot(long hash, int slots) {
        return (int) (hash >>> 32) & slots - 1;
    }

    /**
     * The groups of some of the tokens.
     *
     * @param tokens that this is of
     * @throws IllegalArgumentException if one is not among them
     */
    RowGroups of(Tokens tokens, Tokens some) {
        int[] numbers = new int[count()]; // plus 1; 0 where none was seen yet
        int[] groups = new int[some.size()];
        int count = 0;
        int place = 0;
        for (int i = 0; i < groups.length; i++) {
            while (place < tokens.size() && tokens.id(place) < some.id(i)) {
                place++;
            }
            if (place == tokens.size() || tokens.id(place) != some.id(i)) {
                throw new IllegalArgumentException("token %d is not in a group".formatted(some.id(i)));
            }
            int group = groupOf[place];
            if (numbers[group] == 0) {
                numbers[group] = ++count;
            }
            groups[i] = numbers[group] - 1;
        }
        return new RowGroups(groups, count);
    }

    /** Number of groups: distinct rows. */
    int count() {
        return starts.length - 1;
    }

    /** The group of a place. */
    int groupOf(int place) {
        return groupOf[place];
    }

    /** Number of places in a group. */
    int population(int group) {
        return starts[group + 1] - starts[group];
    }

    /** The places in a group, ascending. */
    int[] members(int group) {
        return Arrays.copyOfRange(members, starts[group], starts[group + 1]);
    }

    /** The first place in a group. */
    int first(int group) {
        return members[starts[group]];
    }

    /** The first row of each group. */
    int[] firstRows(Tokens tokens) {
        int[] rows = new int[count()];
        for (int group = 0; group < rows.length; group++) {
            rows[group] = tokens.id(first(group));
        }
        return rows;
    }
}
