package org.lilgatsby.explorer.library;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Small files of runs, each parsed once until it changes: those of a run under way are asked for every second. */
final class Parsed<T> {
    private final int most;
    private final Reading<T> reading;
    private final Map<Path, Known<T>> known = new ConcurrentHashMap<>();

    private record Known<T>(String state, T content) {}

    /** Parses a file. */
    @FunctionalInterface
    interface Reading<T> {
        T of(Path file) throws IOException;
    }

    /** @param most contents that are kept, at least 1 */
    Parsed(int most, Reading<T> reading) {
        this.most = most;
        this.reading = reading;
    }

    /** @throws IOException if the file cannot be read, or does not hold what it should */
    T read(Path file) throws IOException {
        BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
        String state = "%s %s %d".formatted(attributes.fileKey(), attributes.lastModifiedTime(), attributes.size());
        Known<T> before = known.get(file);
        if (before != null && before.state().equals(state)) {
            return before.content();
        }
        T content = reading.of(file);
        if (known.size() >= most) {
            known.clear();
        }
        known.put(file, new Known<>(state, content));
        return content;
    }
}
