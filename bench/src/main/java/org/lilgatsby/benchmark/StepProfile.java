package org.lilgatsby.benchmark;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;
import org.lilgatsby.config.ExperimentConfig;
import org.lilgatsby.corpus.Corpus;
import org.lilgatsby.kernel.Kernels;
import org.lilgatsby.model.StepFlop;
import org.lilgatsby.run.RunOptions;

/**
 * Where the time of a single-threaded training step goes. The n-th call of a kernel does the same work at every step,
 * so each call has its own median and best tenth. On a shared machine hardly any whole step is undisturbed, but each
 * single call is now and then: the sum of the best tenths comes closest to a step on an idle core.
 *
 * @param parts times of the parts, in microseconds per sequence
 * @param peakGflopPerSecond fused multiply-add peak of the core, the best tenth of measurements between steps
 * @param flop floating point operations per sequence
 */
public record StepProfile(List<Line> parts, double peakGflopPerSecond, double flop) {
    private static final int PEAK_ROUNDS = 100_000;

    /**
     * One part.
     *
     * @param part what the time goes to
     * @param medianMicros sum of the medians of its calls, in microseconds per sequence
     * @param bestMicros sum of the best tenths of its calls, in microseconds per sequence
     * @param flop its floating point operations per sequence, 0 if not counted
     */
    public record Line(StepPart part, double medianMicros, double bestMicros, double flop) {}

    public StepProfile {
        parts = List.copyOf(parts);
    }

    /**
     * Trains and records for some seconds.
     *
     * @param kernels whose calls are measured
     * @param directory a new directory for the recording
     */
    public static StepProfile of(
            ExperimentConfig config,
            Corpus corpus,
            Kernels kernels,
            Path directory,
            double warmUpSeconds,
            double seconds)
            throws IOException {
        return of(config, corpus, kernels, System::nanoTime, directory, warmUpSeconds, seconds);
    }

    /** @param now nanoseconds, as {@link System#nanoTime} */
    static StepProfile of(
            ExperimentConfig config,
            Corpus corpus,
            Kernels kernels,
            LongSupplier now,
            Path directory,
            double warmUpSeconds,
            double seconds)
            throws IOException {
        KernelClock clock = new KernelClock(kernels, now);
        List<Step> steps = new ArrayList<>();
        List<Double> peaks = new ArrayList<>();
        RunOptions options = new RunOptions("benchmark", clock.timed(), 1);
        try (TrainingBenchmark training = TrainingBenchmark.recording(config, corpus, options, now, directory)) {
            training.warmUp(warmUpSeconds);
            long began = now.getAsLong();
            do {
                peaks.add(Measurement.peak(PEAK_ROUNDS));
                steps.add(step(training, clock, now));
            } while (now.getAsLong() - began < seconds * 1e9);
        }
        return of(config, steps, peaks);
    }

    /** Parts and microseconds of all calls of a step, and the time outside all parts. */
    record Step(StepPart[] parts, double[] micros) {}

    private static Step step(TrainingBenchmark training, KernelClock clock, LongSupplier now) {
        clock.restart();
        long began = now.getAsLong();
        training.step();
        double rest = (now.getAsLong() - began) / 1e3;
        double[] micros = clock.micros();
        for (double call : micros) {
            rest -= call;
        }
        int calls = micros.length;
        StepPart[] parts = Arrays.copyOf(clock.parts(), calls + 1);
        micros = Arrays.copyOf(micros, calls + 1);
        parts[calls] = StepPart.REST;
        micros[calls] = rest;
        return new Step(parts, micros);
    }

    /** The last step of an epoch may have fewer sequences: only steps with the most calls count. */
    static StepProfile of(ExperimentConfig config, List<Step> steps, List<Double> peaks) {
        StepPart[] calls = steps.stream()
                .map(Step::parts)
                .max(Comparator.comparingInt(parts -> parts.length))
                .orElseThrow();
        List<Step> whole = steps.stream()
                .filter(step -> step.micros().length == calls.length)
                .toList();
        Map<StepPart, double[]> times = new EnumMap<>(StepPart.class);
        double[] rates = new double[whole.size()];
        for (int i = 0; i < calls.length; i++) {
            for (int s = 0; s < rates.length; s++) {
                rates[s] = 1 / whole.get(s).micros()[i];
            }
            double[] time = times.computeIfAbsent(calls[i], part -> new double[2]);
            time[0] += 1 / Measurement.median(rates);
            time[1] += 1 / Measurement.best(rates);
        }
        int batch = config.training().batch();
        List<Line> lines = times.entrySet().stream()
                .map(e -> new Line(
                        e.getKey(),
                        e.getValue()[0] / batch,
                        e.getValue()[1] / batch,
                        e.getKey().flop(config.model())))
                .toList();
        double peak =
                Measurement.best(peaks.stream().mapToDouble(Double::doubleValue).toArray());
        return new StepProfile(lines, peak, StepFlop.step(config.model(), 1));
    }

    /** Microseconds per sequence of all parts, from their best tenths. */
    public double bestMicros() {
        return parts.stream().mapToDouble(Line::bestMicros).sum();
    }

    /** Microseconds per sequence of all parts, from their medians. */
    public double medianMicros() {
        return parts.stream().mapToDouble(Line::medianMicros).sum();
    }

    /** The share of the peak that this many operations in this many microseconds reach. */
    public double shareOfPeak(double operations, double micros) {
        return operations / micros / 1e3 / peakGflopPerSecond;
    }
}
