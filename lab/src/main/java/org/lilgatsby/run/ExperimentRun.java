package org.lilgatsby.run;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.lilgatsby.config.ConfigYaml;
import org.lilgatsby.config.ExperimentConfig;
import org.lilgatsby.config.RecordedPrecision;
import org.lilgatsby.config.RecordingDescription;
import org.lilgatsby.config.RunKey;
import org.lilgatsby.corpus.Batches;
import org.lilgatsby.corpus.Corpus;
import org.lilgatsby.files.DurableFiles;
import org.lilgatsby.model.InitialState;
import org.lilgatsby.model.Models;
import org.lilgatsby.model.ParameterLayout;
import org.lilgatsby.recording.Checkpoint;
import org.lilgatsby.recording.LatestLoss;
import org.lilgatsby.recording.Manifest;
import org.lilgatsby.recording.ManifestFile;
import org.lilgatsby.recording.Recorder;
import org.lilgatsby.recording.RecordingPlan;
import org.lilgatsby.recording.RecordingSource;
import org.lilgatsby.recording.RunDirectory;
import org.lilgatsby.recording.RunStatus;
import org.lilgatsby.recording.RunVocabulary;
import org.lilgatsby.settings.SettingException;
import org.lilgatsby.training.LossLog;
import org.lilgatsby.training.NonFiniteException;
import org.lilgatsby.training.StepListener;
import org.lilgatsby.training.Trainer;

/**
 * One run from its first step to its last: trains, records, writes checkpoints, and leaves the trained model in the
 * run's directory. Wall-clock fields apart, what it writes depends only on configuration and corpus.
 */
public final class ExperimentRun {
    private final ExperimentConfig config;
    private final Corpus corpus;
    private final RunDirectory directory;
    private final RunOptions options;
    private final RunObserver observer;
    private final Manifest.CorpusFacts facts;
    private final RunKey key;
    private final Resumption from;
    private double seconds;
    private Manifest.Performance performance;

    private ExperimentRun(
            ExperimentConfig config,
            Corpus corpus,
            RunDirectory directory,
            RunOptions options,
            RunObserver observer,
            Resumption from) {
        this.config = config;
        this.corpus = corpus;
        this.directory = directory;
        this.options = options;
        this.observer = observer;
        this.facts = facts(config, corpus);
        this.key = RunKey.of(config, corpus.sha256(), Manifest.ARITHMETIC);
        this.from = from;
        this.seconds = from.seconds();
    }

    /**
     * What a run will write, before it starts.
     *
     * @throws org.lilgatsby.corpus.CorpusException if the corpus is shorter than one window
     */
    public static RecordingPlan plan(ExperimentConfig config, Corpus corpus) {
        requirePossible(config, corpus);
        return plan(
                config,
                corpus,
                config.draw(corpus.length()),
                RecordingDescription.of(config, facts(config, corpus), Manifest.ARITHMETIC));
    }

    /**
     * As above, for a recording in memory, which has no description. Where there is no step and only W is read off the
     * parameters, only W is drawn.
     */
    static RecordingPlan planInMemory(ExperimentConfig config, Corpus corpus) {
        requirePossible(config, corpus);
        ParameterLayout layout = Models.layout(config.model());
        boolean isOfRows = config.recording().tensors().stream()
                .allMatch(tensor -> tensor.observable().of(layout).equals(layout.wte()));
        InitialState initial = config.training().steps() == 0 && isOfRows
                ? config.drawEmbeddings(corpus.length())
                : config.draw(corpus.length());
        return plan(config, corpus, initial, Map.of());
    }

    private static void requirePossible(ExperimentConfig config, Corpus corpus) {
        Batches.requireWindow(corpus, config.model().context(), config.corpus().windows());
        RecordedPrecision.requireUnrounded(config);
    }

    private static RecordingPlan plan(
            ExperimentConfig config, Corpus corpus, InitialState initial, Map<String, String> description) {
        return new RecordingPlan(new RecordingSource(
                config.recording(),
                config.model(),
                config.training(),
                config.initialization(),
                config.precision(),
                initial,
                corpus.live(),
                corpus.dead(),
                description));
    }

    static Manifest.CorpusFacts facts(ExperimentConfig config, Corpus corpus) {
        return new Manifest.CorpusFacts(
                corpus.name(),
                corpus.isSynthetic(),
                config.corpus().preparation().toString(),
                corpus.length(),
                corpus.leftOut(),
                corpus.sha256(),
                corpus.live(),
                corpus.dead());
    }

    /**
     * Starts a run in a new directory, and trains until it ends or is asked to stop.
     *
     * @return whether it reached its end; false if it was asked to stop earlier
     * @throws IOException if a file cannot be written; what was recorded before stays readable
     * @throws NonFiniteException if a loss, gradient or parameter became NaN or infinite; everything before is kept
     */
    public static boolean start(
            ExperimentConfig config, Corpus corpus, RunDirectory directory, RunOptions options, RunObserver observer)
            throws IOException {
        DurableFiles.write(directory.config(), ConfigYaml.toYaml(config).getBytes(StandardCharsets.UTF_8));
        return new ExperimentRun(config, corpus, directory, options, observer, Resumption.fresh()).run();
    }

    /**
     * Resumes an interrupted run as if it had never stopped.
     *
     * @throws SettingException if the run is complete
     * @throws IOException as {@link #start}, or if the directory's files do not fit together
     */
    public static boolean resume(
            ExperimentConfig config, Corpus corpus, RunDirectory directory, RunOptions options, RunObserver observer)
            throws IOException {
        directory.requireNoLinks();
        Resumption from = Resumption.of(config, corpus, directory);
        return new ExperimentRun(config, corpus, directory, options, observer, from).run();
    }

    /**
     * Checks that a run has not reached its end, before the corpus is looked for.
     *
     * @throws SettingException if it has
     */
    public static void requireUnfinished(RunDirectory directory) throws IOException {
        if (Files.exists(directory.manifest())) {
            Resumption.unfinished(directory);
        }
    }

    private boolean run() throws IOException {
        try {
            return train();
        } catch (IOException | RuntimeException e) {
            Optional<Path> deleted = deleted(e);
            if (deleted.isPresent()) {
                throw new IOException(deleted.get() + ": was deleted during the run; start the run again", e);
            }
            try {
                writeManifest(Manifest.State.FAILED, RunStatus.recordedStep(directory, config.recording()));
            } catch (IOException | RuntimeException notWritten) {
                e.addSuppressed(notWritten);
            }
            throw e;
        }
    }

    /** The run's directory, or the file in it, whose disappearance caused the failure. */
    private Optional<Path> deleted(Throwable failure) {
        if (!Files.isDirectory(directory.root())) {
            return Optional.of(directory.root());
        }
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof NoSuchFileException missing
                    && Path.of(missing.getFile()).startsWith(directory.root())) {
                return Optional.of(Path.of(missing.getFile()));
            }
        }
        return Optional.empty();
    }

    private boolean train() throws IOException {
        RecordingPlan plan = plan(config, corpus);
        int done = from.checkpoint().map(Checkpoint::step).orElse(0);
        writeManifest(Manifest.State.INTERRUPTED, done);
        RunVocabulary.write(directory, corpus);
        LossLog loss = new LossLog(config.training().logEvery());
        InitialState initial = plan.source().initial();
        try (Recorder recorder = new Recorder(directory, plan, options.kernels());
                LatestLoss latest = LatestLoss.in(directory);
                TrainingParts parts =
                        TrainingParts.of(config, corpus, initial, options, listeners(recorder, loss, latest))) {
            Trainer trainer = parts.trainer();
            if (from.checkpoint().isPresent()) {
                restore(parts, loss, from.checkpoint().get());
            } else {
                trainer.begin();
            }
            if (!steps(done, parts, recorder, loss)) {
                return false;
            }
            boolean trained = trainer.stepNumber() > 0;
            observer.finishing(
                    trained ? "writing the trained model and a text that it generates" : "writing the initial model");
            if (ModelExport.possible(config.model())) {
                ModelCard card =
                        new ModelCard(config, facts, corpus.texts(), Manifest.ARITHMETIC, trainer.stepNumber());
                ModelExport.replace(directory.model(), card, trainer.parameters());
            }
            if (trained) {
                String sample = TextSample.draw(
                        parts.model(), corpus, config.training(), config.seed(), options.sampleLength());
                DurableFiles.write(directory.sample(), sample.getBytes(StandardCharsets.UTF_8));
            }
            return true;
        }
    }

    /**
     * Trains the steps after {@code done}, with checkpoints during and after them; false if asked to stop before the
     * last.
     */
    private boolean steps(int done, TrainingParts parts, Recorder recorder, LossLog loss) throws IOException {
        Trainer trainer = parts.trainer();
        int steps = config.training().steps();
        observer.begins(done, steps);
        long began = System.nanoTime();
        long checkpointed = began;
        int[] kept = config.recording().checkpoints().stream()
                .mapToInt(Integer::intValue)
                .toArray();
        if (done == 0) {
            keep(kept, parts, loss);
        }
        RunTiming pace = new RunTiming(config, options, done);
        for (int step = done + 1; step <= steps; step++) {
            trainer.step();
            observer.stepped(step, trainer.loss());
            long now = System.nanoTime();
            pace.stepped(now);
            seconds = from.seconds() + (now - began) / 1e9;
            keep(kept, parts, loss);
            boolean stop = observer.stopRequested() && step < steps;
            if (stop || now - checkpointed >= options.checkpointEvery().toNanos()) {
                checkpoint(parts, recorder, loss);
                checkpointed = now;
            }
            if (stop) {
                return false;
            }
        }
        if (done < steps) {
            performance = pace.performance();
            observer.finishing(RunTiming.sentence(performance));
        }
        checkpoint(parts, recorder, loss);
        return true;
    }

    /** Writes the checkpoint of the current step if it is one that stays. */
    private void keep(int[] kept, TrainingParts parts, LossLog loss) throws IOException {
        int step = parts.trainer().stepNumber();
        if (Arrays.binarySearch(kept, step) >= 0) {
            state(parts, loss).writeTo(directory.keptCheckpoint(step));
        }
    }

    private List<StepListener> listeners(Recorder recorder, LossLog loss, LatestLoss latest) {
        List<StepListener> listeners = new ArrayList<>(List.of(recorder, loss, latest));
        listeners.addAll(observer.listeners());
        return listeners;
    }

    private static void restore(TrainingParts parts, LossLog loss, Checkpoint from) {
        parts.trainer()
                .restore(
                        from.step(),
                        from.position(),
                        from.parameters(),
                        from.expAvg(),
                        from.expAvgSq(),
                        from.compensation().orElse(new float[0]));
        loss.restore(from.windows(), from.openSum(), from.firstLoss(), from.lastLoss());
        from.generator().ifPresent(parts.generator()::restore);
    }

    private void checkpoint(TrainingParts parts, Recorder recorder, LossLog loss) throws IOException {
        Trainer trainer = parts.trainer();
        recorder.force();
        parts.requireFinite(options);
        state(parts, loss).write(directory.checkpoint());
        writeManifest(Manifest.State.INTERRUPTED, trainer.stepNumber());
    }

    private Checkpoint state(TrainingParts parts, LossLog loss) {
        Trainer trainer = parts.trainer();
        return new Checkpoint(
                trainer.stepNumber(),
                trainer.position(),
                trainer.parameters(),
                trainer.expAvg(),
                trainer.expAvgSq(),
                loss.windows(),
                loss.openSum(),
                loss.first(),
                loss.last(),
                config.drawsWhileTraining() ? Optional.of(parts.generator().state()) : Optional.empty(),
                config.precision().update().compensates() ? Optional.of(trainer.compensation()) : Optional.empty());
    }

    private void writeManifest(Manifest.State state, int completed) throws IOException {
        ManifestFile.write(
                directory.manifest(),
                new Manifest(
                        Manifest.SCHEMA,
                        options.program(),
                        Manifest.ARITHMETIC,
                        key.sha256(),
                        machine(options),
                        facts,
                        state,
                        completed,
                        config.model().parameterCount(),
                        from.started(),
                        null,
                        seconds,
                        seconds > 0 ? completed / seconds : 0,
                        performance,
                        List.of()));
    }

    /** This machine, and how runs use it. */
    public static Manifest.Machine machine(RunOptions options) {
        return new Manifest.Machine(
                System.getProperty("java.runtime.version") + ", " + System.getProperty("java.vendor"),
                System.getProperty("os.name") + " " + System.getProperty("os.version") + ", "
                        + System.getProperty("os.arch"),
                options.kernels().description(),
                options.threads());
    }
}
