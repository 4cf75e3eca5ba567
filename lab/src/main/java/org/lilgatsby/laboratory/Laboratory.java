package org.lilgatsby.laboratory;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.UnaryOperator;
import org.lilgatsby.archive.Sealing;
import org.lilgatsby.config.ConfigYaml;
import org.lilgatsby.config.ExperimentConfig;
import org.lilgatsby.corpus.Corpora;
import org.lilgatsby.experiment.Findings;
import org.lilgatsby.files.DiskSpace;
import org.lilgatsby.recording.Recording;
import org.lilgatsby.recording.RunDirectory;
import org.lilgatsby.recording.RunLock;
import org.lilgatsby.run.ExperimentRun;
import org.lilgatsby.run.PlannedRun;
import org.lilgatsby.run.RunObserver;
import org.lilgatsby.run.RunOptions;

/**
 * Completes experiments: one call trains, records, analyses, reports and seals. What it writes, wall-clock fields
 * apart, depends on configuration and corpus alone. Several can be at work in one process.
 *
 * @param corpora source of the texts
 * @param options how runs are carried out
 * @param reports reports that each run ends with
 */
public record Laboratory(Corpora corpora, RunOptions options, ReportScope reports) {
    /** From this many dead rows on, comparing all pairs takes seconds. */
    private static final int MANY = 10_000;

    /**
     * Plans a run; writes nothing.
     *
     * @throws org.lilgatsby.corpus.CorpusException if the text cannot be used
     * @throws org.lilgatsby.settings.SettingException if it needs more memory than there is
     */
    public PlannedRun plan(ExperimentConfig config) {
        return PlannedRun.of(config, corpora, options);
    }

    /**
     * Carries out a new run until it is sealed or its observer asks it to stop.
     *
     * @param root the run's directory, made if missing
     * @throws java.nio.file.FileAlreadyExistsException if something else is there
     * @throws org.lilgatsby.training.NonFiniteException if a loss, gradient or parameter became NaN or infinite;
     *     everything before is kept
     * @throws IOException if the disk has too little space, another process works on the run, or a file cannot be
     *     written; what was recorded stays readable
     */
    public Outcome run(PlannedRun run, Path root, RunObserver observer) throws IOException {
        run.space().require(root);
        RunDirectory directory = RunDirectory.create(root);
        try (RunLock _ = RunLock.take(directory)) {
            directory.requireUnused();
            observer.ready(run);
            boolean finished = ExperimentRun.start(run.config(), run.corpus(), directory, run.options(), observer);
            return outcome(finished, run, directory, observer);
        }
    }

    /** As {@link #run(PlannedRun, Path, RunObserver)}, for a configuration and without an observer. */
    public Outcome run(ExperimentConfig config, Path root) throws IOException {
        return run(plan(config), root, RunObserver.SILENT);
    }

    /**
     * Resumes an interrupted run; it writes the same bytes as if it had never stopped.
     *
     * @param checked receives the run's configuration and returns it, with the new path if the same text has moved, or
     *     throws
     * @throws org.lilgatsby.settings.SettingException if the run is complete
     * @throws IOException as {@link #run}, or if the directory's files do not fit together
     */
    public Outcome resume(Path root, UnaryOperator<ExperimentConfig> checked, RunObserver observer) throws IOException {
        RunDirectory directory = new RunDirectory(root);
        try (RunLock _ = RunLock.take(directory)) {
            ExperimentRun.requireUnfinished(directory);
            ExperimentConfig stored = ConfigYaml.read(directory.config(), List.of());
            PlannedRun run = plan(checked.apply(stored));
            boolean sparse = DiskSpace.isSparse(root) || Files.notExists(directory.recording());
            run.space()
                    .after(
                            Recording.completeRows(directory),
                            run.recording().source().rows(),
                            sparse)
                    .require(root);
            observer.ready(run);
            boolean finished = ExperimentRun.resume(stored, run.corpus(), directory, options, observer);
            return outcome(finished, run, directory, observer);
        }
    }

    private Outcome outcome(boolean finished, PlannedRun run, RunDirectory directory, RunObserver observer)
            throws IOException {
        if (!finished) {
            return new Outcome.Stopped(directory);
        }
        int dead = run.corpus().dead().length;
        observer.finishing(
                dead < MANY
                        ? "analysing the recording"
                        : "analysing the recording, including all pairs of %,d dead rows".formatted(dead));
        Findings findings = Reports.write(directory, reports);
        observer.finishing("sealing the files with their checksums");
        Sealing.seal(directory);
        return new Outcome.Completed(directory, findings);
    }
}
