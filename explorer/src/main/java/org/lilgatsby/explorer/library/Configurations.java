package org.lilgatsby.explorer.library;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.lilgatsby.config.ConfigYaml;
import org.lilgatsby.config.ExperimentConfig;

/** Configurations of runs, each parsed once: that of a run under way is asked for every second. */
final class Configurations {
    private static final int MOST = 1_000;

    private final Map<Path, Known> known = new ConcurrentHashMap<>();

    private record Known(String state, ExperimentConfig config) {}

    /** @throws IOException if the file cannot be read, or is not a configuration */
    ExperimentConfig read(Path file) throws IOException {
        BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
        String state = "%s %s %d".formatted(attributes.fileKey(), attributes.lastModifiedTime(), attributes.size());
        Known before = known.get(file);
        if (before != null && before.state().equals(state)) {
            return before.config();
        }
        ExperimentConfig config = ConfigYaml.read(file, List.of());
        if (known.size() >= MOST) {
            known.clear();
        }
        known.put(file, new Known(state, config));
        return config;
    }
}
