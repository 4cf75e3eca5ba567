package org.lilgatsby.cli;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.lilgatsby.corpus.Corpus;
import org.lilgatsby.corpus.CorpusLoader;
import org.lilgatsby.experiment.BuiltIn;
import org.lilgatsby.experiment.ConfigYaml;
import org.lilgatsby.experiment.ExperimentConfig;
import org.lilgatsby.experiment.ExperimentRun;
import org.lilgatsby.experiment.MemoryNeed;
import org.lilgatsby.experiment.RateProbe;
import org.lilgatsby.experiment.RunOptions;
import org.lilgatsby.model.SettingException;
import org.lilgatsby.recording.RecordingPlan;
import org.lilgatsby.recording.RunDirectory;
import org.lilgatsby.recording.RunLock;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Trains, records, analyses and reports. */
@Command(
        name = "run",
        header = "Trains an experiment, records it, and reports what was found.",
        description = {
            "",
            "EXPERIMENT is a built-in one (lilgatsby experiments lists them) or a YAML file. Without --corpus the",
            "built-in synthetic text is used, and every report says so. The run's directory holds configuration,",
            "recording, reports and the trained model; an existing one is never overwritten."
        })
final class RunVerb extends Verb {
    private static final Duration PROBE = Duration.ofSeconds(3);
    /** Runs shorter than this are over before a measured rate is known. */
    private static final int WORTH_A_PROBE = 500;

    @Parameters(arity = "0..1", paramLabel = "EXPERIMENT", description = "A built-in experiment, or a YAML file.")
    private String experiment;

    @Option(names = "--corpus", paramLabel = "TEXT", description = "A raw Project Gutenberg text, an ASCII file, or gatsby for the fetched book.")
    private String corpus;

    @Option(names = "--seed", paramLabel = "N", description = "Seed of every random draw.")
    private Long seed;

    @Option(names = "--steps", paramLabel = "N", description = "Updates to carry out; 0 records and analyses the initial state.")
    private Integer steps;

    @Option(names = "--every", paramLabel = "N", description = "Record every Nth step.")
    private Integer every;

    @Option(names = "--set", paramLabel = "KEY=VALUE", description = "Change one setting, such as training.batch=16; repeatable.")
    private List<String> settings = List.of();

    @Option(names = "--out", paramLabel = "DIR", description = "Directory of the run (default: runs/NAME-seed-SEED).")
    private Path out;

    @Option(names = "--resume", arity = "0..1", fallbackValue = "", paramLabel = "DIR", description = "Go on with an interrupted run: that of DIR, or of --out.")
    private String resume;

    @Option(names = "--dry-run", description = "Print the resolved configuration and what the run would write and take; write nothing.")
    private boolean dryRun;

    @Mixin
    private MachineOptions machine;

    @Mixin
    private JsonOption json;

    @Override
    public Integer call() throws IOException {
        if (resume != null) {
            return resume();
        }
        if (experiment == null) {
            throw new SettingException("", "which experiment? name one of " + String.join(", ", BuiltIn.names()) + ", or a YAML file");
        }
        ExperimentConfig config = load(overrides());
        RunOptions options = machine.options();
        MemoryNeed.requireFits(config.model(), options.threads(), Runtime.getRuntime().maxMemory());
        Corpus text = new CorpusLoader(cache()).load(config.corpus(), config.model().vocabulary());
        RecordingPlan plan = ExperimentRun.plan(config, text);
        if (dryRun) {
            console().print(ConfigYaml.toYaml(config));
            announce(config, text, plan, options);
            tellTime(config, text, options);
            return ExitCodes.DONE;
        }
        RunDirectory directory = create(config);
        announce(config, text, plan, options);
        if (config.training().steps() >= WORTH_A_PROBE) {
            tellTime(config, text, options);
        }
        try (RunLock lock = RunLock.take(directory)) {
            RunWatch watch = new RunWatch(console(), directory);
            return finish(directory, ExperimentRun.start(config, text, directory, options, watch), watch);
        }
    }

    private int resume() throws IOException {
        Path root = resume.isEmpty() ? out : Path.of(resume);
        if (root == null) {
            if (experiment == null) {
                throw new SettingException("", "--resume: which run? give its directory, --resume DIR");
            }
            root = defaultDirectory(load(overrides()));
        }
        RunDirectory directory = new RunDirectory(root);
        if (!Files.isRegularFile(directory.manifest())) {
            throw new SettingException("", root + ": is not the directory of a run, so there is nothing to resume");
        }
        ExperimentConfig config = ConfigYaml.read(directory.config(), List.of());
        RunOptions options = machine.options();
        MemoryNeed.requireFits(config.model(), options.threads(), Runtime.getRuntime().maxMemory());
        Corpus text = new CorpusLoader(cache()).load(config.corpus(), config.model().vocabulary());
        try (RunLock lock = RunLock.take(directory)) {
            RunWatch watch = new RunWatch(console(), directory);
            return finish(directory, ExperimentRun.resume(config, text, directory, options, watch), watch);
        }
    }

    private int finish(RunDirectory directory, boolean complete, RunWatch watch) throws IOException {
        if (!complete) {
            console().log("stopped; go on with: lilgatsby run --resume " + directory.root());
            return ExitCodes.INTERRUPTED;
        }
        Reports.write(directory, watch, console(), json.isSet());
        return ExitCodes.DONE;
    }

    private List<String> overrides() {
        List<String> all = new ArrayList<>(settings);
        if (corpus != null) {
            all.add("corpus.source=" + corpus);
        }
        if (seed != null) {
            all.add("seed=" + seed);
        }
        if (steps != null) {
            all.add("training.steps=" + steps);
        }
        if (every != null) {
            all.add("recording.every=" + every);
        }
        return all;
    }

    private ExperimentConfig load(List<String> overrides) throws IOException {
        boolean file = experiment.endsWith(".yaml") || experiment.endsWith(".yml") || experiment.contains("/");
        return file ? ConfigYaml.read(Path.of(experiment), overrides) : BuiltIn.load(experiment, overrides);
    }

    private static Path defaultDirectory(ExperimentConfig config) {
        return Path.of("runs", config.name() + "-seed-" + config.seed());
    }

    private RunDirectory create(ExperimentConfig config) throws IOException {
        Path root = out == null ? defaultDirectory(config) : out;
        try {
            return RunDirectory.create(root);
        } catch (FileAlreadyExistsException e) {
            boolean run = Files.exists(new RunDirectory(root).manifest());
            throw new SettingException("", root + (run
                    ? " holds a run already; go on with it by --resume " + root + ", or write elsewhere with --out DIR"
                    : " " + e.getReason() + "; write elsewhere with --out DIR"));
        }
    }

    /** The plan before it is carried out. */
    private void announce(ExperimentConfig config, Corpus text, RecordingPlan plan, RunOptions options) {
        if (text.isSynthetic()) {
            console().log("corpus: the built-in synthetic text, not a book; --corpus FILE takes one");
        }
        console().log(String.format(
                Locale.ROOT, "corpus: %s, %,d bytes, %d live and %d dead ids of %d", text.name(), text.length(),
                text.census().live().length, text.census().dead().length, config.model().vocabulary()));
        console().log(String.format(
                Locale.ROOT, "model: %,d parameters; kernels: %s; threads: %d", config.model().parameterCount(),
                options.kernels().description(), options.threads()));
        console().log(String.format(
                Locale.ROOT, "recording: %,d rows, %,d bytes in %,d file%s", plan.source().rows(), plan.bytes(), plan.files(),
                plan.files() == 1 ? "" : "s"));
    }

    private void tellTime(ExperimentConfig config, Corpus text, RunOptions options) {
        double rate = RateProbe.stepsPerSecond(config, text, options, PROBE);
        console().log(String.format(
                Locale.ROOT, "time: about %s for %,d steps, at %.1f steps per second measured here",
                Durations.text(config.training().steps() / rate), config.training().steps(), rate));
    }
}
