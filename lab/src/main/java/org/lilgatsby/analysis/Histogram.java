package org.lilgatsby.analysis;

import java.util.List;
import java.util.stream.IntStream;

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
        /** What {@link Math#getExponent} says of all subnormal numbers together. */
        private static final int SUBNORMAL = Double.MIN_EXPONENT - 1;

        private long zeros;
        private long notFinite;
        private final long[] counts = new long[Double.MAX_EXPONENT + 1 - SUBNORMAL]; // [exponent - SUBNORMAL]

        void add(double number, long count) {
            if (number == 0) {
                zeros += count;
            } else if (Double.isFinite(number)) {
                counts[Math.getExponent(number) - SUBNORMAL] += count;
            } else {
                notFinite += count;
            }
        }

        Histogram histogram() {
            return new Histogram(
                    zeros,
                    IntStream.range(0, counts.length)
                            .filter(i -> counts[i] > 0)
                            .mapToObj(i -> new Bin(i + SUBNORMAL, counts[i]))
                            .toList(),
                    notFinite);
        }
    }
}
