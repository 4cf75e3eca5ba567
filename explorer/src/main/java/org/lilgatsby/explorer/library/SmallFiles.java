package org.lilgatsby.explorer.library;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.lilgatsby.archive.RunArchive;
import org.lilgatsby.config.ConfigYaml;
import org.lilgatsby.config.ExperimentConfig;
import org.lilgatsby.recording.Manifest;
import org.lilgatsby.recording.ManifestFile;

/** What runs say of themselves. */
final class SmallFiles implements RunArchive.Documents {
    private static final int MOST_CONFIGURATIONS = 1_000;

    /** A manifest names every token, and only those of runs under way are read again and again. */
    private static final int MOST_MANIFESTS = 16;

    private final Parsed<ExperimentConfig> configurations =
            new Parsed<>(MOST_CONFIGURATIONS, file -> ConfigYaml.read(file, List.of()));
    private final Parsed<Manifest> manifests = new Parsed<>(MOST_MANIFESTS, ManifestFile::read);

    @Override
    public ExperimentConfig configuration(Path file) throws IOException {
        return configurations.read(file);
    }

    @Override
    public Manifest manifest(Path file) throws IOException {
        return manifests.read(file);
    }
}
