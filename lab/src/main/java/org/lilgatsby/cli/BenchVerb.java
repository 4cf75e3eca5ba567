package org.lilgatsby.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.lilgatsby.benchmark.KernelBenchmark;
import org.lilgatsby.benchmark.KernelCase;
import org.lilgatsby.benchmark.Measurement;
import org.lilgatsby.benchmark.StepProfile;
import org.lilgatsby.benchmark.TrainingBenchmark;
import org.lilgatsby.corpus.Corpus;
import org.lilgatsby.corpus.CorpusLoader;
import org.lilgatsby.experiment.BuiltIn;
import org.lilgatsby.experiment.ExperimentConfig;
import org.lilgatsby.experiment.ExperimentRun;
import org.lilgatsby.experiment.RunOptions;
import org.lilgatsby.model.StepFlop;
import org.lilgatsby.recording.Recorder;
import org.lilgatsby.recording.RunDirectory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Measures this machine. */
@Command(
        name = "bench",
        commandListHeading = "%nVerbs:%n",
        synopsisSubcommandLabel = "[VERB]",
        subcommands = {BenchAnalyzeVerb.class, BenchCensusVerb.class},
        header = "Measures this machine: peak, kernels, steps and where their time goes, recording.",
        description = {
            "",
            "Every rate is measured in turn with the fused multiply-add peak of one core, and given as a share",
            "of it: absolute figures drift on a shared machine. Takes under three minutes."
        })
final class BenchVerb extends Verb {
    private static final int[] BATCHES = {1, 8, 32};

    /** A model whose matrices are four times as large, and its dictionary 32 times. */
    private static final List<String> LARGER = List.of("model.width=128", "model.layers=4", "model.vocabulary=4096");

    private static final int LARGER_BATCH = 8;
    private static final double WARM_UP_SECONDS = 3;
    private static final int ROUNDS = 45;
    private static final int LARGER_ROUNDS = 25;
    private static final int[] PROFILED = {1, 32};
    private static final double PROFILE_SECONDS = 5;
    private static final double SMALLEST_COST = 0.001;

    @Mixin
    private MachineOptions machine;

    @Override
    public Integer call() throws IOException {
        RunOptions options = machine.options();
        kernels(options, config(1, List.of()));
        steps(options);
        profiles(options);
        recording(options);
        return ExitCodes.DONE;
    }

    private void kernels(RunOptions options, ExperimentConfig config) {
        line(
                "kernels: %s; GFLOP/s of one core, beside its fused multiply-add peak measured in turn:"
                        + " medians, and the best tenth, which others on the machine slowed down least",
                options.kernels().description());
        line("");
        line("%-26s%-22s%12s%12s%12s%12s%12s", "kernel", "shape", "MFLOP", "GFLOP/s", "peak", "% of peak", "best tenth");
        for (KernelBenchmark.Line line : KernelBenchmark.of(options.kernels(), config.model())) {
            KernelCase kernel = line.kernel();
            Measurement measured = line.measured();
            line(
                    "%-26s%-22s%12.3f%12.1f%12.1f%12.0f%12.0f", kernel.name(), kernel.shape(), kernel.flop() / 1e6,
                    measured.gflopPerSecond(), measured.peakGflopPerSecond(), 100 * measured.shareOfPeak(),
                    100 * measured.bestShareOfPeak());
        }
    }

    private void steps(RunOptions options) {
        line("");
        line("training steps: rates by the clock, shares of peak by processor time");
        steps("the experiments' model", options, BATCHES, List.of(), ROUNDS);
        steps("width 128, 4 layers, vocabulary 4,096", options, new int[] {LARGER_BATCH}, LARGER, LARGER_ROUNDS);
    }

    private void steps(String title, RunOptions options, int[] batches, List<String> settings, int rounds) {
        ExperimentConfig one = config(1, settings);
        line("");
        line(
                "%s: %.1f MFLOP a sequence, %.1f of them attention", title, StepFlop.step(one.model(), 1) / 1e6,
                StepFlop.attention(one.model()) / 1e6);
        line(
                "%-10s%-10s%14s%12s%12s%12s%20s", "batch", "threads", "steps/s", "GFLOP/s", "% of peak", "best tenth",
                "x one thread");
        for (int batch : batches) {
            ExperimentConfig config = config(batch, settings);
            Corpus corpus = corpus(config);
            List<Integer> threads = options.threads() > 1 ? List.of(1, options.threads()) : List.of(1);
            List<TrainingBenchmark> benchmarks = threads.stream()
                    .map(n -> new TrainingBenchmark(config, corpus, options.with(n), List.of()))
                    .toList();
            measure(benchmarks, rounds);
            for (TrainingBenchmark benchmark : benchmarks) {
                TrainingBenchmark.Rate rate = benchmark.rate();
                line(
                        "%-10d%-10d%14.1f%12.1f%12.0f%12.0f%20.2f", batch, benchmark.threads(), rate.stepsPerSecond(),
                        rate.stepsPerSecond() * StepFlop.step(config.model(), batch) / 1e9, 100 * rate.shareOfPeak(),
                        100 * rate.bestShareOfPeak(), benchmark.speedAgainst(benchmarks.getFirst()));
                benchmark.close();
            }
        }
    }

    private static ExperimentConfig config(int batch, List<String> settings) {
        List<String> all = new ArrayList<>(settings);
        all.add("training.batch=" + batch);
        all.add("training.steps=1000000");
        return BuiltIn.load("float32-edition", all);
    }

    private Corpus corpus(ExperimentConfig config) {
        return new CorpusLoader(cache()).load(config.corpus(), config.model().vocabulary());
    }

    private void profiles(RunOptions options) {
        line("");
        line(
                "where the time of a step of one thread goes: microseconds a sequence, medians and the best tenth of every"
                        + " call by itself, and what the latter is of the step and of the peak");
        for (int batch : PROFILED) {
            profile("batch " + batch, options, config(batch, List.of()));
        }
        profile("the larger model, batch " + LARGER_BATCH, options, config(LARGER_BATCH, LARGER));
    }

    private void profile(String title, RunOptions options, ExperimentConfig config) {
        StepProfile profile = StepProfile.of(config, corpus(config), options.kernels(), WARM_UP_SECONDS, PROFILE_SECONDS);
        line("");
        line("%-44s%12s%12s%12s%12s", title, "median", "best tenth", "% of step", "% of peak");
        for (StepProfile.Line part : profile.parts()) {
            part(profile, part.part().title(), part.medianMicros(), part.bestMicros(), part.flop());
        }
        part(profile, "the whole step", profile.medianMicros(), profile.bestMicros(), profile.flop());
    }

    private void part(StepProfile profile, String title, double median, double best, double flop) {
        line(
                "%-44s%12.1f%12.1f%12.1f%12s", title, median, best, 100 * best / profile.bestMicros(),
                flop == 0 ? "" : String.format(Locale.ROOT, "%.0f", 100 * profile.shareOfPeak(flop, best)));
    }

    /** Every observable on, batch 32: the share of the step's time that recording takes. */
    private void recording(RunOptions options) throws IOException {
        ExperimentConfig config = BuiltIn.load(
                "supermassive-black-hole",
                List.of("training.batch=32", "training.steps=20000", "corpus.preparation=training_corpus"));
        Corpus corpus = corpus(config);
        Path directory = Files.createTempDirectory("lilgatsby-bench");
        RunDirectory run = RunDirectory.create(directory.resolve("run"));
        try (Recorder recorder = new Recorder(run, ExperimentRun.plan(config, corpus));
                TrainingBenchmark without = new TrainingBenchmark(config, corpus, options, List.of());
                TrainingBenchmark with = new TrainingBenchmark(config, corpus, options, List.of(recorder))) {
            measure(List.of(without, with), ROUNDS);
            line("");
            double cost = 1 - with.speedAgainst(without);
            line(
                    "recording every observable at every step, batch 32, threads %d: %.1f steps/s, %.1f without;"
                            + " it takes %s of the step",
                    options.threads(), with.rate().stepsPerSecond(), without.rate().stepsPerSecond(),
                    cost < SMALLEST_COST
                            ? "less than can be measured here"
                            : String.format(Locale.ROOT, "%.1f %%", 100 * cost));
        } finally {
            delete(directory);
        }
    }

    private static void measure(List<TrainingBenchmark> benchmarks, int rounds) {
        benchmarks.forEach(benchmark -> benchmark.warmUp(WARM_UP_SECONDS));
        TrainingBenchmark.inTurn(rounds, benchmarks);
    }

    private static void delete(Path directory) throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }

    private void line(String format, Object... values) {
        console().print(String.format(Locale.ROOT, format, values) + "\n");
    }
}
