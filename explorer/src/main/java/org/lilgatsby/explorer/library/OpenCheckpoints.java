package org.lilgatsby.explorer.library;

import java.io.IOException;
import java.nio.file.Files;

/** Keeps the last few checkpoints mapped. */
public final class OpenCheckpoints implements AutoCloseable {
    private static final int MOST = 2;

    private final Shelf<OpenCheckpoint> shelf = new Shelf<>(MOST, OpenCheckpoint::close);

    /** What is done with a checkpoint. */
    @FunctionalInterface
    public interface Use<T> {
        T of(OpenCheckpoint checkpoint) throws IOException;
    }

    /**
     * Uses a checkpoint. It must not be used afterwards.
     *
     * @throws IOException if it cannot be read
     */
    public <T> T with(Place place, Use<T> use) throws IOException {
        String state =
                Files.getLastModifiedTime(place.path().resolve("config.json")).toString();
        return shelf.with(place.id(), state, () -> OpenCheckpoint.of(place), use::of);
    }

    @Override
    public void close() {
        shelf.close();
    }
}
