package org.lilgatsby.experiment;

import java.time.Duration;
import java.util.List;
import org.lilgatsby.corpus.Batches;
import org.lilgatsby.corpus.Corpus;
import org.lilgatsby.model.Initialization;
import org.lilgatsby.training.Trainer;

/** Measures how fast a configuration trains here, on a model that is thrown away. */
public final class RateProbe {
    private RateProbe() {}

    /**
     * Steps per second after a warm-up of two thirds of the time. The steps carried out are the run's own first
     * ones, so the code that they compile is the code that the run needs; nothing of the run is touched.
     *
     * @param time how long to measure, warm-up included; at least one step is made
     */
    public static double stepsPerSecond(ExperimentConfig config, Corpus corpus, RunOptions options, Duration time) {
        float[] initial = Initialization.draw(
                config.model(), config.initialization(), config.precision().parameters(), config.seed()).parameters();
        Batches batches = new Batches(corpus, config.model().context(), config.training().batch(), config.seed());
        long nanos = time.toNanos();
        try (Trainer trainer = new Trainer(
                config.training(), config.model(), config.precision(), options.kernels(), initial, batches,
                options.threads(), List.of())) {
            long began = System.nanoTime();
            while (System.nanoTime() - began < nanos * 2 / 3) {
                trainer.step();
            }
            long warm = System.nanoTime();
            int steps = 0;
            do {
                trainer.step();
                steps++;
            } while (System.nanoTime() - began < nanos);
            return steps * 1e9 / (System.nanoTime() - warm);
        }
    }
}
