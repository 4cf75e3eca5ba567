package org.lilgatsby.corpus;

import java.io.Serializable;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

/** How often each token id occurs in a corpus. An id that never occurs is dead, every other id live. */
public final class CorpusCensus implements Serializable {
    private static final Comparator<TokenCount> MOST_FIRST =
            Comparator.comparingLong(TokenCount::count).reversed().thenComparingInt(TokenCount::id);
    private static final Comparator<TokenCount> LEAST_FIRST =
            Comparator.comparingLong(TokenCount::count).thenComparingInt(TokenCount::id);

    private final long[] counts; // [vocabulary]

    /** One id and how often it occurs. */
    public record TokenCount(int id, long count) {}

    private CorpusCensus(long[] counts) {
        this.counts = counts;
    }

    /**
     * A census of counts.
     *
     * @param counts occurrences by id; ids from its end to {@code vocabulary} do not occur
     */
    static CorpusCensus of(long[] counts, int vocabulary) {
        return new CorpusCensus(Arrays.copyOf(counts, vocabulary));
    }

    static CorpusCensus of(byte[] tokens, int vocabulary) {
        long[] counts = new long[vocabulary];
        for (byte token : tokens) {
            counts[token & 0xFF]++;
        }
        return new CorpusCensus(counts);
    }

    /** Number of token ids, live and dead. */
    public int vocabulary() {
        return counts.length;
    }

    /**
     * Occurrences of one id.
     *
     * @throws IndexOutOfBoundsException outside [0, vocabulary)
     */
    public long count(int id) {
        return counts[id];
    }

    /** Occurrences of each id, [vocabulary], a copy. */
    public long[] counts() {
        return counts.clone();
    }

    /** The ids that occur, ascending. */
    public int[] live() {
        return ids(id -> counts[id] > 0);
    }

    /** The ids that never occur, ascending. */
    public int[] dead() {
        return ids(id -> counts[id] == 0);
    }

    /** The ids that occur, but at most {@code most} times, ascending. */
    public int[] rare(long most) {
        return ids(id -> counts[id] > 0 && counts[id] <= most);
    }

    private int[] ids(IntPredicate wanted) {
        return IntStream.range(0, counts.length).filter(wanted).toArray();
    }

    /** At most {@code n} live ids, the most common first; ties by id. */
    public List<TokenCount> mostCommon(int n) {
        return live(MOST_FIRST, n);
    }

    /** At most {@code n} live ids, the least common first; ties by id. */
    public List<TokenCount> leastCommon(int n) {
        return live(LEAST_FIRST, n);
    }

    private List<TokenCount> live(Comparator<TokenCount> order, int n) {
        return IntStream.of(live())
                .mapToObj(id -> new TokenCount(id, counts[id]))
                .sorted(order)
                .limit(n)
                .toList();
    }
}
