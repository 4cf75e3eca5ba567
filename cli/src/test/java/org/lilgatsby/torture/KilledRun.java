package org.lilgatsby.torture;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.lilgatsby.config.ConfigYaml;
import org.lilgatsby.config.ExperimentConfig;
import org.lilgatsby.recording.Manifest;
import org.lilgatsby.recording.ManifestFile;
import org.lilgatsby.recording.RecordedTensor;
import org.lilgatsby.recording.Recording;
import org.lilgatsby.recording.RunDirectory;
import org.lilgatsby.recording.RunStatus;

/** A run that is killed again and again, beside one that is left alone. */
final class KilledRun {
    private final Lab lab;
    private final TinyRun run;
    private final Path undisturbed;
    private final Snapshot expected;
    private final long usualMillis;

    /** Carries out the run that is left alone. */
    KilledRun(Lab lab, TinyRun run, Path undisturbed) throws IOException, InterruptedException {
        this.lab = lab;
        this.run = run;
        this.undisturbed = undisturbed;
        long began = System.nanoTime();
        Lab.Result result = lab.run(run.beginOrGoOn(undisturbed));
        usualMillis = (System.nanoTime() - began) / 1_000_000;
        if (result.code() != 0) {
            throw new IOException(result.err());
        }
        expected = Snapshot.of(undisturbed);
    }

    /**
     * Begins a run, kills it at each moment, resumes it each time, and lets it end.
     *
     * @param losses receives whatever is not as in the run left alone
     * @return the moments whose kills hit
     */
    List<Moment> tryOut(Path directory, List<Moment> moments, RandomGenerator random, List<String> losses)
            throws IOException, InterruptedException {
        List<Moment> hit = new ArrayList<>();
        for (Moment moment : moments) {
            Lab.Session session = lab.start(run.beginOrGoOn(directory));
            boolean killed = moment.kill(session.process(), directory, usualMillis, random);
            if (!killed) {
                break;
            }
            hit.add(moment);
            damage(directory).ifPresent(damage -> losses.add("killed at " + moment + ": " + damage));
        }
        goOn(directory).ifPresent(loss -> losses.add("killed at " + moments + ": " + loss));
        return hit;
    }

    /** The arguments that begin this run in a directory, or resume it. */
    String[] arguments(Path directory) {
        return run.beginOrGoOn(directory);
    }

    /** Milliseconds that the run takes if it is let. */
    long usualMillis() {
        return usualMillis;
    }

    /** Lets a run that was stopped come to its end; what is not as in the run left alone, if anything. */
    Optional<String> goOn(Path directory) throws IOException, InterruptedException {
        Lab.Result result = lab.run(run.beginOrGoOn(directory));
        boolean wasComplete = result.code() == 2 && result.err().contains("is complete");
        if (result.code() != 0 && !wasComplete) {
            return Optional.of("exit %d: %s".formatted(result.code(), result.err()));
        }
        String difference = expected.difference(Snapshot.of(directory));
        return difference.isEmpty() ? Optional.empty() : Optional.of(difference);
    }

    /** Whether a dead run's directory is readable, says how far it came, and holds the rows that it claims. */
    Optional<String> damage(Path root) throws IOException {
        RunDirectory directory = new RunDirectory(root);
        if (!Files.exists(directory.manifest())) {
            return Optional.empty();
        }
        ExperimentConfig config = ConfigYaml.read(directory.config(), List.of());
        RunStatus status = RunStatus.of(directory, ManifestFile.read(directory.manifest()), config.recording());
        if (status.state() != Manifest.State.COMPLETE
                && !status.inWords().matches("(interrupted|failed) at step \\d+")) {
            return Optional.of("its state is " + status.inWords());
        }
        if (Recording.completeRows(directory) == 0) {
            return Optional.empty();
        }
        int steps = config.training().steps();
        List<String> different = new ArrayList<>();
        try (Recording dead = Recording.open(directory, config.recording(), steps);
                Recording whole = Recording.open(new RunDirectory(undisturbed), config.recording(), steps)) {
            for (RecordedTensor tensor : config.recording().tensors()) {
                for (int row = 0; row < dead.rows(); row++) {
                    MemorySegment found = dead.row(tensor.observable(), row).data();
                    if (found.mismatch(whole.row(tensor.observable(), row).data()) >= 0) {
                        different.add(tensor.name() + " row " + row);
                    }
                }
            }
        }
        return different.isEmpty() ? Optional.empty() : Optional.of("damaged rows: " + different);
    }
}
