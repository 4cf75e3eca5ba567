package org.lilgatsby.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.lilgatsby.benchmark.Flop;
import org.lilgatsby.benchmark.KernelBenchmark;
import org.lilgatsby.benchmark.TrainingBenchmark;
import org.lilgatsby.corpus.Corpus;
import org.lilgatsby.corpus.CorpusLoader;
import org.lilgatsby.experiment.BuiltIn;
import org.lilgatsby.experiment.ExperimentConfig;
import org.lilgatsby.experiment.RunOptions;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Measures this machine. */
@Command(
        name = "bench",
        header = "Measures this machine: peak, kernels, steps per second by batch, cost of recording.",
        description = {
            "",
            "Every rate is measured in turn with the fused multiply-add peak of one core, and given as a share of it:",
            "absolute figures drift on a shared machine. Takes under three minutes."
        })
final class BenchVerb extends Verb {
    private static final int[] BATCHES = {1, 8, 32};

    @Mixin
    private MachineOptions machine;

    @Override
    public Integer call() throws IOException {
        RunOptions options = machine.options();
        ExperimentConfig config = BuiltIn.load("float32-edition", List.of());
        Corpus corpus = new CorpusLoader(cache()).load(config.corpus(), config.model().vocabulary());
        kernels(options, config);
        steps(options, corpus);
        recording(options, corpus);
        return ExitCodes.DONE;
    }

    private void kernels(RunOptions options, ExperimentConfig config) {
        line("kernels: %s; GFLOP/s of one core, beside its fused multiply-add peak measured in turn", options.kernels().description());
        line("");
        line("%-22s%-22s%12s%12s%12s%12s", "kernel", "shape", "MFLOP", "GFLOP/s", "peak", "% of peak");
        for (KernelBenchmark.Line kernel : KernelBenchmark.of(options.kernels(), config.model())) {
            line(
                    "%-22s%-22s%12.3f%12.1f%12.1f%12.0f", kernel.name(), kernel.shape(), kernel.flop() / 1e6,
                    kernel.measured().gflopPerSecond(), kernel.measured().peakGflopPerSecond(), 100 * kernel.measured().shareOfPeak());
        }
    }

    private void steps(RunOptions options, Corpus corpus) {
        line("");
        ExperimentConfig one = BuiltIn.load("float32-edition", List.of());
        line(
                "training steps of the experiments' model: %.1f MFLOP a sequence, %.1f of them attention",
                Flop.step(one.model(), 1) / 1e6, Flop.attention(one.model()) / 1e6);
        line("");
        line("%-10s%-10s%14s%12s%12s", "batch", "threads", "steps/s", "GFLOP/s", "% of peak");
        List<Integer> threads = new ArrayList<>(List.of(1));
        if (options.threads() > 1) {
            threads.add(options.threads());
        }
        for (int batch : BATCHES) {
            ExperimentConfig config = BuiltIn.load("float32-edition", List.of("training.batch=" + batch, "training.steps=1000000"));
            for (int workers : threads) {
                TrainingBenchmark.Rate rate = TrainingBenchmark.of(
                        config, corpus, new RunOptions(options.program(), options.kernels(), workers));
                line(
                        "%-10d%-10d%14.1f%12.1f%12.0f", batch, workers, rate.stepsPerSecond(), rate.gflopPerSecond(),
                        100 * rate.shareOfPeak());
            }
        }
    }

    /** Every observable on, batch 32: the share of the step's time that recording takes. */
    private void recording(RunOptions options, Corpus corpus) throws IOException {
        ExperimentConfig config = BuiltIn.load(
                "supermassive-black-hole", List.of("training.batch=32", "training.steps=20000", "corpus.preparation=training_corpus"));
        Path directory = Files.createTempDirectory("lilgatsby-bench");
        try {
            TrainingBenchmark.Rate without = TrainingBenchmark.of(config, corpus, options);
            TrainingBenchmark.Rate with = TrainingBenchmark.recording(config, corpus, options, directory.resolve("run"));
            line("");
            line(
                    "recording every observable at every step, batch 32: %.1f steps/s, %.1f without; %.1f %% of the step by share of peak",
                    with.stepsPerSecond(), without.stepsPerSecond(), 100 * (1 - with.shareOfPeak() / without.shareOfPeak()));
        } finally {
            try (Stream<Path> files = Files.walk(directory)) {
                for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(file);
                }
            }
        }
    }

    private void line(String format, Object... values) {
        console().print(String.format(Locale.ROOT, format, values) + "\n");
    }
}
