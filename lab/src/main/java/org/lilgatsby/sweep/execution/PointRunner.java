package org.lilgatsby.sweep.execution;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.lilgatsby.archive.RunData;
import org.lilgatsby.config.ConfigYaml;
import org.lilgatsby.config.ExperimentConfig;
import org.lilgatsby.config.ResultKey;
import org.lilgatsby.corpus.Corpora;
import org.lilgatsby.corpus.Corpus;
import org.lilgatsby.experiment.FigureRecording;
import org.lilgatsby.experiment.Findings;
import org.lilgatsby.kernel.AnalysisKernels;
import org.lilgatsby.kernel.ScalarAnalysisKernels;
import org.lilgatsby.laboratory.Laboratory;
import org.lilgatsby.laboratory.Outcome;
import org.lilgatsby.laboratory.ReportScope;
import org.lilgatsby.recording.Manifest;
import org.lilgatsby.run.ExperimentRun;
import org.lilgatsby.run.MachineMemory;
import org.lilgatsby.run.MemoryRun;
import org.lilgatsby.run.PlannedRun;
import org.lilgatsby.run.RunObserver;
import org.lilgatsby.run.RunOptions;
import org.lilgatsby.settings.SettingException;
import org.lilgatsby.sweep.Keep;
import org.lilgatsby.sweep.SeriesFile;
import org.lilgatsby.sweep.StoredRun;
import org.lilgatsby.training.NonFiniteException;
import org.lilgatsby.training.StepListener;

/**
 * Carries out single points: trains, computes what is to be kept, and says how it ended. Runs of which no recording is
 * kept write none. Figures and series are the same whatever is kept. For several threads.
 */
public final class PointRunner {
    private final Corpora corpora;
    private final RunOptions options;
    private final MachineMemory machine;
    private final AnalysisKernels kernels = new ScalarAnalysisKernels();

    /**
     * Of the last run that was found to fit, what its memory depends on: thousands of starts differ in nothing of it.
     */
    private volatile List<Object> fitting = List.of();

    /**
     * @param corpora source of the texts; each is loaded once
     * @param options how runs are carried out; one thread a run makes the best use of a processor
     */
    public PointRunner(Corpora corpora, RunOptions options) {
        this(corpora, options, MachineMemory.here());
    }

    PointRunner(Corpora corpora, RunOptions options, MachineMemory machine) {
        this.corpora = corpora.keeping();
        this.options = options;
        this.machine = machine;
    }

    /** How runs are carried out. */
    public RunOptions options() {
        return options;
    }

    /**
     * Carries out a point. One that takes more memory than this machine has fails before its first step: the system
     * would end the process, and with it the other runs there.
     *
     * @param config resolved configuration of the point
     * @param key the identity of its results
     * @param keep what the directory is to hold in the end
     * @param directory an empty one
     * @return the run's row, done or failed; empty if the observer asked it to stop
     * @throws IOException if something cannot be written, which is not a property of the point
     */
    public Optional<StoredRun> run(
            ExperimentConfig config, ResultKey key, Keep keep, Path directory, RunObserver observer)
            throws IOException {
        Started start = new Started(
                config, key, corpora.load(config.corpus(), config.model().vocabulary()));
        try {
            PlannedRun plan = plan(config, keep, start.corpus);
            Optional<Map<String, Double>> figures = keep == Keep.RECORDING
                    ? recorded(config, plan, directory, observer)
                    : inMemory(plan, keep, directory, observer);
            return figures.map(start::done);
        } catch (NonFiniteException | SettingException e) {
            return Optional.of(start.failed(e.getMessage()));
        } catch (OutOfMemoryError e) {
            return Optional.of(start.failed("there is too little memory: " + e.getMessage()));
        }
    }

    private PlannedRun plan(ExperimentConfig config, Keep keep, Corpus corpus) {
        ExperimentConfig figures = FigureRecording.only(config);
        List<Object> shape = List.of(keep, WorkerMemory.shape(config));
        if (fitting.equals(shape)) {
            return PlannedRun.knownToFit(figures, corpus, options);
        }
        PlannedRun plan = PlannedRun.inMemory(figures, corpora, options);
        WorkerMemory.of(config, keep, corpora, options).workers(1, machine); // an executor is not the planner
        fitting = shape;
        return plan;
    }

    private Optional<Map<String, Double>> inMemory(PlannedRun plan, Keep keep, Path directory, RunObserver observer)
            throws IOException {
        Optional<MemoryRun> finished = MemoryRun.carryOut(plan, observer);
        if (finished.isEmpty()) {
            return Optional.empty();
        }
        try (MemoryRun run = finished.get()) {
            return Optional.of(figures(run.data(), keep, directory));
        }
    }

    /**
     * Its figures come from the memory, too: what the recording holds, and in which formats, is the configuration's
     * choice.
     */
    private Optional<Map<String, Double>> recorded(
            ExperimentConfig config, PlannedRun plan, Path directory, RunObserver observer) throws IOException {
        Laboratory laboratory = new Laboratory(corpora, options, ReportScope.ALL);
        try (MemoryRun run = MemoryRun.beside(plan)) {
            Outcome outcome = laboratory.run(laboratory.plan(config), directory, new Joined(observer, run.listeners()));
            if (!(outcome instanceof Outcome.Completed)) {
                return Optional.empty();
            }
            run.ended();
            return Optional.of(figures(run.data(), Keep.RECORDING, directory));
        }
    }

    private Map<String, Double> figures(RunData run, Keep keep, Path directory) throws IOException {
        if (keep != Keep.FIGURES) {
            RunSeries.write(run, kernels, directory.resolve(SeriesFile.NAME));
        }
        Map<String, Double> figures = RunFigures.of(Findings.figures(run));
        figures.putAll(RestFigures.of(run, kernels));
        return figures;
    }

    /** An observer, and listeners beside it. */
    private record Joined(RunObserver observer, List<StepListener> listeners) implements RunObserver {
        @Override
        public void begins(int done, int total) {
            observer.begins(done, total);
        }

        @Override
        public void stepped(int step, double loss) {
            observer.stepped(step, loss);
        }

        @Override
        public void finishing(String what) {
            observer.finishing(what);
        }

        @Override
        public boolean stopRequested() {
            return observer.stopRequested();
        }
    }

    /** A run under way. */
    private final class Started {
        private final ExperimentConfig config;
        private final ResultKey key;
        private final Corpus corpus;
        private final Instant at = Instant.now();
        private final long began = System.nanoTime();

        Started(ExperimentConfig config, ResultKey key, Corpus corpus) {
            this.config = config;
            this.key = key;
            this.corpus = corpus;
        }

        StoredRun done(Map<String, Double> figures) {
            return row(StoredRun.State.DONE, null, figures);
        }

        StoredRun failed(String reason) {
            return row(StoredRun.State.FAILED, reason.replaceAll("\\s*\\R\\s*", "; "), Map.of());
        }

        private StoredRun row(StoredRun.State state, String reason, Map<String, Double> figures) {
            return new StoredRun(
                    StoredRun.SCHEMA,
                    key.sha256(),
                    Manifest.ARITHMETIC,
                    options.program(),
                    ExperimentRun.machine(options),
                    config.name(),
                    corpus.sha256(),
                    ConfigYaml.toJson(config),
                    state,
                    reason,
                    at,
                    (System.nanoTime() - began) / 1e9,
                    figures);
        }
    }
}
