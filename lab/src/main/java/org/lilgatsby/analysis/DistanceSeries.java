package org.lilgatsby.analysis;

import java.util.Arrays;

/**
 * The pairwise distances within a group of tokens at every recorded step. Tokens with equal rows are at exactly 0.
 *
 * @param metric how distance is measured, and so its unit
 * @param allPairs over every pair of tokens
 * @param distinctPairs over every pair of distinct rows, each pair once regardless of populations
 * @param entropy Shannon entropy, in bits, of the distances of all pairs of tokens over bins of equal width from the
 *     smallest to the largest, between 0 (also if all distances are equal) and log2(bins); NaN where there is no pair
 *     or a distance is not finite
 * @param bins number of bins
 */
public record DistanceSeries(Metric metric, Figures allPairs, Figures distinctPairs, FigureSeries entropy, int bins) {
    /** Default number of bins of a histogram. */
    public static final int BINS = 50;

    /**
     * Figures of the distances, indexed by place; NaN where there is no pair.
     *
     * @param min the smallest
     * @param mean their sum in double divided by their number
     * @param median the middle one; of an even count the mean of the two in the middle
     * @param max the largest
     * @param deviation their standard deviation, divided by their number
     */
    public record Figures(
            FigureSeries min, FigureSeries mean, FigureSeries median, FigureSeries max, FigureSeries deviation) {}

    /** The figures that the workers of all chunks fill, each at its own places. */
    private static final class Target {
        private final Places kept;
        private final double[] min;
        private final double[] mean;
        private final double[] median;
        private final double[] max;
        private final double[] deviation;

        private Target(Places kept) {
            this.kept = kept;
            int size = kept.kept();
            min = new double[size];
            mean = new double[size];
            median = new double[size];
            max = new double[size];
            deviation = new double[size];
        }

        private void put(int index, double ofMin, double ofMean, double ofMedian, double ofMax, double ofDeviation) {
            min[index] = ofMin;
            mean[index] = ofMean;
            median[index] = ofMedian;
            max[index] = ofMax;
            deviation[index] = ofDeviation;
        }

        private void repeat(int index) {
            min[index] = min[index - 1];
            mean[index] = mean[index - 1];
            median[index] = median[index - 1];
            max[index] = max[index - 1];
            deviation[index] = deviation[index - 1];
        }

        private Figures figures() {
            return new Figures(
                    new FigureSeries(kept, min),
                    new FigureSeries(kept, mean),
                    new FigureSeries(kept, median),
                    new FigureSeries(kept, max),
                    new FigureSeries(kept, deviation));
        }
    }

    /** The series of one metric that the workers of all chunks fill, each at its own places. */
    static final class Targets {
        private final Metric metric;
        private final int bins;
        private final Places kept;
        private final Target all;
        private final Target distinct;
        private final double[] entropy;

        Targets(Metric metric, int bins, Places kept) {
            this.metric = metric;
            this.bins = bins;
            this.kept = kept;
            entropy = new double[kept.kept()];
            all = new Target(kept);
            distinct = new Target(kept);
        }

        /** The metric. */
        Metric metric() {
            return metric;
        }

        /** Repeats the previous kept place, since nothing changed. */
        void repeat(int index) {
            all.repeat(index);
            distinct.repeat(index);
            entropy[index] = entropy[index - 1];
        }

        DistanceSeries series() {
            return new DistanceSeries(metric, all.figures(), distinct.figures(), new FigureSeries(kept, entropy), bins);
        }
    }

    /** Computes the figures of one place after another. */
    static final class Worker {
        private final WeightedMedian medians = new WeightedMedian();
        private final EvenBins histogram = new EvenBins();
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
            long identical = cloud.identicalPairs();
            targets.entropy[index] = entropy(targets.bins, n, identical, min, max);
            double mean = sum / n;
            double deviation = Math.sqrt(squares(once, n, mean) / n);
            double median = medians.of(distances, once, n, 0);
            targets.distinct.put(index, min, mean, median, max, deviation);
            if (identical == 0) {
                targets.all.put(index, min, mean, median, max, deviation); // every row is distinct
                return;
            }
            total += identical;
            mean = weighted / total;
            deviation = Math.sqrt((squares(weights, n, mean) + identical * mean * mean) / total);
            median = medians.of(distances, weights, n, identical);
            targets.all.put(index, 0, mean, median, n == 0 ? 0 : max, deviation);
        }

        /** Weighted sum of the squared differences between the first n distances and a number. */
        private double squares(long[] times, int n, double from) {
            double sum = 0;
            for (int i = 0; i < n; i++) {
                sum += times[i] * (distances[i] - from) * (distances[i] - from);
            }
            return sum;
        }

        /** Of the first n distances, each as often as it weighs, and of zeros beside them. */
        private double entropy(int bins, int n, long zeros, double min, double max) {
            histogram.start(bins, zeros > 0 ? 0 : min, n == 0 ? 0 : max);
            if (zeros > 0) {
                histogram.add(0, zeros);
            }
            for (int i = 0; i < n; i++) {
                histogram.add(distances[i], weights[i]);
            }
            return histogram.entropy();
        }

        /** Weighs each pair of distinct rows by its number of pairs of tokens; returns the sum. */
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
