package org.lilgatsby.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.lilgatsby.benchmark.TrainingBenchmark;
import org.lilgatsby.config.BuiltIn;
import org.lilgatsby.config.ExperimentConfig;
import org.lilgatsby.corpus.Corpus;
import org.lilgatsby.corpus.CorpusCache;
import org.lilgatsby.corpus.CorpusLoader;
import org.lilgatsby.kernel.KernelChoice;
import org.lilgatsby.run.RunOptions;

/**
 * Prints the steps per second of the experiments' model: {@code Steps KERNELS BATCH THREADS [KEY=VALUE...]}, with
 * kernels as for {@code lilgatsby run --kernels} and settings as for {@code --set}. One line, with medians by wall
 * clock and by processor time.
 */
public final class Steps {
    private static final double WARM_UP_SECONDS = 6;
    private static final int ROUNDS = 45;

    private Steps() {}

    public static void main(String[] arguments) throws IOException {
        KernelChoice kernels = new KernelChoice(
                KernelChoice.Implementation.valueOf(arguments[0].toUpperCase(Locale.ROOT)), KernelChoice.PREFERRED);
        int batch = Integer.parseInt(arguments[1]);
        int threads = Integer.parseInt(arguments[2]);
        List<String> settings = new ArrayList<>(List.of(arguments).subList(3, arguments.length));
        settings.add("training.batch=" + batch);
        settings.add("training.steps=1000000");
        ExperimentConfig config = BuiltIn.load("float32-edition", settings);
        Corpus corpus = new CorpusLoader(new CorpusCache(Path.of("none")))
                .load(config.corpus(), config.model().vocabulary());
        RunOptions options = new RunOptions("benchmark", kernels.create(), threads);
        try (TrainingBenchmark benchmark = TrainingBenchmark.of(config, corpus, options)) {
            benchmark.warmUp(WARM_UP_SECONDS);
            TrainingBenchmark.inTurn(ROUNDS, List.of(benchmark));
            TrainingBenchmark.Rate rate = benchmark.rate();
            System.out.println(String.format(
                    Locale.ROOT,
                    "batch %d, %d threads: wall median %.2f | cpu-time median %.2f steps/s, %.1f %% of peak,"
                            + " best tenth %.1f %%",
                    batch,
                    threads,
                    rate.stepsPerSecond(),
                    rate.stepsPerProcessorSecond(),
                    100 * rate.shareOfPeak(),
                    100 * rate.bestShareOfPeak()));
        }
    }
}
