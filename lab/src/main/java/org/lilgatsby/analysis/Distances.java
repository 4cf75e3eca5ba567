package org.lilgatsby.analysis;

/**
 * The pairwise distances within a group of tokens. Rows are grouped first, so tokens with equal rows are at exactly 0,
 * never at the residue of an approximation. No pair is kept, so that memory grows with the number of rows.
 *
 * @param metric how distance is measured, and so its unit
 * @param identicalPairs pairs of tokens whose rows are equal bit for bit
 * @param allPairs over every pair of tokens
 * @param distinctPairs over every pair of distinct rows, each pair once regardless of populations
 * @param histogram of every pair of tokens
 */
public record Distances(
        Metric metric, long identicalPairs, Extremes allPairs, Extremes distinctPairs, Histogram histogram) {
    /**
     * Figures of distances, in the unit of the metric; all NaN without a pair.
     *
     * @param count number of pairs
     * @param min the smallest; a NaN counts as the largest
     * @param mean their sum in double, in the order of the rows, over their number
     * @param max the largest
     */
    public record Extremes(long count, double min, double mean, double max) {}

    /**
     * The distances within the given tokens: n (n - 1) / 2 pairs for n distinct rows are computed.
     *
     * @throws IllegalArgumentException if a token is not a row of the matrix
     */
    public static Distances of(Matrix matrix, Tokens tokens, Metric metric) {
        RowGroups groups = RowGroups.of(matrix, tokens);
        Histogram.Counter histogram = new Histogram.Counter();
        Metric.Pairs distances = metric.within(matrix, groups.firstRows(tokens));
        Collected all = new Collected();
        Collected distinct = new Collected();
        long identical = 0;
        for (int a = 0; a < groups.count(); a++) {
            long population = groups.population(a);
            identical += population * (population - 1) / 2;
            for (int b = a + 1; b < groups.count(); b++) {
                double distance = distances.distance(a, b);
                long pairs = population * groups.population(b);
                histogram.add(distance, pairs);
                all.add(distance, pairs);
                distinct.add(distance, 1);
            }
        }
        histogram.add(0, identical);
        all.add(0, identical);
        return new Distances(metric, identical, all.extremes(), distinct.extremes(), histogram.histogram());
    }

    /** Collects the figures of pairs. */
    private static final class Collected {
        private long count;
        private double sum;
        private double min = Double.POSITIVE_INFINITY;
        private double max;
        private boolean ordered; // whether a distance is a number

        void add(double distance, long pairs) {
            if (pairs == 0) {
                return;
            }
            count += pairs;
            sum += distance * pairs;
            max = Math.max(max, distance);
            if (!Double.isNaN(distance)) {
                min = Math.min(min, distance);
                ordered = true;
            }
        }

        Extremes extremes() {
            return count == 0
                    ? new Extremes(0, Double.NaN, Double.NaN, Double.NaN)
                    : new Extremes(count, ordered ? min : Double.NaN, sum / count, max);
        }
    }
}
