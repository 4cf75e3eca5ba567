package org.lilgatsby.experiment;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.lilgatsby.corpus.Batches;
import org.lilgatsby.corpus.Corpus;
import org.lilgatsby.model.InitialState;
import org.lilgatsby.model.Initialization;
import org.lilgatsby.recording.Checkpoint;
import org.lilgatsby.recording.Manifest;
import org.lilgatsby.recording.ManifestFile;
import org.lilgatsby.recording.Recorder;
import org.lilgatsby.recording.RecordingPlan;
import org.lilgatsby.recording.RecordingSource;
import org.lilgatsby.recording.RunDirectory;
import org.lilgatsby.training.LossLog;
import org.lilgatsby.training.NonFiniteException;
import org.lilgatsby.training.Trainer;

/**
 * One run from its first step to its last: trains, records, keeps checkpoints, and ends with the trained
 * model in the run's directory. What it writes, wall-clock fields apart, depends on configuration and
 * corpus alone.
 */
public final class ExperimentRun {
    /** Time between checkpoints: what a crash costs at most. */
    private static final Duration CHECKPOINT_EVERY = Duration.ofSeconds(15);

    private static final int SAMPLE_LENGTH = 400;

    private final ExperimentConfig config;
    private final Corpus corpus;
    private final RunDirectory directory;
    private final RunOptions options;
    private final RunObserver observer;
    private final Manifest.CorpusFacts facts;
    private Instant started;
    private double seconds;

    private ExperimentRun(
            ExperimentConfig config, Corpus corpus, RunDirectory directory, RunOptions options, RunObserver observer) {
        this.config = config;
        this.corpus = corpus;
        this.directory = directory;
        this.options = options;
        this.observer = observer;
        this.facts = new Manifest.CorpusFacts(
                corpus.name(), corpus.isSynthetic(), config.corpus().preparation().toString(), corpus.length(),
                corpus.sha256(), corpus.census().live(), corpus.census().dead());
        this.started = Instant.now();
    }

    /**
     * What a run will write, before it is started.
     *
     * @throws org.lilgatsby.corpus.CorpusException if the corpus is shorter than one window
     */
    public static RecordingPlan plan(ExperimentConfig config, Corpus corpus) {
        batches(config, corpus);
        InitialState initial = Initialization.draw(
                config.model(), config.initialization(), config.precision().parameters(), config.seed());
        return new RecordingPlan(new RecordingSource(
                config.recording(), config.model(), config.training(), config.initialization(),
                config.precision().parameters(), initial, corpus.census().live(), corpus.census().dead()));
    }

    /**
     * Starts a run in a directory made for it, and trains it to its end or until it is asked to stop.
     *
     * @return whether it came to its end; false if it was asked to stop before
     * @throws IOException if a file cannot be written
     * @throws NonFiniteException if loss or gradient became NaN or infinite; everything before is kept
     */
    public static boolean start(
            ExperimentConfig config, Corpus corpus, RunDirectory directory, RunOptions options, RunObserver observer)
            throws IOException {
        ExperimentRun run = new ExperimentRun(config, corpus, directory, options, observer);
        Files.writeString(directory.config(), ConfigYaml.toYaml(config), StandardCharsets.UTF_8);
        return run.train(Optional.empty());
    }

    /**
     * Goes on with an interrupted run as if it had never stopped.
     *
     * @throws IOException as {@link #start}, or if the directory's files do not fit together
     */
    public static boolean resume(
            ExperimentConfig config, Corpus corpus, RunDirectory directory, RunOptions options, RunObserver observer)
            throws IOException {
        Manifest before = ManifestFile.read(directory.manifest());
        if (!before.corpus().sha256().equals(corpus.sha256())) {
            throw new IOException("%s was trained on a corpus with SHA-256 %s, but %s has %s; give the corpus it began with"
                    .formatted(directory.root(), before.corpus().sha256(), corpus.name(), corpus.sha256()));
        }
        if (before.arithmetic() != Manifest.ARITHMETIC) {
            throw new IOException("%s was begun with arithmetic %d, this version has %d and would give other bits; start it anew"
                    .formatted(directory.root(), before.arithmetic(), Manifest.ARITHMETIC));
        }
        ExperimentRun run = new ExperimentRun(config, corpus, directory, options, observer);
        run.started = before.started();
        run.seconds = before.seconds();
        return run.train(
                Checkpoint.exists(directory.checkpoint())
                        ? Optional.of(Checkpoint.read(directory.checkpoint()))
                        : Optional.empty());
    }

    private static Batches batches(ExperimentConfig config, Corpus corpus) {
        return new Batches(corpus, config.model().context(), config.training().batch(), config.seed());
    }

    private boolean train(Optional<Checkpoint> from) throws IOException {
        RecordingPlan plan = plan(config, corpus);
        int steps = config.training().steps();
        int done = from.map(Checkpoint::step).orElse(0);
        writeManifest(Manifest.State.RUNNING, done);
        LossLog loss = new LossLog(config.training().logEvery());
        Batches batches = batches(config, corpus);
        long began = System.nanoTime();
        double before = seconds;
        try (Recorder recorder = new Recorder(directory, plan);
                Trainer trainer = new Trainer(
                        config.training(), config.model(), config.precision(), options.kernels(),
                        plan.source().initial().parameters(), batches, options.threads(), List.of(recorder, loss))) {
            if (from.isPresent()) {
                restore(trainer, loss, from.get());
            } else {
                trainer.begin();
            }
            observer.begins(done, steps);
            long checkpointed = began;
            for (int step = done + 1; step <= steps; step++) {
                trainStep(trainer, recorder, step);
                observer.stepped(step, trainer.loss());
                long now = System.nanoTime();
                seconds = before + (now - began) / 1e9;
                boolean stop = observer.stopRequested();
                if (stop || step == steps || now - checkpointed > CHECKPOINT_EVERY.toNanos()) {
                    checkpoint(trainer, recorder, loss, stop ? Manifest.State.INTERRUPTED : Manifest.State.RUNNING);
                    checkpointed = now;
                }
                if (stop && step < steps) {
                    return false;
                }
            }
            if (steps == 0) {
                checkpoint(trainer, recorder, loss, Manifest.State.RUNNING);
            }
            observer.finishing("writing the trained model, and a text that it generates");
            if (ModelExport.possible(config.model())) {
                ModelExport.replace(directory.model(), config, trainer.parameters());
            }
            String sample = TextSample.draw(trainer.model(), corpus, config.training(), config.seed(), SAMPLE_LENGTH);
            Files.writeString(directory.sample(), sample, StandardCharsets.UTF_8);
            return true;
        }
    }

    private void trainStep(Trainer trainer, Recorder recorder, int step) throws IOException {
        try {
            trainer.step();
        } catch (NonFiniteException e) {
            recorder.force();
            writeManifest(Manifest.State.FAILED, step - 1);
            throw e;
        }
    }

    private static void restore(Trainer trainer, LossLog loss, Checkpoint from) {
        trainer.restore(from.step(), from.position(), from.parameters(), from.expAvg(), from.expAvgSq());
        loss.restore(from.windows(), from.openSum(), from.firstLoss(), from.lastLoss());
    }

    private void checkpoint(Trainer trainer, Recorder recorder, LossLog loss, Manifest.State state) throws IOException {
        recorder.force();
        new Checkpoint(
                        trainer.stepNumber(), trainer.position(), trainer.parameters(), trainer.expAvg(),
                        trainer.expAvgSq(), loss.windows(), loss.openSum(), loss.first(), loss.last())
                .write(directory.checkpoint());
        writeManifest(state, trainer.stepNumber());
    }

    private void writeManifest(Manifest.State state, int completed) throws IOException {
        ManifestFile.write(directory.manifest(), new Manifest(
                Manifest.SCHEMA, options.program(), Manifest.ARITHMETIC, machine(), facts, state, completed,
                config.model().parameterCount(), started, null, seconds, seconds > 0 ? completed / seconds : 0, List.of()));
    }

    private Manifest.Machine machine() {
        return new Manifest.Machine(
                System.getProperty("java.runtime.version") + ", " + System.getProperty("java.vendor"),
                System.getProperty("os.name") + " " + System.getProperty("os.version") + ", " + System.getProperty("os.arch"),
                options.kernels().description(), options.threads());
    }
}
