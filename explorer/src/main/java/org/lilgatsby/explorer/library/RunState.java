package org.lilgatsby.explorer.library;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import org.lilgatsby.config.ExperimentConfig;
import org.lilgatsby.recording.Manifest;
import org.lilgatsby.recording.RunDirectory;
import org.lilgatsby.recording.RunLock;
import org.lilgatsby.recording.RunStatus;

/**
 * How far a run is, read from a few small files without its lock.
 *
 * @param config its configuration
 * @param manifest null before training has begun
 * @param step updates before the last recorded state
 * @param underWay whether a living process works on it
 */
public record RunState(RunDirectory directory, ExperimentConfig config, Manifest manifest, int step, boolean underWay) {
    /**
     * Reads them.
     *
     * @throws IOException if one is damaged, or a symbolic link
     */
    static RunState of(RunDirectory directory, SmallFiles files) throws IOException {
        for (Path file : List.of(
                directory.config(),
                directory.manifest(),
                directory.progress(),
                directory.latestLoss(),
                directory.lock())) {
            if (Files.isSymbolicLink(file)) {
                throw new IOException(file + ": is a symbolic link; a run's directory holds its files themselves");
            }
        }
        ExperimentConfig config = files.configuration(directory.config());
        boolean underWay = RunLock.seen(directory).isPresent();
        if (!Files.exists(directory.manifest(), LinkOption.NOFOLLOW_LINKS)) {
            return new RunState(directory, config, null, 0, underWay);
        }
        Manifest manifest = files.manifest(directory.manifest());
        int recorded = RunStatus.recordedStep(directory, config.recording());
        return new RunState(directory, config, manifest, Math.max(manifest.completedSteps(), recorded), underWay);
    }

    /** In the words of the list. */
    public String status() {
        if (manifest == null) {
            return underWay ? "under way" : "interrupted";
        }
        return switch (manifest.state()) {
            case COMPLETE -> "complete";
            case FAILED -> underWay ? "under way" : "failed";
            case INTERRUPTED -> underWay ? "under way" : "interrupted";
        };
    }
}
