package org.lilgatsby.sweep;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.lilgatsby.config.ResultKey;
import org.lilgatsby.files.DurableFiles;
import org.lilgatsby.settings.SettingException;

/**
 * The directory of a sweep: its definition, tables and reports. Its runs are in a store, which other sweeps may share.
 *
 * @param root where its files are
 */
public record SweepDirectory(Path root) {
    /** The sweep's definition, complete in itself. */
    public Path definition() {
        return root.resolve("sweep.yaml");
    }

    /** A row a run. */
    public Path runs() {
        return root.resolve("runs.csv");
    }

    /** A row a run, step, group and figure. */
    public Path series() {
        return root.resolve("series.csv");
    }

    /** The page. */
    public Path page() {
        return root.resolve("report.html");
    }

    /**
     * The sweep that the directory belongs to.
     *
     * @throws SettingException if there is none, or its definition cannot be used
     * @throws IOException if it cannot be read
     */
    public Sweep sweep() throws IOException {
        requireDefinition();
        return Sweep.read(definition());
    }

    /** @throws SettingException if the directory is not that of a sweep */
    public void requireDefinition() {
        if (!Files.exists(definition())) {
            throw new SettingException(
                    "",
                    "%s is not the directory of a sweep: it has no %s; name one that a sweep wrote, such as sweeps/NAME"
                            .formatted(root, definition().getFileName()));
        }
    }

    /**
     * Writes the definition of a sweep. One that is there may grow, but is not replaced by another.
     *
     * @param points of the sweep
     * @param store the store of its runs
     * @throws SettingException if the directory belongs to another sweep
     * @throws IOException if it cannot be written
     */
    public void define(Sweep sweep, List<Point> points, Path store, CorpusHash corpora) throws IOException {
        String definition = sweep.toYaml(root, store);
        if (Files.exists(definition())) {
            if (Files.readString(definition()).equals(definition)) {
                return;
            }
            requireGrowth(points, corpora);
        }
        Files.createDirectories(root);
        DurableFiles.write(definition(), definition.getBytes(StandardCharsets.UTF_8));
    }

    private void requireGrowth(List<Point> points, CorpusHash corpora) throws IOException {
        Set<ResultKey> keys = new HashSet<>();
        points.forEach(point -> keys.add(point.key()));
        for (Point point : Sweep.read(definition()).points(corpora)) {
            if (!keys.contains(point.key())) {
                throw new SettingException(
                        "",
                        ("%s belongs to another sweep, which also has the point %s; give this one its own "
                                        + "directory with --out DIR; runs that both have are shared")
                                .formatted(root, point));
            }
        }
    }
}
