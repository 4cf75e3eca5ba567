package org.lilgatsby.benchmark;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * Measures work of one thread against a peak of its core, alternating in short slices: peak, work, peak, work. On a
 * shared machine the speed drifts from second to second, but the ratio of neighbouring slices does not. The clock is
 * the thread's own processor time, which stops while something else runs on the core. It does not stop while other work
 * runs on the second hardware thread of the core: that takes up to half of the speed of anything but a plain chain of
 * multiply-adds, for tens of milliseconds at a time, and only the best slices are nearly free of it.
 *
 * @param gflopPerSecond median rate of the work
 * @param peakGflopPerSecond median rate of the {@link CorePeak} measured in between
 * @param shareOfPeak median ratio of neighbouring slices
 * @param bestShareOfPeak 90th percentile of the rate over that of the peak
 */
public record Measurement(
        double gflopPerSecond, double peakGflopPerSecond, double shareOfPeak, double bestShareOfPeak) {
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();
    private static final double SLICE_NANOS = 2e6;
    private static final double WARM_UP_NANOS = 2e8;
    private static final int PEAK_ROUNDS = 10_000;
    private static final double BEST = 0.9;

    /** Work to measure. */
    @FunctionalInterface
    public interface Work {
        /** Executes the work once; returns a number that depends on the result. */
        float run();
    }

    /**
     * Measures several in turn, one slice of each per round, so that machine conditions are the same for all.
     *
     * @param peaks measured before each slice
     * @param rounds how many times peaks and work are measured
     * @return for each case its measurement against each of the peaks
     */
    static List<Map<CorePeak, Measurement>> inTurn(List<KernelCase> cases, List<CorePeak> peaks, int rounds) {
        int[] spins = peaks.stream().mapToInt(Measurement::spinsOfSlice).toArray();
        int[] runs = cases.stream().mapToInt(kernel -> inSlice(kernel.work())).toArray();
        double[][] rates = new double[cases.size()][rounds];
        double[][][] most = new double[cases.size()][peaks.size()][rounds];
        for (int round = 0; round < rounds; round++) {
            for (int i = 0; i < runs.length; i++) {
                for (int p = 0; p < spins.length; p++) {
                    most[i][p][round] = peak(peaks.get(p), spins[p]);
                }
                rates[i][round] = rate(cases.get(i), runs[i]);
            }
        }
        List<Map<CorePeak, Measurement>> measured = new ArrayList<>();
        for (int i = 0; i < runs.length; i++) {
            Map<CorePeak, Measurement> against = new EnumMap<>(CorePeak.class);
            for (int p = 0; p < spins.length; p++) {
                against.put(peaks.get(p), of(rates[i], most[i][p]));
            }
            measured.add(against);
        }
        return measured;
    }

    /** GFLOP/s of peaks alone, measured in turn: the median of each. */
    static Map<CorePeak, Double> peaks(List<CorePeak> peaks, int rounds) {
        int[] spins = peaks.stream().mapToInt(Measurement::spinsOfSlice).toArray();
        double[][] rates = new double[peaks.size()][rounds];
        for (int round = 0; round < rounds; round++) {
            for (int p = 0; p < spins.length; p++) {
                rates[p][round] = peak(peaks.get(p), spins[p]);
            }
        }
        Map<CorePeak, Double> medians = new EnumMap<>(CorePeak.class);
        for (int p = 0; p < spins.length; p++) {
            medians.put(peaks.get(p), median(rates[p]));
        }
        return medians;
    }

    private static int spinsOfSlice(CorePeak peak) {
        return PEAK_ROUNDS * inSlice(() -> peak.spin(PEAK_ROUNDS));
    }

    private static double rate(KernelCase kernel, int runs) {
        float sink = 0;
        long began = processorNanos();
        for (int k = 0; k < runs; k++) {
            sink += kernel.work().run();
        }
        double rate = kernel.flop() * runs / (processorNanos() - began);
        requireNumber(sink);
        return rate;
    }

    private static Measurement of(double[] rates, double[] peaks) {
        double[] shares = new double[rates.length];
        Arrays.setAll(shares, i -> rates[i] / peaks[i]);
        return new Measurement(median(rates), median(peaks), median(shares), best(rates) / best(peaks));
    }

    /** GFLOP/s of fused multiply-adds, over the given number of rounds. */
    static double peak(int rounds) {
        return peak(CorePeak.MULTIPLY_ADD, rounds);
    }

    private static double peak(CorePeak peak, int rounds) {
        long began = processorNanos();
        requireNumber(peak.spin(rounds));
        return peak.flop(rounds) / (processorNanos() - began);
    }

    /** Processor time of the calling thread. */
    static long processorNanos() {
        return THREADS.getCurrentThreadCpuTime();
    }

    /** Warms up, and returns how many executions fill a slice. */
    private static int inSlice(Work work) {
        long began = processorNanos();
        long last;
        do {
            last = processorNanos();
            requireNumber(work.run());
        } while (processorNanos() - began < WARM_UP_NANOS);
        return (int) Math.max(1, SLICE_NANOS / Math.max(1, processorNanos() - last));
    }

    private static void requireNumber(float result) {
        if (Float.isNaN(result)) {
            throw new IllegalStateException("the measured work gave a NaN");
        }
    }

    /** Repeats the work for some seconds of processor time, to warm up the compiler. */
    static void warmUp(List<Work> all, double seconds) {
        long began = processorNanos();
        do {
            for (Work work : all) {
                requireNumber(work.run());
            }
        } while (processorNanos() - began < seconds * 1e9);
    }

    /** The median. */
    public static double median(double[] values) {
        return quantile(values, 0.5);
    }

    /** The 90th percentile. */
    public static double best(double[] values) {
        return quantile(values, BEST);
    }

    private static double quantile(double[] values, double share) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return sorted[(int) (share * sorted.length)];
    }
}
