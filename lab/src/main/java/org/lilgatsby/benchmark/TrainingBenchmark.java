package org.lilgatsby.benchmark;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.lilgatsby.corpus.Batches;
import org.lilgatsby.corpus.Corpus;
import org.lilgatsby.experiment.ExperimentConfig;
import org.lilgatsby.experiment.ExperimentRun;
import org.lilgatsby.experiment.RunOptions;
import org.lilgatsby.kernel.VectorPeak;
import org.lilgatsby.recording.Recorder;
import org.lilgatsby.recording.RunDirectory;
import org.lilgatsby.training.StepListener;
import org.lilgatsby.training.Trainer;

/** Whole training steps of a configuration, in turn with the peak of one core. */
public final class TrainingBenchmark {
    private static final double WARM_UP_SECONDS = 5;
    private static final double SLICE_SECONDS = 0.5;
    private static final int PAIRS = 7;

    /**
     * The rate of a configuration.
     *
     * @param batch sequences of a step
     * @param threads workers
     * @param stepsPerSecond median rate
     * @param gflopPerSecond the same by {@link Flop#step}
     * @param shareOfPeak median ratio to the peak of one core, times the workers, measured in turn
     */
    public record Rate(int batch, int threads, double stepsPerSecond, double gflopPerSecond, double shareOfPeak) {}

    private TrainingBenchmark() {}

    /** Measures steps without a recording. */
    public static Rate of(ExperimentConfig config, Corpus corpus, RunOptions options) {
        return measure(config, corpus, options, List.of());
    }

    /**
     * Measures steps that record all that the configuration records.
     *
     * @param directory where the recording is written; new
     */
    public static Rate recording(ExperimentConfig config, Corpus corpus, RunOptions options, Path directory)
            throws IOException {
        RunDirectory run = RunDirectory.create(directory);
        try (Recorder recorder = new Recorder(run, ExperimentRun.plan(config, corpus))) {
            return measure(config, corpus, options, List.of(recorder));
        }
    }

    private static Rate measure(ExperimentConfig config, Corpus corpus, RunOptions options, List<StepListener> listeners) {
        int batch = config.training().batch();
        float[] initial = ExperimentRun.plan(config, corpus).source().initial().parameters();
        Batches batches = new Batches(corpus, config.model().context(), batch, config.seed());
        try (Trainer trainer = new Trainer(
                config.training(), config.model(), config.precision(), options.kernels(), initial, batches,
                options.threads(), listeners)) {
            double aStep = warmUp(trainer);
            int steps = (int) Math.max(1, SLICE_SECONDS / aStep);
            int rounds = 4_000_000;
            double[] rates = new double[PAIRS];
            double[] shares = new double[PAIRS];
            float sink = 0;
            for (int i = 0; i < PAIRS; i++) {
                long began = System.nanoTime();
                sink += VectorPeak.spin(rounds);
                long between = System.nanoTime();
                for (int k = 0; k < steps; k++) {
                    trainer.step();
                }
                double seconds = (System.nanoTime() - between) / 1e9;
                double peak = VectorPeak.flop(rounds) / ((between - began) / 1e9) * options.threads();
                rates[i] = steps / seconds;
                shares[i] = rates[i] * Flop.step(config.model(), batch) / peak;
            }
            if (Float.isNaN(sink)) {
                throw new IllegalStateException("the measured work gave a NaN");
            }
            Arrays.sort(rates);
            Arrays.sort(shares);
            double median = rates[PAIRS / 2];
            return new Rate(
                    batch, options.threads(), median, median * Flop.step(config.model(), batch) / 1e9, shares[PAIRS / 2]);
        }
    }

    /** Until the compiler is done; returns the seconds of the last step. */
    private static double warmUp(Trainer trainer) {
        long began = System.nanoTime();
        long last;
        do {
            last = System.nanoTime();
            trainer.step();
        } while (System.nanoTime() - began < WARM_UP_SECONDS * 1e9);
        return (System.nanoTime() - last) / 1e9;
    }
}
