package org.lilgatsby.analysis;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * The pairwise distances within a group of tokens. Rows are grouped first, so tokens with equal rows are at exactly 0,
 * never at the residue of an approximation.
 *
 * @param metric how distance is measured, and so its unit
 * @param identicalPairs pairs of tokens whose rows are equal bit for bit
 * @param allPairs over every pair of tokens
 * @param distinctPairs over every pair of distinct rows, each pair once regardless of populations
 * @param histogram of every pair of tokens
 */
public record Distances(
        Metric metric, long identicalPairs, Summary allPairs, Summary distinctPairs, Histogram histogram) {
    private record Weighted(double distance, long pairs) {}

    /**
     * The distances within the given tokens: n (n - 1) / 2 pairs for n distinct rows are computed.
     *
     * @throws IllegalArgumentException if a token is not a row of the matrix
     */
    public static Distances of(Matrix matrix, Tokens tokens, Metric metric) {
        RowGroups groups = RowGroups.of(matrix, tokens);
        Histogram.Counter histogram = new Histogram.Counter();
        Metric.Pairs distances = metric.within(matrix, groups.firstRows(tokens));
        List<Weighted> pairs = new ArrayList<>();
        long identical = 0;
        for (int a = 0; a < groups.count(); a++) {
            long population = groups.population(a);
            identical += population * (population - 1) / 2;
            for (int b = a + 1; b < groups.count(); b++) {
                Weighted pair = new Weighted(distances.distance(a, b), population * groups.population(b));
                histogram.add(pair.distance, pair.pairs);
                pairs.add(pair);
            }
        }
        histogram.add(0, identical);
        double[] distinct = pairs.stream().mapToDouble(Weighted::distance).toArray();
        return new Distances(
                metric, identical, weighted(pairs, identical), Summary.of(distinct), histogram.histogram());
    }

    private static Summary weighted(List<Weighted> pairs, long identical) {
        List<Weighted> sorted = new ArrayList<>(pairs);
        sorted.add(new Weighted(0, identical));
        sorted.removeIf(pair -> pair.pairs == 0);
        sorted.sort(Comparator.comparingDouble(Weighted::distance));
        if (sorted.isEmpty()) {
            return Summary.of(new double[0]);
        }
        long count = 0;
        double sum = 0;
        for (Weighted pair : sorted) {
            count += pair.pairs;
            sum += pair.distance * pair.pairs;
        }
        double median = (nth(sorted, (count - 1) / 2) + nth(sorted, count / 2)) / 2;
        return new Summary(count, sorted.getFirst().distance, sum / count, median, sorted.getLast().distance);
    }

    private static double nth(List<Weighted> sorted, long index) {
        long before = 0;
        for (Weighted pair : sorted) {
            before += pair.pairs;
            if (index < before) {
                return pair.distance;
            }
        }
        throw new IndexOutOfBoundsException("pair " + index + " of " + before);
    }
}
