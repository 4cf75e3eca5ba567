package org.lilgatsby.torture;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.lilgatsby.experiment.ConfigYaml;
import org.lilgatsby.experiment.ExperimentConfig;
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
     * Begins a run, kills it at each moment, goes on each time, and lets it end.
     *
     * @param losses receives whatever is not as in the run left alone
     * @return how many kills hit
     */
    int tryOut(Path directory, List<Moment> moments, RandomGenerator random, List<String> losses)
            throws IOException, InterruptedException {
        int kills = 0;
        for (Moment moment : moments) {
            Lab.Session session = lab.start(run.beginOrGoOn(directory));
            boolean killed = moment.kill(session.process(), directory, usualMillis, random);
            if (!killed) {
                break;
            }
            kills++;
            damage(directory).ifPresent(damage -> losses.add("killed at " + moment + ": " + damage));
        }
        Lab.Result result = lab.run(run.beginOrGoOn(directory));
        boolean wasComplete = result.code() == 2 && result.err().contains("is complete");
        if (result.code() != 0 && !wasComplete) {
            losses.add("killed at %s: exit %d: %s".formatted(moments, result.code(), result.err()));
        }
        String difference = expected.difference(Snapshot.of(directory));
        if (!difference.isEmpty()) {
            losses.add("killed at %s: %s".formatted(moments, difference));
        }
        return kills;
    }

    /** Whether a dead run's directory is readable, says how far it came, and holds the rows that it claims. */
    private Optional<String> damage(Path root) throws IOException {
        RunDirectory directory = new RunDirectory(root);
        if (!Files.exists(directory.manifest())) {
            return Optional.empty();
        }
        ExperimentConfig config = ConfigYaml.read(directory.config(), List.of());
        RunStatus status = RunStatus.of(directory, ManifestFile.read(directory.manifest()), config.recording());
        if (status.state() != Manifest.State.INTERRUPTED && status.state() != Manifest.State.COMPLETE) {
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
