package org.lilgatsby.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import org.lilgatsby.benchmark.LargeStart;
import org.lilgatsby.benchmark.ProgramProcess;
import org.lilgatsby.benchmark.SweepBenchmark;
import org.lilgatsby.benchmark.SweepBenchmark.Result;
import org.lilgatsby.cli.ExitCodes;
import org.lilgatsby.cli.Verb;
import org.lilgatsby.cli.Version;
import org.lilgatsby.corpus.Corpora;
import org.lilgatsby.kernel.KernelChoice;
import org.lilgatsby.run.RunOptions;
import org.lilgatsby.sweep.BuiltInSweep;
import org.lilgatsby.sweep.Keep;
import org.lilgatsby.sweep.Point;
import org.lilgatsby.sweep.Sweep;
import org.lilgatsby.sweep.execution.PointRunner;
import org.lilgatsby.sweep.execution.StartProbe;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Measures sweeps beside single runs. */
@Command(
        name = "sweep",
        header = "Measures sweeps of float32-edition: workers, series, single runs, starts without training.",
        description = {
            "",
            "Rates are medians of rounds, each of which measures everything in turn. One sweep before them is not "
                    + "counted, except for what it says of the first runs. Commands are timed as processes, from start "
                    + "to end: single runs with all processors, one after the other, and the same runs as a sweep."
        })
final class BenchSweepVerb extends Verb {
    private static final int DRAWS = 1_000;

    @Option(
            names = "--runs",
            paramLabel = "N",
            defaultValue = "4",
            description = "Runs of a sweep (default: ${DEFAULT-VALUE}).")
    private int runs;

    @Option(
            names = "--steps",
            paramLabel = "N",
            defaultValue = "300",
            description = "Updates of a run (default: ${DEFAULT-VALUE}).")
    private int steps;

    @Option(
            names = "--rounds",
            paramLabel = "N",
            defaultValue = "3",
            description = "How many times everything is measured (default: ${DEFAULT-VALUE}).")
    private int rounds;

    @Option(names = "--no-commands", description = "Do not time whole commands.")
    private boolean withoutCommands;

    /** The rates of the rounds. */
    private record Rates(List<Double> figures, List<Double> series, List<Double> all, List<Double> first) {
        Rates() {
            this(new ArrayList<>(), new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
        }
    }

    @Override
    public Integer call() throws IOException {
        int workers = Runtime.getRuntime().availableProcessors();
        requireWithin("--runs", runs, workers + 1, 1_000);
        requireWithin("--steps", steps, 1, 100_000);
        requireWithin("--rounds", rounds, 1, 100);
        Corpora corpora = loader().keeping();
        RunOptions options = new RunOptions(Version.ofProgram(), KernelChoice.AUTO.create(), 1);
        try (ScratchDirectory scratch = ScratchDirectory.make()) {
            SweepBenchmark benchmark = new SweepBenchmark(new PointRunner(corpora, options), scratch.path());
            line("kernels: %s; %d processors", options.kernels().description(), workers);
            line("");
            starts(benchmark, corpora, workers);
            largeStarts(corpora, options);
            rates(benchmark, points(sweep(), corpora), workers);
            if (!withoutCommands) {
                commands(scratch.path());
            }
        }
        return ExitCodes.DONE;
    }

    private Sweep sweep() throws IOException {
        return Sweep.of("float32-edition")
                .setting(List.of("training.steps=" + steps))
                .varying(List.of(), "1.." + runs);
    }

    private static List<Point> points(Sweep sweep, Corpora corpora) {
        return sweep.points(
                (corpus, vocabulary) -> corpora.load(corpus, vocabulary).sha256());
    }

    private void starts(SweepBenchmark benchmark, Corpora corpora, int workers) throws IOException {
        console().log("drawing starts");
        List<Point> points = points(BuiltInSweep.load("sigma"), corpora);
        line(
                "%,d starts with their census, by sigma  %8.2f s at first, %.2f s again",
                DRAWS,
                benchmark.measure("starts", points, Keep.FIGURES, workers).seconds(),
                benchmark.measure("starts again", points, Keep.FIGURES, workers).seconds());
        List<Point> seeds = points(
                Sweep.of("float32-edition").setting(List.of("training.steps=0")).varying(List.of(), "1.." + DRAWS),
                corpora);
        line(
                "%,d starts with their census, by seed   %8.2f s",
                DRAWS, benchmark.measure("seeds", seeds, Keep.FIGURES, workers).seconds());
    }

    /**
     * Starts of a large vocabulary beside the generator alone: of few distinct rows, of thousands, and of nearly as
     * many as tokens.
     */
    private void largeStarts(Corpora corpora, RunOptions options) throws IOException {
        console().log("drawing starts of a large vocabulary");
        double generator = LargeStart.generatorSeconds(rounds);
        line("");
        line(
                "a start of %,d x %d, one worker   %8.3f s for its normal numbers alone",
                LargeStart.ROWS, LargeStart.WIDTH, generator);
        for (String sigma : List.of("1e-6", "1e-5", "2e-5")) {
            List<Point> points = points(
                    Sweep.of("float32-edition")
                            .setting(List.of(
                                    "training.steps=0",
                                    "model.vocabulary=" + LargeStart.ROWS,
                                    "model.width=" + LargeStart.WIDTH,
                                    "initialization.sigma=" + sigma))
                            .varying(List.of(), "1.." + Math.max(rounds, 2)),
                    corpora);
            List<Double> seconds = new ArrayList<>();
            for (Point point : points) {
                seconds.add(StartProbe.seconds(point.config(), corpora, options));
            }
            line(
                    "with all figures, sigma %s, several seeds  %8.3f s   %5.1f times that",
                    sigma, median(seconds), median(seconds) / generator);
        }
    }

    private void rates(SweepBenchmark benchmark, List<Point> points, int workers) throws IOException {
        console().log("warming up");
        benchmark.measure("warm-up", points, Keep.SERIES, workers);
        Rates rates = new Rates();
        for (int round = 1; round <= rounds; round++) {
            console().log("round %d of %d".formatted(round, rounds));
            rates.figures.add(rate(benchmark.measure("figures " + round, points, Keep.FIGURES, 1)));
            rates.series.add(rate(benchmark.measure("series " + round, points, Keep.SERIES, 1)));
            Result all = benchmark.measure("all " + round, points, Keep.SERIES, workers);
            rates.all.add(rate(all));
            rates.first.addAll(all.secondsToFirstStep());
        }
        double one = median(rates.series);
        line("");
        line("%d runs of %,d steps                           steps per second", runs, steps);
        line("one worker, figures kept                %10.1f", median(rates.figures));
        line(
                "one worker, series kept                 %10.1f   %5.1f %% more time per step",
                one, 100 * (median(rates.figures) / one - 1));
        line(
                "%d workers, series kept                  %10.1f   %5.2f times one",
                workers, median(rates.all), median(rates.all) / one);
        line(
                "from a run's beginning to its first step, not a worker's first run  %.3f s (median), %.3f s (longest)",
                median(rates.first),
                rates.first.stream().mapToDouble(Double::doubleValue).max().orElseThrow());
    }

    private static double rate(Result result) {
        return result.stepsPerSecond();
    }

    private void commands(Path directory) throws IOException {
        List<Double> single = new ArrayList<>();
        List<Double> sweeps = new ArrayList<>();
        for (int round = 1; round <= rounds; round++) {
            console().log("timing commands, round %d of %d".formatted(round, rounds));
            double seconds = 0;
            for (int seed = 1; seed <= runs; seed++) {
                seconds += ProgramProcess.seconds(List.of(
                        "run",
                        "float32-edition",
                        "--seed",
                        "" + seed,
                        "--steps",
                        "" + steps,
                        "--out",
                        directory.resolve("run-%d-%d".formatted(round, seed)).toString()));
            }
            single.add(seconds);
            sweeps.add(ProgramProcess.seconds(List.of(
                    "sweep",
                    "float32-edition",
                    "--seeds",
                    "1.." + runs,
                    "--steps",
                    "" + steps,
                    "--out",
                    directory.resolve("sweep-" + round).toString(),
                    "--store",
                    directory.resolve("sweep-runs-" + round).toString())));
        }
        line("");
        line("%d run commands, one after the other     %9.1f s", runs, median(single));
        line(
                "one sweep command, tables and reports   %9.1f s   %5.2f of that",
                median(sweeps), median(sweeps) / median(single));
    }

    private static double median(Collection<Double> values) {
        double[] sorted =
                values.stream().mapToDouble(Double::doubleValue).sorted().toArray();
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1
                ? sorted[middle]
                : Arrays.stream(sorted, middle - 1, middle + 1).sum() / 2;
    }

    private void line(String format, Object... values) {
        console().print(String.format(Locale.ROOT, format, values) + "\n");
    }
}
