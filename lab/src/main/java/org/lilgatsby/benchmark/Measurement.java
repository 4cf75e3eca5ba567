package org.lilgatsby.benchmark;

import java.util.Arrays;
import org.lilgatsby.kernel.VectorPeak;

/**
 * Measures work against the peak of the core it runs on, in turn: peak, work, peak, work. On a shared machine
 * speed drifts from second to second; the ratio of neighbours does not.
 *
 * @param gflopPerSecond median rate of the work
 * @param peakGflopPerSecond median rate of fused multiply-adds measured between
 * @param shareOfPeak median of the ratios of neighbours
 */
public record Measurement(double gflopPerSecond, double peakGflopPerSecond, double shareOfPeak) {
    private static final double SLICE_SECONDS = 0.02;
    private static final double WARM_UP_SECONDS = 0.4;

    /** Something to measure. */
    @FunctionalInterface
    public interface Work {
        /** Does it once; returns a number that depends on the result. */
        float run();
    }

    /**
     * Measures.
     *
     * @param flop floating point operations of one run of the work
     * @param pairs how many times peak and work are measured in turn
     */
    public static Measurement of(Work work, double flop, int pairs) {
        int rounds = roundsPerSlice();
        int runs = runsPerSlice(work);
        double[] rates = new double[pairs];
        double[] peaks = new double[pairs];
        double[] shares = new double[pairs];
        float sink = 0;
        for (int i = 0; i < pairs; i++) {
            long began = System.nanoTime();
            sink += VectorPeak.spin(rounds);
            long between = System.nanoTime();
            for (int k = 0; k < runs; k++) {
                sink += work.run();
            }
            long ended = System.nanoTime();
            peaks[i] = VectorPeak.flop(rounds) / (between - began);
            rates[i] = flop * runs / (ended - between);
            shares[i] = rates[i] / peaks[i];
        }
        if (Float.isNaN(sink)) {
            throw new IllegalStateException("the measured work gave a NaN");
        }
        return new Measurement(median(rates), median(peaks), median(shares));
    }

    private static int roundsPerSlice() {
        int rounds = 100_000;
        long began = System.nanoTime();
        long last;
        do {
            last = System.nanoTime();
            VectorPeak.spin(rounds);
        } while (System.nanoTime() - began < WARM_UP_SECONDS * 1e9);
        return (int) Math.max(1, rounds * SLICE_SECONDS * 1e9 / Math.max(1, System.nanoTime() - last));
    }

    private static int runsPerSlice(Work work) {
        long began = System.nanoTime();
        long last;
        do {
            last = System.nanoTime();
            work.run();
        } while (System.nanoTime() - began < WARM_UP_SECONDS * 1e9);
        return (int) Math.max(1, SLICE_SECONDS * 1e9 / Math.max(1, System.nanoTime() - last));
    }

    private static double median(double[] values) {
        Arrays.sort(values);
        return values[values.length / 2];
    }
}
