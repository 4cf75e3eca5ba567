package org.lilgatsby.analysis;

import java.util.Arrays;

/**
 * The median of nonnegative numbers with multiplicities, without sorting them all: they are counted by the upper bits
 * of their floating-point form, which have the same order as the numbers, and only the numbers in the median's bin are
 * sorted. Reused.
 */
final class WeightedMedian {
    /** Number of bits dropped: the exponent and 8 fraction bits remain. */
    private static final int DROPPED = 44;

    private int[] bins = new int[0];
    private long[] binned = new long[0];
    private double[] values = new double[0];
    private long[] weights = new long[0];

    /**
     * The median of the first n numbers and additional zeros, which are counted separately, since on the scale of the
     * bins they are far from every other number.
     *
     * @param numbers from 0 on; a NaN counts as the largest
     * @param counts how often each counts, at least once
     * @param zeros how many zeros there are
     * @return the middle one; of an even count the mean of the two in the middle; NaN if there is none
     */
    double of(double[] numbers, long[] counts, int n, long zeros) {
        if (n == 0) {
            return zeros == 0 ? Double.NaN : 0;
        }
        int lowest = findBins(numbers, n);
        long total = zeros;
        for (int i = 0; i < n; i++) {
            binned[bins[i] - lowest] += counts[i];
            total += counts[i];
        }
        double below = nth((total - 1) / 2 - zeros, numbers, counts, n, lowest);
        return total % 2 == 1 ? below : (below + nth(total / 2 - zeros, numbers, counts, n, lowest)) / 2;
    }

    /** Finds the bin of each number, clears the bins between the lowest and the highest, and returns the lowest. */
    private int findBins(double[] numbers, int n) {
        bins = bins.length < n ? new int[n] : bins;
        int lowest = Integer.MAX_VALUE;
        int highest = 0;
        for (int i = 0; i < n; i++) {
            int bin = (int) (Double.doubleToLongBits(numbers[i]) >>> DROPPED);
            bins[i] = bin;
            lowest = Math.min(lowest, bin);
            highest = Math.max(highest, bin);
        }
        binned = binned.length > highest - lowest ? binned : new long[highest - lowest + 1];
        Arrays.fill(binned, 0, highest - lowest + 1, 0);
        return lowest;
    }

    /** The element at rank {@code index}, zeros not counted; 0 for a negative index. */
    private double nth(long index, double[] numbers, long[] counts, int n, int lowest) {
        if (index < 0) {
            return 0;
        }
        int bin = 0;
        long before = 0;
        while (index >= before + binned[bin]) {
            before += binned[bin++];
        }
        int found = gather(bin + lowest, numbers, counts, n);
        double[] sorted = Arrays.copyOf(values, found);
        Arrays.sort(sorted);
        int low = 0;
        int high = found - 1;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (index < before + weightUpTo(sorted[middle], found)) {
                high = middle;
            } else {
                low = middle + 1;
            }
        }
        return sorted[low];
    }

    private int gather(int bin, double[] numbers, long[] counts, int n) {
        if (values.length < n) {
            values = new double[n];
            weights = new long[n];
        }
        int found = 0;
        for (int i = 0; i < n; i++) {
            if (bins[i] == bin) {
                values[found] = numbers[i];
                weights[found++] = counts[i];
            }
        }
        return found;
    }

    private long weightUpTo(double limit, int found) {
        long weight = 0;
        for (int i = 0; i < found; i++) {
            weight += Double.compare(values[i], limit) <= 0 ? weights[i] : 0;
        }
        return weight;
    }
}
