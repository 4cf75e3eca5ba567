package org.lilgatsby.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.lilgatsby.benchmark.CorePeak;
import org.lilgatsby.benchmark.KernelBenchmark;
import org.lilgatsby.benchmark.KernelCase;
import org.lilgatsby.benchmark.Measurement;
import org.lilgatsby.benchmark.StepProfile;
import org.lilgatsby.benchmark.TrainingBenchmark;
import org.lilgatsby.cli.ExitCodes;
import org.lilgatsby.cli.MachineOptions;
import org.lilgatsby.cli.Verb;
import org.lilgatsby.config.BuiltIn;
import org.lilgatsby.config.ExperimentConfig;
import org.lilgatsby.config.RecordedPrecision;
import org.lilgatsby.corpus.Corpus;
import org.lilgatsby.kernel.Bf16Blocks;
import org.lilgatsby.kernel.Bf16Peak;
import org.lilgatsby.kernel.KernelChoice;
import org.lilgatsby.kernel.Kernels;
import org.lilgatsby.model.ModelConfig;
import org.lilgatsby.model.StepFlop;
import org.lilgatsby.recording.Figure;
import org.lilgatsby.recording.Observable;
import org.lilgatsby.recording.Observables;
import org.lilgatsby.run.RunOptions;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Measures this machine. */
@Command(
        name = "bench",
        commandListHeading = "%nCommands:%n",
        synopsisSubcommandLabel = "[COMMAND]",
        subcommands = {
            BenchAnalyzeVerb.class,
            BenchCensusVerb.class,
            BenchExploreVerb.class,
            BenchNotebookVerb.class,
            BenchSweepVerb.class
        },
        header = "Measures this machine: peak, kernels, steps and where their time goes, recording.",
        description = {
            "",
            "Every rate is measured in turn with the fused multiply-add peak of one core, and given as a share",
            "of it: absolute figures drift on a shared machine. Steps are measured while they are recorded, in",
            "temporary files of up to 2 GB, which are deleted again. Takes about five minutes.",
            "",
            "With bf16 kernels, products are also compared with the peak of bfloat16 dot products, products",
            "and steps with those of the vector kernels, in turn, which takes about two minutes more."
        })
public final class BenchVerb extends Verb {
    private static final int LARGEST_BATCH = 32;
    private static final int[] BATCHES = {1, 8, LARGEST_BATCH};

    /** A model with matrices four times as large and a vocabulary 32 times as large. */
    private static final List<String> LARGER = List.of("model.width=128", "model.layers=4", "model.vocabulary=4096");

    private static final int LARGER_BATCH = 8;

    /** A vocabulary of the later studies: nine tenths of the step are the output head. */
    private static final List<String> LARGE_VOCABULARY =
            List.of("model.vocabulary=10000", "training.batch=128", "training.steps=400");

    /** As many steps as there is room for; today's machines measure fewer. */
    private static final int STEPS = 50_000;

    private static final int LARGER_STEPS = 1_000;
    private static final int FULL_STEPS = 15_000;
    private static final double WARM_UP_SECONDS = 2.5;
    private static final int ROUNDS = 45;
    private static final int LARGER_ROUNDS = 25;
    private static final int LARGE_VOCABULARY_ROUNDS = 9;
    private static final int[] PROFILED = {1, LARGEST_BATCH};
    private static final int RECORDED_ROUNDS = 30;
    private static final double PROFILE_SECONDS = 4;
    private static final double SMALLEST_COST = 0.001;

    @Mixin
    private MachineOptions machine;

    @Override
    public Integer call() throws IOException {
        RunOptions options = machine.options();
        peaks();
        kernels(options, config(1));
        steps(options);
        if (Bf16Peak.bounds(options.kernels())) {
            besideVector(options);
        }
        profiles(options);
        recording(options);
        return ExitCodes.DONE;
    }

    /** Both peaks, whatever the kernels. */
    private void peaks() {
        Map<CorePeak, Double> measured = KernelBenchmark.peaks();
        for (CorePeak peak : CorePeak.values()) {
            peak.refusal()
                    .ifPresentOrElse(
                            refusal -> line("peak of one core, %s: none, since %s", peak.title(), refusal),
                            () -> line("peak of one core, %s: %.1f GFLOP/s", peak.title(), measured.get(peak)));
        }
        line("");
    }

    /** How many blocks of products bfloat16 kernels left over since an earlier moment; nothing for other kernels. */
    private void leftOver(Bf16Blocks before) {
        Bf16Blocks blocks = Bf16Blocks.soFar().since(before);
        if (!blocks.isEmpty()) {
            line("%s", blocks.sentence());
        }
    }

    private void kernels(RunOptions options, ExperimentConfig config) {
        boolean dotProducts = Bf16Peak.bounds(options.kernels());
        Bf16Blocks before = Bf16Blocks.soFar();
        line(
                "kernels: %s; GFLOP/s of one core, beside its fused multiply-add peak measured in turn:"
                        + " medians, and the best tenth, which others on the machine slowed down least",
                options.kernels().description());
        line("");
        line(
                "%-26s%-22s%12s%12s%12s%12s%12s%s",
                "kernel",
                "shape",
                "MFLOP",
                "GFLOP/s",
                "peak",
                "% of peak",
                "best tenth",
                dotProducts ? "%12s%12s%12s%12s".formatted("dot peak", "% of it", "best tenth", "x vector") : "");
        for (KernelBenchmark.Line line : KernelBenchmark.of(options.kernels(), config.model())) {
            KernelCase kernel = line.kernel();
            Measurement measured = line.measured();
            line(
                    "%-26s%-22s%12.3f%12.1f%12.1f%12.0f%12.0f%s",
                    kernel.name(),
                    kernel.shape(),
                    kernel.flop() / 1e6,
                    measured.gflopPerSecond(),
                    measured.peakGflopPerSecond(),
                    100 * measured.shareOfPeak(),
                    100 * measured.bestShareOfPeak(),
                    line.dotProducts().map(BenchVerb::besideDotPeak).orElse(""));
        }
        leftOver(before);
    }

    private static String besideDotPeak(KernelBenchmark.DotProducts product) {
        Measurement measured = product.measured();
        return String.format(
                Locale.ROOT,
                "%12.1f%12.0f%12.0f%12.2f",
                measured.peakGflopPerSecond(),
                100 * measured.shareOfPeak(),
                100 * measured.bestShareOfPeak(),
                product.timesVector());
    }

    private void steps(RunOptions options) throws IOException {
        line("");
        line("training steps that record W: rates by the clock, shares of the peak by processor time; the round trip "
                + "is from one processor to another and back, for which a sequence shared between them waits");
        steps(
                "the experiments' model",
                options,
                Arrays.stream(BATCHES).mapToObj(BenchVerb::config).toList(),
                ROUNDS);
        steps("width 128, 4 layers, vocabulary 4,096", options, List.of(larger()), LARGER_ROUNDS);
        steps(
                "vocabulary 10,000",
                options,
                List.of(BuiltIn.load("float32-edition", LARGE_VOCABULARY)),
                LARGE_VOCABULARY_ROUNDS);
    }

    private void steps(String title, RunOptions options, List<ExperimentConfig> configs, int rounds)
            throws IOException {
        Bf16Blocks before = Bf16Blocks.soFar();
        ModelConfig model = configs.getFirst().model();
        line("");
        line(
                "%s: %.1f MFLOP per sequence, %.1f of them attention",
                title, StepFlop.step(model, 1) / 1e6, StepFlop.attention(model) / 1e6);
        line(
                "%-10s%-10s%14s%12s%12s%12s%16s%16s",
                "batch", "threads", "steps/s", "GFLOP/s", "% of peak", "best tenth", "x one thread", "round trip, ns");
        for (ExperimentConfig config : configs) {
            try (ScratchDirectory directory = ScratchDirectory.make();
                    TrainingBenchmark one = recorded(config, options.with(1), directory)) {
                if (options.threads() == 1) {
                    measure(List.of(one), rounds);
                    rate(one, one);
                } else {
                    try (TrainingBenchmark all = recorded(config, options, directory)) {
                        measure(List.of(one, all), rounds);
                        rate(one, one);
                        rate(all, one);
                    }
                }
            }
        }
        leftOver(before);
    }

    /** Steps by bfloat16 kernels in turn with the same steps by the vector kernels; neither records. */
    private void besideVector(RunOptions options) throws IOException {
        line("");
        line("such steps without recording, in turn with the vector kernels");
        line("%-10s%-10s%14s%14s%12s", "batch", "threads", "steps/s", "vector", "x vector");
        Kernels vector = KernelChoice.VECTOR.create();
        for (int threads : IntStream.of(1, options.threads()).distinct().toArray()) {
            for (int batch : BATCHES) {
                ExperimentConfig config = config(batch);
                RunOptions ours = options.with(threads);
                try (TrainingBenchmark one = TrainingBenchmark.of(config, corpus(config), ours);
                        TrainingBenchmark other = TrainingBenchmark.of(config, corpus(config), ours.with(vector))) {
                    measure(List.of(one, other), ROUNDS);
                    line(
                            "%-10d%-10d%14.1f%14.1f%12.2f",
                            batch,
                            threads,
                            one.rate().stepsPerSecond(),
                            other.rate().stepsPerSecond(),
                            one.speedAgainst(other));
                }
            }
        }
    }

    private TrainingBenchmark recorded(ExperimentConfig config, RunOptions options, ScratchDirectory directory)
            throws IOException {
        Path run = directory.path().resolve("threads-" + options.threads());
        return TrainingBenchmark.recording(config, corpus(config), options, run);
    }

    private void rate(TrainingBenchmark benchmark, TrainingBenchmark oneThread) {
        TrainingBenchmark.Rate rate = benchmark.rate();
        line(
                "%-10d%-10d%14.1f%12.1f%12.0f%12.0f%16.2f%16s",
                benchmark.batch(),
                benchmark.threads(),
                rate.stepsPerSecond(),
                benchmark.flopPerSecond() / 1e9,
                100 * rate.shareOfPeak(),
                100 * rate.bestShareOfPeak(),
                benchmark.speedAgainst(oneThread),
                benchmark.threads() == 1 ? "" : String.format(Locale.ROOT, "%.0f", rate.roundTripNanos()));
    }

    private static ExperimentConfig config(int batch) {
        return BuiltIn.load("float32-edition", List.of("training.batch=" + batch, "training.steps=" + STEPS));
    }

    private static ExperimentConfig larger() {
        List<String> settings = new ArrayList<>(LARGER);
        settings.add("training.batch=" + LARGER_BATCH);
        settings.add("training.steps=" + LARGER_STEPS);
        return BuiltIn.load("float32-edition", settings);
    }

    private Corpus corpus(ExperimentConfig config) {
        return loader().load(config.corpus(), config.model().vocabulary());
    }

    private void profiles(RunOptions options) throws IOException {
        line("");
        line("where the time of such a step with one thread goes: microseconds per sequence, median and best tenth of "
                + "each call, and the latter as a share of the step and of the peak");
        for (int batch : PROFILED) {
            profile("batch " + batch, options, config(batch));
        }
        profile("the larger model, batch " + LARGER_BATCH, options, larger());
    }

    private void profile(String title, RunOptions options, ExperimentConfig config) throws IOException {
        StepProfile profile;
        try (ScratchDirectory directory = ScratchDirectory.make()) {
            profile = StepProfile.of(
                    config,
                    corpus(config),
                    options.kernels(),
                    directory.path().resolve("run"),
                    WARM_UP_SECONDS,
                    PROFILE_SECONDS);
        }
        line("");
        line("%-44s%12s%12s%12s%12s", title, "median", "best tenth", "% of step", "% of peak");
        for (StepProfile.Line part : profile.parts()) {
            part(profile, part.part().title(), part.medianMicros(), part.bestMicros(), part.flop());
        }
        part(profile, "the whole step", profile.medianMicros(), profile.bestMicros(), profile.flop());
    }

    private void part(StepProfile profile, String title, double median, double best, double flop) {
        line(
                "%-44s%12.1f%12.1f%12.1f%12s",
                title,
                median,
                best,
                100 * best / profile.bestMicros(),
                flop == 0 ? "" : String.format(Locale.ROOT, "%.0f", 100 * profile.shareOfPeak(flop, best)));
    }

    /** The share of the step's time that recording takes: rows as training has them, its figures, all of both. */
    private void recording(RunOptions options) throws IOException {
        List<Observable> all = Observables.ALL.all().stream()
                .filter(observable -> !observable.needsHead()) // the head is W
                .toList();
        Map<Boolean, List<Observable>> figures =
                all.stream().collect(Collectors.partitioningBy(Figure.class::isInstance));
        List<Observable> rows = figures.get(false).stream()
                .filter(observable -> !observable.needsBothParts())
                .toList();
        recording("all rows but the parts of the gradient", options, rows);
        recording("all figures", options, figures.get(true));
        recording("all rows and figures", options, all);
    }

    private void recording(String title, RunOptions options, List<Observable> observables) throws IOException {
        line("");
        recording(title, options, observables, LARGEST_BATCH);
        recording(title, options.with(1), observables, 1);
        if (options.threads() > 1) {
            recording(title, options, observables, 1);
        }
    }

    private void recording(String title, RunOptions options, List<Observable> observables, int batch)
            throws IOException {
        List<String> settings = new ArrayList<>(List.of(
                "training.batch=" + batch, "training.steps=" + FULL_STEPS, "corpus.preparation=training_corpus"));
        settings.addAll(RecordedPrecision.adding(observables, BuiltIn.load("supermassive-black-hole", settings)));
        ExperimentConfig config = BuiltIn.load("supermassive-black-hole", settings);
        Corpus corpus = corpus(config);
        try (ScratchDirectory directory = ScratchDirectory.make();
                TrainingBenchmark without = TrainingBenchmark.of(config, corpus, options);
                TrainingBenchmark with = TrainingBenchmark.recording(
                        config, corpus, options, directory.path().resolve("run"))) {
            measure(List.of(without, with), RECORDED_ROUNDS);
            double cost = 1 - with.speedAgainst(without);
            line(
                    "recording %s at every step, batch %d, threads %d: %.1f steps/s, %.1f without;"
                            + " it takes %s of the step",
                    title,
                    batch,
                    options.threads(),
                    with.rate().stepsPerSecond(),
                    without.rate().stepsPerSecond(),
                    cost < SMALLEST_COST
                            ? "less than can be measured here"
                            : String.format(Locale.ROOT, "%.1f %%", 100 * cost));
        }
    }

    private static void measure(List<TrainingBenchmark> benchmarks, int rounds) {
        benchmarks.forEach(benchmark -> benchmark.warmUp(WARM_UP_SECONDS));
        TrainingBenchmark.inTurn(rounds, benchmarks);
    }

    private void line(String format, Object... values) {
        console().print(String.format(Locale.ROOT, format, values) + "\n");
    }
}
