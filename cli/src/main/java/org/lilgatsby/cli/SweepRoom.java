package org.lilgatsby.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.lilgatsby.config.ResultKey;
import org.lilgatsby.corpus.Corpora;
import org.lilgatsby.experiment.Figures;
import org.lilgatsby.files.DiskSpace;
import org.lilgatsby.sweep.Keep;
import org.lilgatsby.sweep.Point;
import org.lilgatsby.sweep.Store;

/**
 * The room for the runs of a sweep on the disk of their store.
 *
 * @param points what is to be run, or is in the store already
 */
record SweepRoom(List<Point> points, Store store, Keep keep, Corpora corpora) {
    /**
     * Both numbers of bytes, if the disk may be too small for the runs that are not in the store; what a run takes is
     * an estimate, so a sweep says it and begins nevertheless. Nothing is said of a store that cannot be read.
     */
    Optional<String> shortage() {
        try {
            return measured();
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private Optional<String> measured() throws IOException {
        long free = DiskSpace.available(existing(store.root().toAbsolutePath()));
        if (bytes(points) <= free) {
            return Optional.empty(); // without looking for the runs of a large store
        }
        Set<ResultKey> there = store.found(points.stream().map(Point::key).toList(), keep);
        List<Point> missing =
                points.stream().filter(point -> !there.contains(point.key())).toList();
        long needed = bytes(missing);
        return needed <= free
                ? Optional.empty()
                : Optional.of("%s not in the store %s up to %s on its disk, where %s are free"
                        .formatted(
                                Figures.of(missing.size(), "run"),
                                missing.size() == 1 ? "needs" : "need",
                                Figures.bytes(needed),
                                Figures.bytes(free)));
    }

    private long bytes(List<Point> some) {
        return SweepPlan.bytes(some, keep, corpora);
    }

    private static Path existing(Path path) {
        Path existing = path;
        while (!Files.exists(existing)) {
            existing = existing.getParent();
        }
        return existing;
    }
}
