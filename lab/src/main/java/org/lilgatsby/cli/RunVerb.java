package org.lilgatsby.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.lilgatsby.corpus.Corpus;
import org.lilgatsby.corpus.CorpusException;
import org.lilgatsby.corpus.CorpusLoader;
import org.lilgatsby.experiment.ConfigYaml;
import org.lilgatsby.experiment.ExperimentConfig;
import org.lilgatsby.experiment.ExperimentRun;
import org.lilgatsby.experiment.MemoryNeed;
import org.lilgatsby.experiment.RunOptions;
import org.lilgatsby.experiment.RunOptions.OnNonFinite;
import org.lilgatsby.experiment.SpaceNeed;
import org.lilgatsby.model.SettingException;
import org.lilgatsby.recording.Recording;
import org.lilgatsby.recording.RecordingPlan;
import org.lilgatsby.recording.RunDirectory;
import org.lilgatsby.recording.RunLock;
import org.lilgatsby.safetensors.DiskSpace;
import org.lilgatsby.training.NonFiniteException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

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
    /** Runs shorter than this are over before a measured rate is known. */
    private static final int WORTH_A_PROBE = 500;
    /** Of the time of a run, for measuring how long it will take. */
    private static final double SHARE_OF_PROBE = 0.05;

    @Mixin
    private RunChoice choice;

    @Option(names = "--out", paramLabel = "DIR", description = "Directory of the run (default: runs/NAME-seed-SEED).")
    private Path out;

    @Option(names = "--resume", arity = "0..1", fallbackValue = "", paramLabel = "DIR", description = "Resume an interrupted run: the one in DIR; without DIR the one in --out, or start it.")
    private String resume;

    @Option(names = "--dry-run", description = "Print the resolved configuration, what the run would write and how long it would take; write nothing.")
    private boolean dryRun;

    @Option(
            names = "--on-nan",
            paramLabel = "WHAT",
            defaultValue = "stop",
            description = "What to do when the loss, the gradient or a parameter is NaN or infinite: ${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}).")
    private OnNonFinite onNonFinite;

    @Option(
            names = "--checkpoint-every",
            paramLabel = "SECONDS",
            defaultValue = "15",
            description = "Time between checkpoints, the most that a crash can cost (default: ${DEFAULT-VALUE}); 0 for every step.")
    private int checkpointEvery;

    @Mixin
    private MachineOptions machine;

    @Mixin
    private JsonOption json;

    /** What is left to do once a run's directory is held. */
    @FunctionalInterface
    private interface Training {
        /** Whether the run came to its end. */
        boolean watchedBy(RunWatch watch) throws IOException;
    }

    @Override
    public Integer call() throws IOException {
        requireWithin("--checkpoint-every", checkpointEvery, 0, 86_400);
        return resume == null ? begin(choice.config()) : resume();
    }

    private int begin(ExperimentConfig config) throws IOException {
        RunOptions options = options(config);
        Corpus text = new CorpusLoader(cache()).load(config.corpus(), config.model().vocabulary());
        RecordingPlan plan = ExperimentRun.plan(config, text);
        Path root = out == null ? defaultDirectory(config) : out;
        SpaceNeed space = SpaceNeed.of(config, plan);
        RunAnnouncement announcement = new RunAnnouncement(console(), config, text, options);
        if (dryRun) {
            if (json.isSet()) {
                console().print(announcement.toJson(plan, space));
            } else {
                console().print(ConfigYaml.toYaml(config));
                announcement.tell(plan, space);
                announcement.tellTime(RunAnnouncement.AS_LONG_AS_IT_TAKES);
            }
            return ExitCodes.DONE;
        }
        try {
            space.require(root);
            RunDirectory directory = RunDirectory.create(root);
            try (RunLock _ = RunLock.take(directory)) {
                directory.requireUnused();
                announcement.tell(plan, space);
                if (config.training().steps() >= WORTH_A_PROBE) {
                    announcement.tellTime(SHARE_OF_PROBE);
                }
                return carryOut(directory, config, watch -> ExperimentRun.start(config, text, directory, options, watch));
            }
        } catch (FileAlreadyExistsException e) {
            boolean run = Files.exists(new RunDirectory(root).config());
            throw new SettingException("", root + (run
                    ? " already holds a run; resume it with --resume " + root + ", or write elsewhere with --out DIR"
                    : " " + e.getReason() + "; write elsewhere with --out DIR"));
        }
    }

    private int resume() throws IOException {
        if (dryRun) {
            throw new SettingException("", "--dry-run says what a new run would write; leave it out to resume one");
        }
        RunDirectory directory = new RunDirectory(resumed());
        if (!Files.exists(directory.config())) {
            if (resume.isEmpty() && choice.isNamed()) {
                return begin(choice.config());
            }
            throw new SettingException("", directory.root() + " holds no run; start one with: lilgatsby run EXPERIMENT --out " + directory.root());
        }
        try (RunLock _ = RunLock.take(directory)) {
            ExperimentRun.requireUnfinished(directory);
            ExperimentConfig config = ConfigYaml.read(directory.config(), List.of());
            choice.requireNothingElse(config);
            RunOptions options = options(config);
            Corpus text = corpusOf(config);
            RecordingPlan plan = ExperimentRun.plan(config, text);
            boolean sparse = DiskSpace.isSparse(directory.root()) || Files.notExists(directory.recording());
            SpaceNeed.of(config, plan)
                    .after(Recording.completeRows(directory), plan.source().rows(), sparse)
                    .require(directory.root());
            return carryOut(directory, config, watch -> ExperimentRun.resume(config, text, directory, options, watch));
        }
    }

    private Path resumed() throws IOException {
        if (!resume.isEmpty()) {
            return Path.of(resume);
        }
        if (out == null && !choice.isNamed()) {
            throw new SettingException("", "--resume needs the directory of a run: --resume DIR");
        }
        return out == null ? defaultDirectory(choice.config()) : out;
    }

    private Corpus corpusOf(ExperimentConfig config) {
        ExperimentConfig found = choice.corpusSource().map(config::withCorpusSource).orElse(config);
        try {
            return new CorpusLoader(cache()).load(found.corpus(), found.model().vocabulary());
        } catch (CorpusException e) {
            throw new CorpusException(e.getMessage() + " (the run was started on this text; if it has moved, name it with --corpus FILE)", e);
        }
    }

    private RunOptions options(ExperimentConfig config) {
        RunOptions options = machine.options().with(Duration.ofSeconds(checkpointEvery), onNonFinite);
        MemoryNeed.requireFits(config.model(), config.recording(), options.threads(), Runtime.getRuntime().maxMemory());
        return options;
    }

    private int carryOut(RunDirectory directory, ExperimentConfig config, Training training) throws IOException {
        RunWatch watch = new RunWatch(console(), directory, config.training().logEvery());
        try {
            if (!training.watchedBy(watch)) {
                console().log(watch.howToGoOn());
                return ExitCodes.INTERRUPTED;
            }
            Reports.finish(directory, watch, console(), json.isSet());
            return ExitCodes.DONE;
        } catch (NonFiniteException e) {
            throw new IOException("%s; the steps before are kept; to continue anyway: lilgatsby run --resume %s --on-nan continue"
                    .formatted(e.getMessage(), directory.root()), e);
        } catch (IOException | UncheckedIOException e) {
            if (!Files.exists(directory.manifest())) {
                throw e;
            }
            throw new IOException("%s; everything recorded so far is readable; fix the cause, then resume with: lilgatsby run --resume %s"
                    .formatted(Failures.sentence(e), directory.root()), e);
        }
    }

    private static Path defaultDirectory(ExperimentConfig config) {
        return Path.of("runs", config.name() + "-seed-" + config.seed());
    }
}
