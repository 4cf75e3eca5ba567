package org.lilgatsby.run;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import org.lilgatsby.config.ExperimentConfig;
import org.lilgatsby.config.RunKey;
import org.lilgatsby.corpus.Corpus;
import org.lilgatsby.recording.Checkpoint;
import org.lilgatsby.recording.Manifest;
import org.lilgatsby.recording.ManifestFile;
import org.lilgatsby.recording.Recording;
import org.lilgatsby.recording.RunDirectory;
import org.lilgatsby.settings.SettingException;
import org.lilgatsby.settings.Settings;

/**
 * Where a run resumes.
 *
 * @param started when the run began
 * @param seconds wall-clock seconds of training up to the checkpoint
 * @param checkpoint the state to resume from; empty for the initial one
 */
record Resumption(Instant started, double seconds, Optional<Checkpoint> checkpoint) {
    /** A new run. */
    static Resumption fresh() {
        return new Resumption(Instant.now(), 0, Optional.empty());
    }

    /**
     * Reads what a directory holds of a run, and checks that its files fit together. A run killed before its first
     * checkpoint, or even before its manifest, starts over.
     *
     * @throws SettingException if the run is complete
     * @throws IOException if a file is damaged, or does not belong to this run
     */
    static Resumption of(ExperimentConfig config, Corpus corpus, RunDirectory directory) throws IOException {
        if (!Files.exists(directory.manifest())) {
            return fresh();
        }
        Manifest manifest = unfinished(directory);
        if (!manifest.corpus().sha256().equals(corpus.sha256())) {
            throw new IOException(
                    "%s was trained on a corpus with SHA-256 %s, but %s has %s; name the corpus it was started with"
                            .formatted(directory.root(), manifest.corpus().sha256(), corpus.source(), corpus.sha256()));
        }
        if (manifest.arithmetic() != Manifest.ARITHMETIC) {
            throw new IOException(
                    ("%s was started with arithmetic %d; this version has %d and would give other bits; start "
                                    + "the run again")
                            .formatted(directory.root(), manifest.arithmetic(), Manifest.ARITHMETIC));
        }
        String key = RunKey.of(config, corpus.sha256(), Manifest.ARITHMETIC).sha256();
        if (manifest.key() != null && !manifest.key().equals(key)) {
            throw new IOException(
                    "%s has changed since the run was started: its key is %s, but that of %s is %s; put it "
                                    .formatted(directory.config(), key, directory.manifest(), manifest.key())
                            + "back, or start the run again elsewhere");
        }
        if (!Checkpoint.exists(directory.checkpoint())) {
            return new Resumption(manifest.started(), 0, Optional.empty());
        }
        return new Resumption(manifest.started(), manifest.seconds(), Optional.of(checkpoint(config, directory)));
    }

    /**
     * The manifest of a run that can be resumed.
     *
     * @throws SettingException if the run is complete
     */
    static Manifest unfinished(RunDirectory directory) throws IOException {
        Manifest manifest = ManifestFile.read(directory.manifest());
        if (manifest.state() == Manifest.State.COMPLETE) {
            throw new SettingException(
                    "",
                    ("%s is complete: all %d steps are done and its reports are written; to run it again, name "
                                    + "another --out")
                            .formatted(directory.root(), manifest.completedSteps()));
        }
        return manifest;
    }

    private static Checkpoint checkpoint(ExperimentConfig config, RunDirectory directory) throws IOException {
        try {
            Checkpoint checkpoint = Checkpoint.read(directory.checkpoint());
            Optional<String> misfit = misfit(checkpoint, config, directory);
            if (misfit.isPresent()) {
                throw new IOException(directory.checkpoint() + ": does not fit the run: " + misfit.get());
            }
            return checkpoint;
        } catch (IOException e) {
            throw new IOException(
                    "%s; delete %s to restart from step 0, which gives the same run"
                            .formatted(e.getMessage(), directory.checkpoint()),
                    e);
        }
    }

    private static Optional<String> misfit(Checkpoint checkpoint, ExperimentConfig config, RunDirectory directory)
            throws IOException {
        int step = checkpoint.step();
        if (step < 0 || step > config.training().steps()) {
            return Optional.of("it holds step %d, but the run has only %d"
                    .formatted(step, config.training().steps()));
        }
        if (checkpoint.count() != config.model().parameterCount()) {
            return Optional.of("it has %d parameters, but the model has %d"
                    .formatted(checkpoint.count(), config.model().parameterCount()));
        }
        if (checkpoint.generator().isPresent() != config.drawsWhileTraining()) {
            return Optional.of("it has %s state of a generator, but perturbation.sigma is %s and precision.update is %s"
                    .formatted(
                            checkpoint.generator().isPresent() ? "the" : "no",
                            Settings.plain(config.perturbation().sigma()),
                            config.precision().update()));
        }
        if (checkpoint.compensation().isPresent() != config.precision().update().compensates()) {
            return Optional.of("it has %s compensation of the parameters, but precision.update is %s"
                    .formatted(
                            checkpoint.compensation().isPresent() ? "the" : "no",
                            config.precision().update()));
        }
        if (checkpoint.windows().size() != step / config.training().logEvery()) {
            return Optional.of("it has %d logging intervals, but %d are complete after step %d"
                    .formatted(
                            checkpoint.windows().size(),
                            step / config.training().logEvery(),
                            step));
        }
        int rows = config.recording().rows(step);
        if (Recording.completeRows(directory) < rows) {
            return Optional.of("it holds step %d, but only %d of %d rows are recorded"
                    .formatted(step, Recording.completeRows(directory), rows));
        }
        Optional<Path> missing = Recording.missing(directory, config.recording(), rows);
        return missing.map(file -> "it holds step %d, but %s is missing".formatted(step, file));
    }
}
