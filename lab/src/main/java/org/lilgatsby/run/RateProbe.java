package org.lilgatsby.run;

import java.lang.management.CompilationMXBean;
import java.lang.management.ManagementFactory;
import java.util.List;
import org.lilgatsby.config.ExperimentConfig;
import org.lilgatsby.corpus.Corpus;
import org.lilgatsby.training.Trainer;

/** Measures how fast a configuration trains here, on a model that is then discarded. */
public final class RateProbe {
    private RateProbe() {}

    private static final double WINDOW_SECONDS = 0.75;
    private static final double LONGEST_SECONDS = 12;
    /** Two consecutive windows whose rates differ by less mean that the warm-up is over. */
    private static final double SETTLED = 0.1;
    /**
     * Largest share of a window that the compiler may be busy; above it, equal rates may be a plateau of the warm-up.
     */
    private static final double COMPILING = 0.2;

    private static final CompilationMXBean COMPILER = ManagementFactory.getCompilationMXBean();

    /**
     * What was measured.
     *
     * @param stepsPerSecond rate of the last window
     * @param settled whether it agrees with the window before and the compiler had finished
     */
    public record Rate(double stepsPerSecond, boolean settled) {}

    /**
     * Measures until two consecutive windows agree and the compiler has finished. The steps are the run's own first
     * steps, so they compile the code that the run needs; the run itself is not touched.
     */
    public static Rate measure(ExperimentConfig config, Corpus corpus, RunOptions options) {
        try (TrainingParts parts = parts(config, corpus, options)) {
            Trainer trainer = parts.trainer();
            long began = System.nanoTime();
            double before = window(trainer);
            while (true) {
                long compiled = compilationMillis();
                double rate = window(trainer);
                boolean compiling = compilationMillis() - compiled > COMPILING * WINDOW_SECONDS * 1e3;
                boolean settled = !compiling && Math.abs(rate / before - 1) < SETTLED;
                if (settled || System.nanoTime() - began > LONGEST_SECONDS * 1e9) {
                    return new Rate(rate, settled);
                }
                before = rate;
            }
        }
    }

    /** What the run trains with; values that are not finite do not end the measurement. */
    static TrainingParts parts(ExperimentConfig config, Corpus corpus, RunOptions options) {
        RunOptions lenient = options.with(options.checkpointEvery(), RunOptions.OnNonFinite.CONTINUE);
        return TrainingParts.of(config, corpus, config.draw(corpus.length()), lenient, List.of());
    }

    /** Time that the compiler has spent since the program began; none where Java only interprets. */
    private static long compilationMillis() {
        return COMPILER == null ? 0 : COMPILER.getTotalCompilationTime();
    }

    private static double window(Trainer trainer) {
        long began = System.nanoTime();
        int steps = 0;
        do {
            trainer.step();
            steps++;
        } while (System.nanoTime() - began < WINDOW_SECONDS * 1e9);
        return steps * 1e9 / (System.nanoTime() - began);
    }
}
