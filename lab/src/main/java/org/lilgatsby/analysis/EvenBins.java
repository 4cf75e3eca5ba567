package org.lilgatsby.analysis;

import java.util.Arrays;

/** Counts of numbers in bins of equal width; the last bin includes its upper edge. Reused. */
final class EvenBins {
    private static final double LOG_2 = StrictMath.log(2);

    private long[] counts = new long[0];
    private double low;
    private double range;
    private long total;

    /** Starts with empty bins between the smallest and the largest of the numbers to come. */
    void start(int bins, double smallest, double largest) {
        counts = counts.length == bins ? counts : new long[bins];
        Arrays.fill(counts, 0);
        low = smallest;
        range = largest - smallest;
        total = 0;
    }

    /** Counts a number, with a multiplicity. */
    void add(double number, long times) {
        double bin = range > 0 ? (number - low) / range * counts.length : 0;
        counts[Math.min((int) bin, counts.length - 1)] += times;
        total += times;
    }

    /**
     * Shannon entropy of the shares p of the bins: the sum of -p log2(p), in bits.
     *
     * @return NaN without numbers, or if the bins have no finite width
     */
    double entropy() {
        if (total == 0 || !Double.isFinite(range)) {
            return Double.NaN;
        }
        double sum = 0;
        for (long count : counts) {
            double share = (double) count / total;
            sum += count == 0 ? 0 : share * StrictMath.log(share);
        }
        return sum == 0 ? 0 : -sum / LOG_2;
    }
}
