package org.lilgatsby.benchmark;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.lilgatsby.corpus.Corpus;
import org.lilgatsby.experiment.ExperimentConfig;
import org.lilgatsby.experiment.RunOptions;
import org.lilgatsby.kernel.Kernels;
import org.lilgatsby.model.StepFlop;

/**
 * Where the time of a training step of one thread goes. The n-th call of a kernel does the same work at every step, so that
 * each has its own median and its own best tenth; the sum of the best tenths is the step of a core that nobody else
 * slows down, even where no whole step was spared.
 *
 * @param parts times of the parts, microseconds a sequence
 * @param peakGflopPerSecond fused multiply-add peak of the core, the best tenth of measurements between steps
 * @param flop floating point operations of a sequence
 */
public record StepProfile(List<Line> parts, double peakGflopPerSecond, double flop) {
    private static final int PEAK_ROUNDS = 100_000;

    /**
     * One part.
     *
     * @param part what the time goes to
     * @param medianMicros sum of the medians of its calls, microseconds a sequence
     * @param bestMicros sum of what the best tenth of each of its calls took, microseconds a sequence
     * @param flop floating point operations of it a sequence, 0 where they are not counted
     */
    public record Line(StepPart part, double medianMicros, double bestMicros, double flop) {}

    public StepProfile {
        parts = List.copyOf(parts);
    }

    /**
     * Trains for some seconds.
     *
     * @param kernels whose calls are measured
     */
    public static StepProfile of(ExperimentConfig config, Corpus corpus, Kernels kernels, double warmUpSeconds, double seconds) {
        KernelClock clock = new KernelClock(kernels);
        List<double[]> steps = new ArrayList<>();
        List<Double> peaks = new ArrayList<>();
        RunOptions options = new RunOptions("benchmark", clock.timed(), 1);
        try (TrainingBenchmark training = new TrainingBenchmark(config, corpus, options, List.of())) {
            training.warmUp(warmUpSeconds);
            long began = System.nanoTime();
            do {
                peaks.add(Measurement.peak(PEAK_ROUNDS));
                steps.add(step(training, clock));
            } while (System.nanoTime() - began < seconds * 1e9);
        }
        return of(config, clock, steps, peaks);
    }

    /** Microseconds of every call of a step, and of what is in none. */
    private static double[] step(TrainingBenchmark training, KernelClock clock) {
        clock.restart();
        long began = System.nanoTime();
        training.step();
        double whole = (System.nanoTime() - began) / 1e3;
        double[] calls = clock.micros();
        double[] all = new double[calls.length + 1];
        System.arraycopy(calls, 0, all, 0, calls.length);
        double inKernels = 0;
        for (double call : calls) {
            inKernels += call;
        }
        all[calls.length] = whole - inKernels;
        return all;
    }

    private static StepProfile of(ExperimentConfig config, KernelClock clock, List<double[]> steps, List<Double> peaks) {
        Map<StepPart, double[]> times = new EnumMap<>(StepPart.class);
        int calls = clock.calls();
        double[] rates = new double[steps.size()];
        for (int i = 0; i <= calls; i++) {
            for (int s = 0; s < rates.length; s++) {
                if (steps.get(s).length != calls + 1) {
                    throw new IllegalStateException("a step made " + (steps.get(s).length - 1) + " calls, another " + calls);
                }
                rates[s] = 1 / steps.get(s)[i];
            }
            double[] time = times.computeIfAbsent(i < calls ? clock.part(i) : StepPart.REST, part -> new double[2]);
            time[0] += 1 / Measurement.median(rates);
            time[1] += 1 / Measurement.best(rates);
        }
        int batch = config.training().batch();
        List<Line> lines = times.entrySet().stream()
                .map(e -> new Line(
                        e.getKey(), e.getValue()[0] / batch, e.getValue()[1] / batch, e.getKey().flop(config.model())))
                .toList();
        double peak = Measurement.best(peaks.stream().mapToDouble(Double::doubleValue).toArray());
        return new StepProfile(lines, peak, StepFlop.step(config.model(), 1));
    }

    /** Microseconds a sequence of all parts at their best. */
    public double bestMicros() {
        return parts.stream().mapToDouble(Line::bestMicros).sum();
    }

    /** Microseconds a sequence of all parts' medians. */
    public double medianMicros() {
        return parts.stream().mapToDouble(Line::medianMicros).sum();
    }

    /** Share of the peak that so many operations in so many microseconds are. */
    public double shareOfPeak(double operations, double micros) {
        return operations / micros / 1e3 / peakGflopPerSecond;
    }
}
