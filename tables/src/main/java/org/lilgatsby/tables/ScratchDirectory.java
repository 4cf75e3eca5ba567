package org.lilgatsby.tables;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** A directory for what does not fit into memory; it goes when it is closed, or the program is stopped. */
final class ScratchDirectory implements AutoCloseable {
    private final Path path;
    private final Thread atTheEnd = new Thread(this::deleteWhatCanBe);

    private ScratchDirectory(Path path) {
        this.path = path;
    }

    /** Creates one where the system keeps temporary files. */
    static ScratchDirectory create() throws IOException {
        ScratchDirectory scratch = new ScratchDirectory(Files.createTempDirectory("lilgatsby-tables-"));
        Runtime.getRuntime().addShutdownHook(scratch.atTheEnd);
        return scratch;
    }

    /** Where it is. */
    Path path() {
        return path;
    }

    @Override
    public void close() throws IOException {
        delete();
        Runtime.getRuntime().removeShutdownHook(atTheEnd);
    }

    private void delete() throws IOException {
        List<Path> all;
        try (Stream<Path> files = Files.walk(path)) {
            all = files.sorted(Comparator.reverseOrder()).toList();
        }
        for (Path file : all) {
            Files.deleteIfExists(file);
        }
    }

    /** The database may still be at work in it. */
    private void deleteWhatCanBe() {
        try {
            delete();
        } catch (IOException | UncheckedIOException e) {
            // The program ends; what is left is cleared with the system's other temporary files.
        }
    }
}
