package org.lilgatsby.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.lilgatsby.benchmark.ExplorerProcess;
import org.lilgatsby.benchmark.PageBrowser;
import org.lilgatsby.benchmark.PageBrowser.Measured;
import org.lilgatsby.benchmark.RunProcess;
import org.lilgatsby.benchmark.Twin;
import org.lilgatsby.cli.ExitCodes;
import org.lilgatsby.cli.Verb;
import org.lilgatsby.cli.Version;
import org.lilgatsby.config.BuiltIn;
import org.lilgatsby.config.ExperimentConfig;
import org.lilgatsby.kernel.KernelChoice;
import org.lilgatsby.recording.RunDirectory;
import org.lilgatsby.run.ExperimentRun;
import org.lilgatsby.run.RunObserver;
import org.lilgatsby.run.RunOptions;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Measures the explorer. */
@Command(
        name = "explore",
        header = "Measures the explorer in Chromium: views, scrubbing, playing, lists, and how much it slows a run.",
        description = {
            "",
            "Makes a recording of 10,001 states, one with 10,000 tokens, 500 small runs and a twin of a published "
                    + "checkpoint, serves them with a heap of " + ExplorerProcess.HEAP_MEGABYTES
                    + " MB, and prints how long each takes from the click to the frame that shows it, with its "
                    + "target. Then a run trains, alternately with and without an open page, and each of its steps "
                    + "is timed until the page shows it. Needs 1.5 GB of disk and takes some ten minutes.",
            "",
            "Needs Chromium, Node 20 and playwright-core, and says what to install where they are missing."
        })
final class BenchExploreVerb extends Verb {
    private static final int STEPS = 10_000;
    private static final int LARGE_STEPS = 150;
    private static final int ITEMS = 500;
    private static final String RECORDING = "recording-of-10001-states";
    private static final String LARGE = "vocabulary-of-10000";
    private static final String CHECKPOINT = "published";

    private static final List<String> SMALL =
            List.of("training.batch=1", "model.context=16", "training.log_every=1000");

    @Option(
            names = "--node",
            paramLabel = "PATH",
            defaultValue = "node",
            description = "Node (default: ${DEFAULT-VALUE}).")
    private String node;

    @Option(names = "--chromium", paramLabel = "PATH", description = "Chromium (default: that on the PATH).")
    private Path chromium;

    @Option(
            names = "--playwright",
            paramLabel = "DIR",
            defaultValue = ".ci/browser",
            description = "Where playwright-core is installed (default: ${DEFAULT-VALUE}).")
    private Path playwright;

    @Option(
            names = "--seconds",
            paramLabel = "N",
            defaultValue = "15",
            description = "Seconds of each training (default: ${DEFAULT-VALUE}).")
    private int seconds;

    @Option(
            names = "--rounds",
            paramLabel = "N",
            defaultValue = "9",
            description = "Pairs of trainings, with a page and without; 0 for none (default: ${DEFAULT-VALUE}).")
    private int rounds;

    @Option(names = "--only-live", description = "Measure only the run under way.")
    private boolean onlyLive;

    private boolean allHold = true;

    @Override
    public Integer call() throws IOException {
        requireWithin("--seconds", seconds, 1, 600);
        requireWithin("--rounds", rounds, 0, 100);
        PageBrowser browser = PageBrowser.find(node, Optional.ofNullable(chromium), playwright.toAbsolutePath());
        RunOptions options = new RunOptions(
                Version.ofProgram(),
                KernelChoice.AUTO.create(),
                Runtime.getRuntime().availableProcessors());
        line(
                "%s; %d processors; kernels: %s; servers with -Xmx%dm",
                browser.version(),
                Runtime.getRuntime().availableProcessors(),
                options.kernels().description(),
                ExplorerProcess.HEAP_MEGABYTES);
        line("");
        line("%-78s%12s  %-16s%s", "from the click to the frame that shows it", "measured", "", "target");
        try (ScratchDirectory scratch = ScratchDirectory.make()) {
            if (!onlyLive) {
                views(browser, options, scratch.path());
            }
            if (rounds > 0) {
                live(browser, scratch.path());
            }
        }
        line("");
        line("%s", allHold ? "every target is met" : "not every target is met");
        return ExitCodes.DONE;
    }

    private void views(PageBrowser browser, RunOptions options, Path scratch) throws IOException {
        Path main = Files.createDirectory(scratch.resolve("main"));
        console().log("making a recording of %,d states".formatted(STEPS + 1));
        train("primordial-snowball", main.resolve(RECORDING), options, STEPS);
        console().log("making a recording with 10,000 tokens");
        train("float32-edition", main.resolve(LARGE), options, LARGE_STEPS, "model.vocabulary=10000");
        console().log("making %d runs".formatted(ITEMS));
        Path list = Files.createDirectory(scratch.resolve("list"));
        Path first = list.resolve("run-1");
        train("primordial-snowball", first, options, 1, "seed=1", "model.width=8");
        for (int i = 2; i <= ITEMS; i++) {
            copy(first, list.resolve("run-" + i), i);
        }
        console().log("making the checkpoint");
        Path checkpoint = Files.createDirectory(main.resolve(CHECKPOINT));
        Files.writeString(checkpoint.resolve("config.json"), "{\"model_type\": \"twin\"}");
        Twin.published(1).write(checkpoint.resolve("model.safetensors"));
        try (ExplorerProcess ofMain = ExplorerProcess.of(main);
                ExplorerProcess ofList = ExplorerProcess.of(list)) {
            Map<String, Object> plan = plan(browser);
            plan.putAll(Map.of("main", ofMain.address(), "list", ofList.address(), "items", ITEMS));
            plan.putAll(Map.of("recording", RECORDING, "steps", STEPS, "large", LARGE, "largeSteps", LARGE_STEPS));
            plan.put("checkpoint", CHECKPOINT);
            browser.measure(plan, scratch, this::print);
        }
    }

    private static Map<String, Object> plan(PageBrowser browser) {
        return new HashMap<>(Map.of(
                "playwright",
                browser.playwright().toString(),
                "chromium",
                browser.chromium().toString()));
    }

    /** Trains a run whose name is that of its folder. */
    private void train(String experiment, Path folder, RunOptions options, int steps, String... more)
            throws IOException {
        List<String> settings = new ArrayList<>(SMALL);
        settings.addAll(List.of("training.steps=" + steps, "name=" + folder.getFileName()));
        settings.addAll(List.of(more));
        ExperimentConfig config = BuiltIn.load(experiment, settings);
        ExperimentRun.start(
                config,
                loader().load(config.corpus(), config.model().vocabulary()),
                RunDirectory.create(folder),
                options,
                RunObserver.SILENT);
    }

    /** What a list reads of a run, under another name and seed. */
    private static void copy(Path run, Path to, int seed) throws IOException {
        RunDirectory from = new RunDirectory(run);
        RunDirectory copy = new RunDirectory(Files.createDirectory(to));
        Files.copy(from.manifest(), copy.manifest());
        Files.copy(from.progress(), copy.progress());
        Files.copy(from.recording(), copy.recording());
        Files.writeString(
                copy.config(),
                Files.readString(from.config())
                        .replaceFirst("(?m)^name: \"run-1\"", "name: \"run-" + seed + "\"")
                        .replaceFirst("(?m)^seed: 1\\b", "seed: " + seed));
    }

    /** The usual run, on all processors. */
    private void live(PageBrowser browser, Path scratch) throws IOException {
        Path folder = Files.createDirectory(scratch.resolve("live"));
        Path run = folder.resolve("run");
        console().log("starting a run");
        try (ExplorerProcess explorer = ExplorerProcess.of(folder);
                RunProcess _ = RunProcess.of("float32-edition", run)) {
            Map<String, Object> plan = plan(browser);
            plan.putAll(Map.of("live", explorer.address(), "seconds", seconds, "rounds", rounds));
            plan.put("progress", new RunDirectory(run).progress().toString());
            browser.measure(plan, scratch, this::print);
        }
    }

    private void print(Measured measured) {
        allHold &= measured.holds();
        line(
                "%-78s%12s  %-16s%s",
                measured.what(),
                String.format(Locale.ROOT, measured.found() < 100 ? "%.1f" : "%,.0f", measured.found()),
                measured.unit(),
                measured.demand() == null
                        ? ""
                        : String.format(
                                Locale.ROOT,
                                "%s %,.0f: %s",
                                measured.most() ? "at most" : "at least",
                                measured.demand(),
                                measured.holds() ? "met" : "missed"));
    }

    private void line(String format, Object... values) {
        console().print(String.format(Locale.ROOT, format, values) + "\n");
    }
}
