package org.lilgatsby.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.lilgatsby.config.ConfigDifference;
import org.lilgatsby.config.ConfigYaml;
import org.lilgatsby.config.ExperimentConfig;
import org.lilgatsby.config.RunKey;
import org.lilgatsby.corpus.Corpus;
import org.lilgatsby.corpus.CorpusException;
import org.lilgatsby.corpus.CorpusLoader;
import org.lilgatsby.files.DiskSpace;
import org.lilgatsby.recording.Manifest;
import org.lilgatsby.recording.ManifestFile;
import org.lilgatsby.recording.Recording;
import org.lilgatsby.recording.RecordingPlan;
import org.lilgatsby.recording.RunDirectory;
import org.lilgatsby.recording.RunLock;
import org.lilgatsby.recording.RunStatus;
import org.lilgatsby.run.ExperimentRun;
import org.lilgatsby.run.MachineMemory;
import org.lilgatsby.run.MemoryNeed;
import org.lilgatsby.run.RunOptions;
import org.lilgatsby.run.RunOptions.OnNonFinite;
import org.lilgatsby.run.SpaceNeed;
import org.lilgatsby.settings.SettingException;
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

    @Option(
            names = "--out",
            paramLabel = "DIR",
            description = "Directory of the run (default: runs/NAME-seed-SEED, with a key of the configuration and "
                    + "corpus behind it where they are not the experiment's own).")
    private Path out;

    @Option(
            names = "--resume",
            arity = "0..1",
            fallbackValue = "",
            paramLabel = "DIR",
            description = "Resume an interrupted run: the one in DIR; without DIR the one in --out, or start it.")
    private String resume;

    @Option(
            names = "--dry-run",
            description = "Print the resolved configuration, what the run would write and how long it would take; "
                    + "write nothing.")
    private boolean dryRun;

    @Option(
            names = "--on-nan",
            paramLabel = "WHAT",
            defaultValue = "stop",
            description = "What to do when the loss, the gradient or a parameter is NaN or infinite: "
                    + "${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}).")
    private OnNonFinite onNonFinite;

    @Option(
            names = "--checkpoint-every",
            paramLabel = "SECONDS",
            defaultValue = "15",
            description = "Time between checkpoints, the most that a crash can cost (default: ${DEFAULT-VALUE}); 0 "
                    + "for every step.")
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
        Corpus text = load(config);
        RecordingPlan plan = ExperimentRun.plan(config, text);
        Path root = out == null ? defaultDirectory(config, text) : out;
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
                return carryOut(
                        directory, config, watch -> ExperimentRun.start(config, text, directory, options, watch));
            }
        } catch (FileAlreadyExistsException e) {
            RunDirectory taken = new RunDirectory(root);
            throw new SettingException(
                    "",
                    "%s %s; write elsewhere with --out DIR"
                            .formatted(
                                    root,
                                    Files.exists(taken.config()) ? whatItHolds(taken, config, text) : e.getReason()));
        }
    }

    /** What stands in the way of a new run, and what to do about it. */
    private static String whatItHolds(RunDirectory taken, ExperimentConfig config, Corpus text) throws IOException {
        ExperimentConfig other;
        Optional<Manifest> manifest;
        try {
            other = ConfigYaml.read(taken.config(), List.of());
            manifest = Files.exists(taken.manifest())
                    ? Optional.of(ManifestFile.read(taken.manifest()))
                    : Optional.empty();
        } catch (IOException | SettingException e) {
            return "already holds a run that cannot be read (" + e.getMessage() + ")";
        }
        Optional<String> difference =
                ConfigDifference.first(other.withCorpusSource(config.corpus().source()), config);
        if (difference.isPresent()) {
            return "already holds another run: its " + difference.get();
        }
        if (manifest.isPresent() && !manifest.get().corpus().sha256().equals(text.sha256())) {
            Manifest.CorpusFacts corpus = manifest.get().corpus();
            return "already holds another run: its corpus is %s with SHA-256 %s, not %s with %s"
                    .formatted(corpus.name(), corpus.sha256(), text.name(), text.sha256());
        }
        if (manifest.isPresent() && manifest.get().arithmetic() != Manifest.ARITHMETIC) {
            return "already holds another run: its arithmetic is %d, not %d"
                    .formatted(manifest.get().arithmetic(), Manifest.ARITHMETIC);
        }
        if (manifest.isPresent() && manifest.get().state() == Manifest.State.COMPLETE) {
            return "already holds this run, complete; its results are in " + taken.reportText();
        }
        Optional<String> holder = RunLock.holder(taken);
        if (holder.isPresent()) {
            return "already holds this run, under way by %s, at step %d; wait until it is done"
                    .formatted(holder.get(), RunStatus.recordedStep(taken, other.recording()));
        }
        return "already holds this run; resume it with --resume " + taken.root();
    }

    private Corpus load(ExperimentConfig config) {
        return new CorpusLoader(cache()).load(config.corpus(), config.model().vocabulary());
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
            throw new SettingException(
                    "",
                    directory.root() + " holds no run; start one with: lilgatsby run EXPERIMENT --out "
                            + directory.root());
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
        if (out != null) {
            return out;
        }
        ExperimentConfig config = choice.config();
        return defaultDirectory(config, load(config));
    }

    private Corpus corpusOf(ExperimentConfig config) {
        ExperimentConfig found =
                choice.corpusSource().map(config::withCorpusSource).orElse(config);
        try {
            return load(found);
        } catch (CorpusException e) {
            throw new CorpusException(
                    e.getMessage() + " (the run was started on this text; if it has moved, name it with --corpus FILE)",
                    e);
        }
    }

    private RunOptions options(ExperimentConfig config) {
        RunOptions options = machine.options().with(Duration.ofSeconds(checkpointEvery), onNonFinite);
        MemoryNeed.of(config, options).requireFits(config, options, MachineMemory.here());
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
            throw new IOException(
                    "%s; the steps before are kept; to continue anyway: lilgatsby run --resume %s --on-nan continue"
                            .formatted(e.getMessage(), directory.root()),
                    e);
        } catch (IOException | UncheckedIOException e) {
            if (!Files.exists(directory.manifest())) {
                throw e;
            }
            throw new IOException(
                    ("%s; everything recorded so far is readable; fix the cause, then resume with: lilgatsby run "
                                    + "--resume %s")
                            .formatted(Failures.sentence(e), directory.root()),
                    e);
        }
    }

    private static Path defaultDirectory(ExperimentConfig config, Corpus text) {
        return Path.of("runs", RunKey.directoryName(config, text));
    }
}
