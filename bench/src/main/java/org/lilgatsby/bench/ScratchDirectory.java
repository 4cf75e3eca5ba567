package org.lilgatsby.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * A temporary directory, deleted with all its contents.
 *
 * @param path where it is
 */
record ScratchDirectory(Path path) implements AutoCloseable {
    /** Makes one. */
    static ScratchDirectory make() throws IOException {
        return new ScratchDirectory(Files.createTempDirectory("lilgatsby-bench"));
    }

    @Override
    public void close() throws IOException {
        List<Path> inside;
        try (Stream<Path> files = Files.walk(path)) {
            inside = files.sorted(Comparator.reverseOrder()).toList();
        }
        for (Path file : inside) {
            Files.delete(file);
        }
    }
}
