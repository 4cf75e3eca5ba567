package org.lilgatsby.explorer.view;

import java.util.Arrays;
import java.util.List;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.lilgatsby.sweep.Distribution;

/**
 * One curve of several runs together. With more steps than points, each point is a bucket of steps: its statistics are
 * those of its last step, its extremes those of all its steps.
 *
 * @param steps the last step of each bucket
 * @param n runs that have a finite value there
 * @param low smallest value of any run in the bucket; NaN without one
 * @param high largest
 */
public record Ribbon(
        int[] steps,
        int[] n,
        double[] mean,
        double[] median,
        double[] lowerQuartile,
        double[] upperQuartile,
        double[] low,
        double[] high) {
    /**
     * The ribbon of some curves.
     *
     * @throws IllegalArgumentException for fewer than one point
     */
    public static Ribbon of(List<Series> runs, int points) {
        if (points < 1) {
            throw new IllegalArgumentException("a ribbon needs at least one point, not " + points);
        }
        int[] all = runs.stream()
                .flatMapToInt(run -> IntStream.of(run.steps()))
                .sorted()
                .distinct()
                .toArray();
        int n = Math.min(points, all.length);
        Ribbon ribbon = new Ribbon(
                new int[n],
                new int[n],
                new double[n],
                new double[n],
                new double[n],
                new double[n],
                new double[n],
                new double[n]);
        for (int bucket = 0; bucket < n; bucket++) {
            int from = all[(int) ((long) bucket * all.length / n)];
            int to = all[(int) ((bucket + 1L) * all.length / n) - 1];
            ribbon.fill(bucket, runs, from, to);
        }
        return ribbon;
    }

    private void fill(int bucket, List<Series> runs, int from, int to) {
        double[] last = runs.stream()
                .flatMapToDouble(run -> {
                    int place = Arrays.binarySearch(run.steps(), to);
                    return place < 0 ? DoubleStream.empty() : DoubleStream.of(run.values()[place]);
                })
                .filter(Double::isFinite)
                .toArray();
        double[] within = runs.stream()
                .flatMapToDouble(run -> DoubleStream.of(run.between(from, to).values()))
                .filter(Double::isFinite)
                .toArray();
        steps[bucket] = to;
        n[bucket] = last.length;
        low[bucket] = DoubleStream.of(within).min().orElse(Double.NaN);
        high[bucket] = DoubleStream.of(within).max().orElse(Double.NaN);
        if (last.length == 0) {
            for (double[] undefined : List.of(mean, median, lowerQuartile, upperQuartile)) {
                undefined[bucket] = Double.NaN;
            }
        } else {
            Distribution distribution = Distribution.withoutInterval(last);
            mean[bucket] = distribution.mean();
            median[bucket] = distribution.median();
            lowerQuartile[bucket] = distribution.lowerQuartile();
            upperQuartile[bucket] = distribution.upperQuartile();
        }
    }
}
