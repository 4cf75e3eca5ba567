package org.lilgatsby.sweep;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.commons.statistics.descriptive.Quantile;
import org.apache.commons.statistics.descriptive.Quantile.EstimationMethod;
import org.lilgatsby.random.TorchGenerator;

/**
 * Percentile bootstrap intervals of a mean (Efron and Tibshirani, An Introduction to the Bootstrap, 1993, chapter 13):
 * the 2.5 % and 97.5 % quantiles of the means of 10,000 resamples, each as large as the sample and drawn with
 * replacement. A draw is a 32-bit word w of MT19937 and takes value number floor(w n / 2^32); the seed is fixed, so
 * equal values have equal intervals, and figures of the same runs share their draws.
 */
final class Bootstrap {
    /** For a single group, and for the first of two. */
    static final long FIRST = 42;

    /** For the second of two groups, whose draws must be independent of the first's. */
    static final long SECOND = 43;

    /** Resamples of an interval. */
    static final int RESAMPLES = 10_000;

    /** Interval of a single value. */
    static final Interval NONE = new Interval(Double.NaN, Double.NaN);

    /** Columns that are added up beside each other, in registers. */
    private static final int BLOCK = 8;

    /** Draws that are made before the columns are added up, so that a block stays in the cache. */
    private static final int DRAWS = 1 << 16;

    private static final Quantile QUANTILE =
            Quantile.withDefaults().with(EstimationMethod.HF7).withCopy(true);

    private Bootstrap() {}

    /** The interval of the mean of some values. */
    static Interval ofMean(double[] values) {
        return values.length < 2 ? NONE : percentiles(means(List.of(values), FIRST)[0]);
    }

    /** The interval between two percentiles of resampled means, or of their differences. */
    static Interval percentiles(double[] means) {
        if (areEqual(means)) {
            return new Interval(means[0], means[0]);
        }
        double[] ends = QUANTILE.evaluate(means, 0.025, 0.975);
        return new Interval(ends[0], ends[1]);
    }

    /** As those of a figure and its means often are: all runs have the same value. */
    private static boolean areEqual(double[] values) {
        for (double value : values) {
            if (value != values[0]) {
                return false;
            }
        }
        return true;
    }

    /** The interval of the difference of means that were resampled independently. */
    static Interval ofDifference(double[] first, double[] second) {
        double[] differences = new double[RESAMPLES];
        Arrays.setAll(differences, r -> second[r] - first[r]);
        return percentiles(differences);
    }

    /**
     * Resampled means of several figures of the same runs. Each is the same, bit for bit, as without the others.
     *
     * @param columns the values of each figure, all of the same length, at least 1
     * @return for each figure, a mean for each resample
     */
    static double[][] means(List<double[]> columns, long seed) {
        double[][] means = new double[columns.size()][RESAMPLES];
        List<double[]> different = new ArrayList<>();
        List<double[]> theirMeans = new ArrayList<>();
        for (int column = 0; column < means.length; column++) {
            if (areEqual(columns.get(column))) {
                Arrays.fill(means[column], meanOfEqual(columns.get(column)));
            } else {
                different.add(columns.get(column));
                theirMeans.add(means[column]);
            }
        }
        if (!different.isEmpty()) {
            resample(different, seed, theirMeans.toArray(double[][]::new));
        }
        return means;
    }

    /** The mean of equal values, added up as those that differ are: the same in every resample. */
    private static double meanOfEqual(double[] values) {
        double sum = 0;
        for (double value : values) {
            sum += value;
        }
        return sum / values.length;
    }

    /** While the columns are added up as drawn, the next draws are made beside them. */
    private static void resample(List<double[]> columns, long seed, double[][] means) {
        int n = columns.getFirst().length;
        double[][] blocks = blocks(columns, n);
        TorchGenerator generator = new TorchGenerator(seed);
        int atOnce = Math.clamp(DRAWS / n, 1, RESAMPLES);
        int[][] draws = new int[2][atOnce * n];
        draw(generator, n, draws[0], atOnce * n);
        for (int from = 0; from < RESAMPLES; from += atOnce) {
            int first = from;
            int last = Math.min(RESAMPLES, from + atOnce);
            int following = Math.min(RESAMPLES - last, atOnce) * n;
            int[] drawn = draws[from / atOnce % 2];
            int[] next = draws[1 - from / atOnce % 2];
            IntStream.rangeClosed(0, blocks.length).parallel().forEach(task -> {
                if (task == 0) {
                    draw(generator, n, next, following);
                } else {
                    average(blocks[task - 1], drawn, n, first, last, means, (task - 1) * BLOCK);
                }
            });
        }
    }

    /** The next draws, each as the place in a block of the first value of the run that was drawn. */
    private static void draw(TorchGenerator generator, int n, int[] draws, int count) {
        for (int i = 0; i < count; i++) {
            draws[i] = BLOCK * (int) (Integer.toUnsignedLong(generator.nextInt()) * n >>> 32);
        }
    }

    /** The means of the columns of a block over the resamples from a first to before a last. */
    private static void average(double[] block, int[] draws, int n, int first, int last, double[][] means, int column) {
        int columns = Math.min(BLOCK, means.length - column);
        double[] sums = new double[BLOCK];
        for (int r = first; r < last; r++) {
            add(block, draws, (r - first) * n, n, sums);
            for (int k = 0; k < columns; k++) {
                means[column + k][r] = sums[k] / n;
            }
        }
    }

    /** Values of {@value #BLOCK} columns beside each other, run by run; columns that are wanting are 0. */
    private static double[][] blocks(List<double[]> columns, int n) {
        double[][] blocks = new double[(columns.size() + BLOCK - 1) / BLOCK][n * BLOCK];
        for (int column = 0; column < columns.size(); column++) {
            double[] values = columns.get(column);
            double[] block = blocks[column / BLOCK];
            for (int i = 0; i < n; i++) {
                block[i * BLOCK + column % BLOCK] = values[i];
            }
        }
        return blocks;
    }

    /** Adds up each column in the order of the draws; a draw is the place of a run's first value. */
    private static void add(double[] block, int[] draws, int from, int n, double[] sums) {
        double s0 = 0;
        double s1 = 0;
        double s2 = 0;
        double s3 = 0;
        double s4 = 0;
        double s5 = 0;
        double s6 = 0;
        double s7 = 0;
        for (int i = from; i < from + n; i++) {
            int at = draws[i];
            s0 += block[at];
            s1 += block[at + 1];
            s2 += block[at + 2];
            s3 += block[at + 3];
            s4 += block[at + 4];
            s5 += block[at + 5];
            s6 += block[at + 6];
            s7 += block[at + 7];
        }
        sums[0] = s0;
        sums[1] = s1;
        sums[2] = s2;
        sums[3] = s3;
        sums[4] = s4;
        sums[5] = s5;
        sums[6] = s6;
        sums[7] = s7;
    }
}
