package org.lilgatsby.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.lilgatsby.config.ConfigDifference;
import org.lilgatsby.config.ConfigYaml;
import org.lilgatsby.config.ExperimentConfig;
import org.lilgatsby.config.RunKey;
import org.lilgatsby.corpus.Corpus;
import org.lilgatsby.corpus.CorpusException;
import org.lilgatsby.kernel.Bf16Blocks;
import org.lilgatsby.laboratory.Laboratory;
import org.lilgatsby.laboratory.Outcome;
import org.lilgatsby.laboratory.ReportScope;
import org.lilgatsby.recording.Manifest;
import org.lilgatsby.recording.ManifestFile;
import org.lilgatsby.recording.RunDirectory;
import org.lilgatsby.recording.RunLock;
import org.lilgatsby.recording.RunStatus;
import org.lilgatsby.report.JsonReport;
import org.lilgatsby.report.TextReport;
import org.lilgatsby.run.PeakHeap;
import org.lilgatsby.run.PlannedRun;
import org.lilgatsby.run.RunOptions;
import org.lilgatsby.run.RunOptions.OnNonFinite;
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
    @Mixin
    private RunChoice choice;

    @Option(
            names = "--out",
            paramLabel = "DIR",
            description = "Directory of the run (default: runs/NAME-seed-SEED, followed by a key of the configuration "
                    + "and corpus where they are not the experiment's own).")
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
            description = "Time between checkpoints, the most that a crash can lose (default: ${DEFAULT-VALUE}); 0 "
                    + "for every step.")
    private int checkpointEvery;

    @Mixin
    private MachineOptions machine;

    @Mixin
    private JsonOption json;

    @Option(
            names = "--report",
            paramLabel = "WHICH",
            defaultValue = "all",
            description = "Reports to write at the end, besides report.json: ${COMPLETION-CANDIDATES} (default: "
                    + "${DEFAULT-VALUE}). lilgatsby report writes them later.")
    private ReportScope reports;

    @Override
    public Integer call() throws IOException {
        requireWithin("--checkpoint-every", checkpointEvery, 0, 86_400);
        machine.prepare();
        return resume == null ? begin(choice.config()) : resume();
    }

    private int begin(ExperimentConfig config) throws IOException {
        Laboratory laboratory = laboratory();
        PlannedRun run = laboratory.plan(config);
        Path root = out == null ? defaultDirectory(run) : out;
        RunAnnouncement announcement = new RunAnnouncement(console(), run);
        if (dryRun) {
            if (json.isSet()) {
                console().print(announcement.toJson());
            } else {
                console().print(ConfigYaml.toYaml(config));
                announcement.tell();
                announcement.tellTime();
            }
            return ExitCodes.DONE;
        }
        try {
            RunWatch watch = new RunWatch(console(), root, announcement::tell);
            return end(root, watch, () -> laboratory.run(run, root, watch));
        } catch (FileAlreadyExistsException e) {
            RunDirectory taken = new RunDirectory(root);
            throw new SettingException(
                    "",
                    "%s %s; write elsewhere with --out DIR"
                            .formatted(
                                    root,
                                    Files.exists(taken.config())
                                            ? whatItHolds(taken, config, run.corpus())
                                            : e.getReason()));
        }
    }

    /** What prevents a new run, and what to do about it. */
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
                ConfigDifference.first(other.withCorpusSource(config.corpus().where()), config);
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

    private Laboratory laboratory() {
        RunOptions options = machine.options().with(Duration.ofSeconds(checkpointEvery), onNonFinite);
        return new Laboratory(loader(), options, reports);
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
        Path root = directory.root();
        RunWatch watch = new RunWatch(console(), root, () -> {});
        Laboratory laboratory = laboratory();
        try {
            return end(root, watch, () -> laboratory.resume(root, this::checked, watch));
        } catch (CorpusException e) {
            throw new CorpusException(
                    e.getMessage() + " (the run was started on this text; if it has moved, name it with --corpus FILE)",
                    e);
        }
    }

    /** The configuration of a run to be resumed, with the text at the path that the command line gives. */
    private ExperimentConfig checked(ExperimentConfig stored) {
        try {
            choice.requireNothingElse(stored);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return choice.corpusSource().map(stored::withCorpusSource).orElse(stored);
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
        return defaultDirectory(laboratory().plan(choice.config()));
    }

    /** Carries out a run, either a new or a resumed one. */
    @FunctionalInterface
    private interface Run {
        Outcome outcome() throws IOException;
    }

    private int end(Path root, RunWatch watch, Run run) throws IOException {
        Bf16Blocks before = Bf16Blocks.soFar();
        try {
            Outcome outcome = run.outcome();
            Bf16Blocks blocks = Bf16Blocks.soFar().since(before);
            if (!blocks.isEmpty()) {
                console().log(blocks.sentence());
            }
            return switch (outcome) {
                case Outcome.Stopped _ -> {
                    console().log(watch.howToGoOn());
                    yield ExitCodes.INTERRUPTED;
                }
                case Outcome.Completed completed -> {
                    if (json.isSet()) {
                        console().print(JsonReport.text(completed.findings()));
                    } else if (reports != ReportScope.NONE) {
                        console().print(TextReport.text(completed.findings()));
                    }
                    watch.finishing(String.format(
                            Locale.ROOT, "everything is in %s; peak heap: %,.0f MB", root, PeakHeap.bytes() / 1e6));
                    yield ExitCodes.DONE;
                }
            };
        } catch (NonFiniteException e) {
            throw new IOException(
                    "%s; the steps before are kept; to continue anyway: lilgatsby run --resume %s --on-nan continue"
                            .formatted(e.getMessage(), root),
                    e);
        } catch (FileAlreadyExistsException e) {
            throw e;
        } catch (IOException | UncheckedIOException e) {
            if (!watch.isReady() || !Files.exists(new RunDirectory(root).manifest())) {
                throw e;
            }
            throw new IOException(
                    ("%s; everything recorded so far is readable; fix the cause, then resume with: lilgatsby run "
                                    + "--resume %s")
                            .formatted(Failures.sentence(e), root),
                    e);
        }
    }

    private static Path defaultDirectory(PlannedRun run) {
        return Path.of("runs", RunKey.directoryName(run.config(), run.corpus()));
    }
}
