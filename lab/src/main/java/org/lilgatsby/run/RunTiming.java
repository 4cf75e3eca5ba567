package org.lilgatsby.run;

import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.Locale;
import java.util.function.DoubleSupplier;
import org.lilgatsby.config.ExperimentConfig;
import org.lilgatsby.kernel.ScalarKernels;
import org.lilgatsby.kernel.VectorPeak;
import org.lilgatsby.model.StepFlop;
import org.lilgatsby.recording.Manifest;

/** How a session of a run warms up, and how fast it is then. Notified of every step; keeps a few numbers. */
final class RunTiming {
    private static final double WINDOW_NANOS = 5e8;
    /** Windows considered: the first minute. */
    private static final int WINDOWS = 120;
    /** Sessions shorter than this say nothing about the speed of a step. */
    private static final int FEWEST_WINDOWS = 6;

    private static final double STEADY = 0.9;
    private static final int PEAK_ROUNDS = 1_000_000;
    private static final int PEAKS = 41;

    private final ExperimentConfig config;
    private final RunOptions options;
    private final DoubleSupplier peak;
    private final int half;
    private final int[] windows = new int[WINDOWS];
    private int steps;
    private double secondsToFirst;
    private long first;
    private long middle;
    private long last;

    /** @param done steps of earlier sessions */
    RunTiming(ExperimentConfig config, RunOptions options, int done) {
        this(config, options, done, RunTiming::measuredPeak);
    }

    /** @param peak of one core in operations per nanosecond, a fused multiply-add counted as two */
    RunTiming(ExperimentConfig config, RunOptions options, int done, DoubleSupplier peak) {
        this.config = config;
        this.options = options;
        this.peak = peak;
        this.half = (config.training().steps() - done) / 2;
    }

    /** A step ended. */
    void stepped(long nanoTime) {
        steps++;
        last = nanoTime;
        if (steps == 1) {
            first = nanoTime;
            secondsToFirst = (System.currentTimeMillis()
                            - ManagementFactory.getRuntimeMXBean().getStartTime())
                    / 1e3;
        } else {
            int window = (int) ((nanoTime - first) / WINDOW_NANOS);
            if (window < WINDOWS) {
                windows[window]++;
            }
        }
        if (steps == half) {
            middle = nanoTime;
        }
    }

    /** The session's result. */
    Manifest.Performance performance() {
        double elapsed = (last - first) / WINDOW_NANOS;
        if (elapsed < FEWEST_WINDOWS || half == 0) {
            return new Manifest.Performance(secondsToFirst, null, null, PeakHeap.bytes());
        }
        double perWindow = (steps - half) / ((last - middle) / WINDOW_NANOS);
        return new Manifest.Performance(
                secondsToFirst,
                secondsToSteady(perWindow, (int) Math.min(WINDOWS, elapsed)),
                options.kernels() instanceof ScalarKernels ? null : shareOfPeak(perWindow / WINDOW_NANOS),
                PeakHeap.bytes());
    }

    private Double secondsToSteady(double perWindow, int complete) {
        for (int i = 0; i < complete; i++) {
            if (windows[i] >= STEADY * perWindow) {
                return secondsToFirst + i * WINDOW_NANOS / 1e9;
            }
        }
        return null;
    }

    private double shareOfPeak(double stepsPerNano) {
        double flop = StepFlop.step(config.model(), config.training().batch())
                * config.training().accumulation();
        return stepsPerNano * flop / (peak.getAsDouble() * options.threads());
    }

    private static double measuredPeak() {
        double[] peaks = new double[PEAKS];
        float sum = 0;
        for (int i = 0; i < PEAKS; i++) {
            long began = System.nanoTime();
            sum += VectorPeak.spin(PEAK_ROUNDS);
            peaks[i] = VectorPeak.flop(PEAK_ROUNDS) / (System.nanoTime() - began);
        }
        if (Float.isNaN(sum)) {
            throw new IllegalStateException("the sum of finite numbers is NaN");
        }
        Arrays.sort(peaks);
        return peaks[PEAKS / 2];
    }

    /** The same in words. */
    static String sentence(Manifest.Performance performance) {
        StringBuilder text = new StringBuilder(
                String.format(Locale.ROOT, "first step after %.1f s", performance.secondsToFirstStep()));
        if (performance.secondsToSteadyState() != null) {
            text.append(String.format(Locale.ROOT, ", full speed after %.1f s", performance.secondsToSteadyState()));
        }
        if (performance.shareOfPeak() != null) {
            text.append(String.format(
                    Locale.ROOT,
                    "; at full speed %.0f %% of the processor's fused multiply-add peak",
                    100 * performance.shareOfPeak()));
        }
        return text.toString();
    }
}
