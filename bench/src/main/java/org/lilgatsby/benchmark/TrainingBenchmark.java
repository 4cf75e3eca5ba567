package org.lilgatsby.benchmark;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.function.ToDoubleFunction;
import org.lilgatsby.config.ExperimentConfig;
import org.lilgatsby.corpus.Batches;
import org.lilgatsby.corpus.Corpus;
import org.lilgatsby.model.StepFlop;
import org.lilgatsby.recording.Recorder;
import org.lilgatsby.recording.RecordingPlan;
import org.lilgatsby.recording.RunDirectory;
import org.lilgatsby.run.ExperimentRun;
import org.lilgatsby.run.RunOptions;
import org.lilgatsby.training.StepListener;
import org.lilgatsby.training.Trainer;

/**
 * Whole training steps of a configuration. Several can be measured in turn, each alternating with the peak of one core.
 */
public final class TrainingBenchmark implements AutoCloseable {
    private static final double SLICE_SECONDS = 0.1;

    /**
     * A slice ends when most rows are written, or after this many times its usual duration: rows are written many at
     * once.
     */
    private static final int LONGEST = 3;

    private static final int FEW_ROWS = 16;

    private static final int PEAK_ROUNDS = 1_000_000;

    private final ExperimentConfig config;
    private final LongSupplier clock;
    private final int threads;
    private final Trainer trainer;
    private final Optional<Recorder> recorder;
    private final Optional<RoundTrip> roundTrip;
    private final List<Worker> slices = new ArrayList<>();

    /**
     * A slice of one to three tenths of a second; the peak is that of one core in GFLOP/s, the round trip in
     * nanoseconds.
     */
    private record Worker(double stepsPerSecond, double stepsPerProcessorSecond, double peak, double roundTrip) {}

    /**
     * A rate of steps.
     *
     * @param stepsPerSecond by wall clock; for rows see {@link #measure}
     * @param stepsPerProcessorSecond by the processor time of the first worker, which excludes other load on the
     *     machine and the thread that writes a recording
     * @param shareOfPeak {@link StepFlop#step} per second of processor time, over the peak of one core measured just
     *     before
     * @param bestShareOfPeak the same for the best tenth, see {@link Measurement}
     * @param roundTripNanos between two processors, measured just before: a machine's processors may be near or far;
     *     NaN for one worker
     */
    public record Rate(
            double stepsPerSecond,
            double stepsPerProcessorSecond,
            double shareOfPeak,
            double bestShareOfPeak,
            double roundTripNanos) {}

    private TrainingBenchmark(
            ExperimentConfig config,
            Corpus corpus,
            RunOptions options,
            LongSupplier clock,
            RecordingPlan plan,
            Optional<Recorder> recorder) {
        this.config = config;
        this.clock = clock;
        this.threads = options.threads();
        this.recorder = recorder;
        this.roundTrip = threads > 1 ? Optional.of(RoundTrip.start()) : Optional.empty();
        Batches batches =
                new Batches(corpus, config.model().context(), config.training().batch(), config.seed());
        this.trainer = new Trainer(
                config.training(),
                config.model(),
                config.precision(),
                options.kernels(),
                plan.source().initial(),
                batches,
                threads,
                recorder.<List<StepListener>>map(List::of).orElse(List.of()));
        trainer.begin();
    }

    /** Training only. */
    public static TrainingBenchmark of(ExperimentConfig config, Corpus corpus, RunOptions options) {
        return of(config, corpus, options, System::nanoTime);
    }

    /** @param clock nanoseconds, as {@link System#nanoTime} */
    static TrainingBenchmark of(ExperimentConfig config, Corpus corpus, RunOptions options, LongSupplier clock) {
        return new TrainingBenchmark(
                config, corpus, options, clock, ExperimentRun.plan(config, corpus), Optional.empty());
    }

    /**
     * Training that records what the configuration says.
     *
     * @param config with as many steps as there is room for; steps after them are not measured
     * @param directory a new directory for the recording
     */
    public static TrainingBenchmark recording(
            ExperimentConfig config, Corpus corpus, RunOptions options, Path directory) throws IOException {
        return recording(config, corpus, options, System::nanoTime, directory);
    }

    /** @param clock nanoseconds, as {@link System#nanoTime} */
    static TrainingBenchmark recording(
            ExperimentConfig config, Corpus corpus, RunOptions options, LongSupplier clock, Path directory)
            throws IOException {
        RecordingPlan plan = ExperimentRun.plan(config, corpus);
        Recorder recorder = new Recorder(RunDirectory.create(directory), plan, options.kernels());
        try {
            return new TrainingBenchmark(config, corpus, options, clock, plan, Optional.of(recorder));
        } catch (RuntimeException | Error e) {
            recorder.close();
            throw e;
        }
    }

    /** Measures several in turn, round after round, so that all run on the same machine at the same time. */
    public static void inTurn(int rounds, List<TrainingBenchmark> benchmarks) {
        for (int i = 0; i < rounds && benchmarks.stream().noneMatch(TrainingBenchmark::isDone); i++) {
            benchmarks.forEach(TrainingBenchmark::measure);
        }
    }

    /** Whether no step is left. */
    private boolean isDone() {
        return trainer.stepNumber() == config.training().steps();
    }

    /** Number of sequences per step. */
    public int batch() {
        return config.training().batch();
    }

    /** Number of workers. */
    public int threads() {
        return threads;
    }

    /** Warms up the compiler by training without measuring, for at most half of the steps. */
    public void warmUp(double seconds) {
        long began = clock.getAsLong();
        do {
            trainer.step();
        } while (clock.getAsLong() - began < seconds * 1e9
                && trainer.stepNumber() < config.training().steps() / 2);
    }

    /** One step, not measured. */
    void step() {
        trainer.step();
    }

    /**
     * Measures one slice of one to three tenths of a second, or of one step, including the writing of what it records.
     * If few rows are left to write then, the processor time of writing them counts, since in a run training continues
     * while the disk works; if many are left, the disk does not keep up, and its time counts too.
     */
    public void measure() {
        double nanos = roundTrip.map(RoundTrip::nanos).orElse(Double.NaN);
        double peak = Measurement.peak(PEAK_ROUNDS);
        long processor = Measurement.processorNanos();
        long began = clock.getAsLong();
        int steps = 0;
        do {
            trainer.step();
            steps++;
        } while (!isDone() && goesOn((clock.getAsLong() - began) / 1e9));
        long trained = clock.getAsLong();
        long trainedProcessor = Measurement.processorNanos();
        boolean keepsUp = waitingRows() <= FEW_ROWS;
        flush();
        long processorNow = Measurement.processorNanos();
        long ended = keepsUp ? trained + processorNow - trainedProcessor : clock.getAsLong();
        double perSecond = steps / ((ended - began) / 1e9);
        double perProcessorSecond = steps / ((processorNow - processor) / 1e9);
        slices.add(new Worker(perSecond, perProcessorSecond, peak, nanos));
    }

    private boolean goesOn(double seconds) {
        return seconds < SLICE_SECONDS || waitingRows() > FEW_ROWS && seconds < LONGEST * SLICE_SECONDS;
    }

    private int waitingRows() {
        return recorder.isPresent() ? recorder.get().waitingRows() : 0;
    }

    /** Rows of this slice must not be written during the next one. */
    private void flush() {
        if (recorder.isPresent()) {
            try {
                recorder.get().flush();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    /** Rates of the slices measured so far: medians, and the best tenth. */
    public Rate rate() {
        double[] perSecond = each(Worker::stepsPerSecond);
        double[] perProcessorSecond = each(Worker::stepsPerProcessorSecond);
        double[] peaks = each(Worker::peak);
        double share = StepFlop.step(config.model(), batch()) / 1e9 / threads;
        double[] shares = each(slice -> share * slice.stepsPerProcessorSecond() / slice.peak());
        return new Rate(
                Measurement.median(perSecond),
                Measurement.median(perProcessorSecond),
                Measurement.median(shares),
                share * Measurement.best(perProcessorSecond) / Measurement.best(peaks),
                Measurement.median(each(Worker::roundTrip)));
    }

    private double[] each(ToDoubleFunction<Worker> figure) {
        return slices.stream().mapToDouble(figure).toArray();
    }

    /** Floating point operations per second by wall clock, as {@link StepFlop} counts them. */
    public double flopPerSecond() {
        return rate().stepsPerSecond() * StepFlop.step(config.model(), batch());
    }

    /** Median ratio of this benchmark's slices to another's in the same rounds, by wall clock. */
    public double speedAgainst(TrainingBenchmark other) {
        double[] ratios = new double[slices.size()];
        for (int i = 0; i < ratios.length; i++) {
            ratios[i] = slices.get(i).stepsPerSecond() / other.slices.get(i).stepsPerSecond();
        }
        return Measurement.median(ratios);
    }

    /** Stops the workers and closes the recording. */
    @Override
    public void close() throws IOException {
        trainer.close();
        roundTrip.ifPresent(RoundTrip::close);
        if (recorder.isPresent()) {
            recorder.get().close();
        }
    }
}
