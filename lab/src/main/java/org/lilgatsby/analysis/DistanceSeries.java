package org.lilgatsby.analysis;

import java.util.Arrays;

/**
 * The pairwise distances within a group of tokens at every recorded step. Tokens with equal rows are at exactly 0.
 *
 * @param metric how distance is measured, and so its unit
 * @param allPairs over every pair of tokens
 * @param distinctPairs over every pair of distinct rows, each pair once whatever the populations
 */
public record DistanceSeries(Metric metric, Figures allPairs, Figures distinctPairs) {
    /**
     * Figures of the distances, by place; NaN where there is no pair.
     *
     * @param min the smallest
     * @param mean their sum in double over their number
     * @param median the middle one; of an even count the mean of the two in the middle
     * @param max the largest
     */
    public record Figures(FigureSeries min, FigureSeries mean, FigureSeries median, FigureSeries max) {}

    /** The figures that the workers of all chunks fill, each at its own places. */
    private static final class Target {
        private final Places kept;
        private final double[] min;
        private final double[] mean;
        private final double[] median;
        private final double[] max;

        private Target(Places kept) {
            this.kept = kept;
            int size = kept.kept();
            min = new double[size];
            mean = new double[size];
            median = new double[size];
            max = new double[size];
        }

        private void put(int index, double ofMin, double ofMean, double ofMedian, double ofMax) {
            min[index] = ofMin;
            mean[index] = ofMean;
            median[index] = ofMedian;
            max[index] = ofMax;
        }

        private void repeat(int index) {
            min[index] = min[index - 1];
            mean[index] = mean[index - 1];
            median[index] = median[index - 1];
            max[index] = max[index - 1];
        }

        private Figures figures() {
            return new Figures(
                    new FigureSeries(kept, min),
                    new FigureSeries(kept, mean),
                    new FigureSeries(kept, median),
                    new FigureSeries(kept, max));
        }
    }

    /** The series of one metric that the workers of all chunks fill, each at its own places. */
    static final class Targets {
        private final Metric metric;
        private final Target all;
        private final Target distinct;

        Targets(Metric metric, Places kept) {
            this.metric = metric;
            all = new Target(kept);
            distinct = new Target(kept);
        }

        /** The metric. */
        Metric metric() {
            return metric;
        }

        /** Nothing changed since the kept place before. */
        void repeat(int index) {
            all.repeat(index);
            distinct.repeat(index);
        }

        DistanceSeries series() {
            return new DistanceSeries(metric, all.figures(), distinct.figures());
        }
    }

    /** Computes the figures of one place after another. */
    static final class Worker {
        private final WeightedMedian medians = new WeightedMedian();
        private final double[] distances;
        private final long[] once;
        private final long[] weights;

        /** Room for the pairs of a number of tokens. */
        Worker(int tokens) {
            int most = Math.toIntExact((long) tokens * (tokens - 1) / 2);
            distances = new double[most];
            once = new long[most];
            weights = new long[most];
            Arrays.fill(once, 1);
        }

        /** Sets the figures of a kept place from a cloud. */
        void put(Targets targets, PointCloud cloud, int index) {
            int n = cloud.pairs();
            System.arraycopy(cloud.distances(targets.metric), 0, distances, 0, n);
            long total = weigh(cloud);
            double min = n == 0 ? Double.NaN : Double.POSITIVE_INFINITY;
            double max = n == 0 ? Double.NaN : 0;
            double sum = 0;
            double weighted = 0;
            for (int i = 0; i < n; i++) {
                min = Math.min(min, distances[i]);
                max = Math.max(max, distances[i]);
                sum += distances[i];
                weighted += distances[i] * weights[i];
            }
            double median = medians.of(distances, once, n, 0);
            targets.distinct.put(index, min, sum / n, median, max);
            long identical = cloud.identicalPairs();
            if (identical == 0) {
                targets.all.put(index, min, sum / n, median, max); // every row is distinct
                return;
            }
            total += identical;
            targets.all.put(index, 0, weighted / total, medians.of(distances, weights, n, identical), n == 0 ? 0 : max);
        }

        /** Weighs each pair of distinct rows by the pairs of tokens behind it; returns the sum. */
        private long weigh(PointCloud cloud) {
            int at = 0;
            long total = 0;
            for (int a = 0; a < cloud.nodes(); a++) {
                for (int b = a + 1; b < cloud.nodes(); b++) {
                    weights[at] = (long) cloud.population(a) * cloud.population(b);
                    total += weights[at++];
                }
            }
            return total;
        }
    }
}
