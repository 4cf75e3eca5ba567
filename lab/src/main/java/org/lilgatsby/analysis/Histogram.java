package org.lilgatsby.analysis;

import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Nonnegative numbers, counted by binade: within a binade a floating-point lattice is evenly spaced. Zeros, which a
 * logarithmic axis cannot show, are counted separately.
 *
 * @param zeros how many are exactly 0
 * @param bins the occupied binades, ascending; binades between them are empty
 * @param notFinite how many are infinite or NaN
 */
public record Histogram(long zeros, List<Bin> bins, long notFinite) {
    /**
     * Numbers in [2^exponent, 2^(exponent+1)).
     *
     * @param exponent of the lower edge
     * @param count how many
     */
    public record Bin(int exponent, long count) {}

    /** Copies the list. */
    public Histogram {
        bins = List.copyOf(bins);
    }

    /** Number of numbers. */
    public long count() {
        return zeros + notFinite + bins.stream().mapToLong(Bin::count).sum();
    }

    /** Collects numbers for a histogram. */
    static final class Counter {
        private long zeros;
        private long notFinite;
        private final SortedMap<Integer, Long> counts = new TreeMap<>();

        void add(double number, long count) {
            if (number == 0) {
                zeros += count;
            } else if (Double.isFinite(number)) {
                counts.merge(Math.getExponent(number), count, Long::sum);
            } else {
                notFinite += count;
            }
        }

        Histogram histogram() {
            return new Histogram(
                    zeros,
                    counts.entrySet().stream()
                            .map(e -> new Bin(e.getKey(), e.getValue()))
                            .toList(),
                    notFinite);
        }
    }
}
