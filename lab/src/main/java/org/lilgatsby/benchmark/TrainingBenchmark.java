package org.lilgatsby.benchmark;

import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;
import org.lilgatsby.corpus.Batches;
import org.lilgatsby.corpus.Corpus;
import org.lilgatsby.experiment.ExperimentConfig;
import org.lilgatsby.experiment.ExperimentRun;
import org.lilgatsby.experiment.RunOptions;
import org.lilgatsby.model.StepFlop;
import org.lilgatsby.training.StepListener;
import org.lilgatsby.training.Trainer;

/** Whole training steps of a configuration: several can be measured in turn, each in turn with the peak of one core. */
public final class TrainingBenchmark implements AutoCloseable {
    private static final double SLICE_SECONDS = 0.1;
    private static final int PEAK_ROUNDS = 1_000_000;

    private final ExperimentConfig config;
    private final int threads;
    private final Trainer trainer;
    private final List<Slice> slices = new ArrayList<>();

    /** A measured tenth of a second; the peak is that of one core in GFLOP/s. */
    private record Slice(double stepsPerSecond, double stepsPerProcessorSecond, double peak) {}

    /**
     * A rate of steps.
     *
     * @param stepsPerSecond by the wall's clock
     * @param stepsPerProcessorSecond by the processor time of the first worker, which does not tell of what else the
     *     machine was busy with
     * @param shareOfPeak {@link StepFlop#step} a second of processor time, by the peak of one core measured just before
     * @param bestShareOfPeak the same of the best tenth, see {@link Measurement}
     */
    public record Rate(
            double stepsPerSecond, double stepsPerProcessorSecond, double shareOfPeak, double bestShareOfPeak) {}

    /** @param listeners such as a recorder; none to train only */
    public TrainingBenchmark(ExperimentConfig config, Corpus corpus, RunOptions options, List<StepListener> listeners) {
        this.config = config;
        this.threads = options.threads();
        float[] initial = ExperimentRun.plan(config, corpus).source().initial().parameters();
        Batches batches = new Batches(corpus, config.model().context(), config.training().batch(), config.seed());
        this.trainer = new Trainer(
                config.training(), config.model(), config.precision(), options.kernels(), initial, batches, threads, listeners);
    }

    /** Measures some in turn, round after round, so that all see the same machine. */
    public static void inTurn(int rounds, List<TrainingBenchmark> benchmarks) {
        for (int i = 0; i < rounds; i++) {
            benchmarks.forEach(TrainingBenchmark::measure);
        }
    }

    /** Sequences of a step. */
    public int batch() {
        return config.training().batch();
    }

    /** Workers. */
    public int threads() {
        return threads;
    }

    /** Trains without measuring, for the compiler. */
    public void warmUp(double seconds) {
        long began = System.nanoTime();
        do {
            trainer.step();
        } while (System.nanoTime() - began < seconds * 1e9);
    }

    /** One step, not measured. */
    void step() {
        trainer.step();
    }

    /** Measures one slice of a tenth of a second, or of one step. */
    public void measure() {
        double peak = Measurement.peak(PEAK_ROUNDS);
        long processor = Measurement.processorNanos();
        long began = System.nanoTime();
        int steps = 0;
        do {
            trainer.step();
            steps++;
        } while (System.nanoTime() - began < SLICE_SECONDS * 1e9);
        double perSecond = steps / ((System.nanoTime() - began) / 1e9);
        double perProcessorSecond = steps / ((Measurement.processorNanos() - processor) / 1e9);
        slices.add(new Slice(perSecond, perProcessorSecond, peak));
    }

    /** Rates of the slices measured so far: medians, and the best tenth. */
    public Rate rate() {
        double[] perSecond = each(Slice::stepsPerSecond);
        double[] perProcessorSecond = each(Slice::stepsPerProcessorSecond);
        double[] peaks = each(Slice::peak);
        double share = StepFlop.step(config.model(), batch()) / 1e9 / threads;
        double[] shares = each(slice -> share * slice.stepsPerProcessorSecond() / slice.peak());
        return new Rate(
                Measurement.median(perSecond), Measurement.median(perProcessorSecond), Measurement.median(shares),
                share * Measurement.best(perProcessorSecond) / Measurement.best(peaks));
    }

    private double[] each(ToDoubleFunction<Slice> figure) {
        return slices.stream().mapToDouble(figure).toArray();
    }

    /** Median of the ratios of this one's slices to another's of the same rounds, by the wall's clock. */
    public double speedAgainst(TrainingBenchmark other) {
        double[] ratios = new double[slices.size()];
        for (int i = 0; i < ratios.length; i++) {
            ratios[i] = slices.get(i).stepsPerSecond() / other.slices.get(i).stepsPerSecond();
        }
        return Measurement.median(ratios);
    }

    /** Ends the workers. */
    @Override
    public void close() {
        trainer.close();
    }
}
