package org.lilgatsby.analysis;

import java.util.Arrays;

/**
 * Figures of a set of numbers, in the unit of those numbers. All are NaN if the set is empty.
 *
 * @param count how many numbers
 * @param min the smallest
 * @param mean the sum in double, in the order given, over the count
 * @param median the middle one; of an even count the mean of the two in the middle
 * @param max the largest
 */
public record Summary(long count, double min, double mean, double median, double max) {
    /** The summary of the given numbers; a NaN among them counts as the largest. */
    public static Summary of(double[] numbers) {
        double sum = 0;
        for (double number : numbers) {
            sum += number;
        }
        double[] sorted = numbers.clone();
        Arrays.sort(sorted);
        return ofSorted(sorted, sum);
    }

    /** The summary of ascending numbers whose sum is known. */
    static Summary ofSorted(double[] sorted, double sum) {
        int n = sorted.length;
        if (n == 0) {
            return new Summary(0, Double.NaN, Double.NaN, Double.NaN, Double.NaN);
        }
        double median = n % 2 == 1 ? sorted[n / 2] : (sorted[n / 2 - 1] + sorted[n / 2]) / 2;
        return new Summary(n, sorted[0], sum / n, median, sorted[n - 1]);
    }
}
