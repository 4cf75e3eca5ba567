package org.lilgatsby.explorer.library;

import java.io.IOException;
import org.lilgatsby.recording.Recording;
import org.lilgatsby.recording.RunDirectory;

/** Keeps a few runs mapped; a run whose recording has grown is opened again. */
public final class OpenRuns implements AutoCloseable {
    private static final int MOST = 16;

    private final Shelf<OpenRun> shelf = new Shelf<>(MOST, OpenRun::close);

    /** What is done with a run. */
    @FunctionalInterface
    public interface Use<T> {
        T of(OpenRun run) throws IOException;
    }

    /**
     * Uses a run, as far as it is recorded now. It must not be used afterwards.
     *
     * @throws IOException if it cannot be read
     */
    public <T> T with(Place place, Use<T> use) throws IOException {
        String state = OpenRun.identity(place) + " " + Recording.completeRows(new RunDirectory(place.path()));
        return shelf.with(place.id(), state, () -> OpenRun.of(place, Integer.MAX_VALUE), use::of);
    }

    /**
     * Uses the first states of a run.
     *
     * @throws IOException if it cannot be read
     */
    public static <T> T withBeginning(Place place, int mostRows, Use<T> use) throws IOException {
        try (OpenRun run = OpenRun.of(place, mostRows)) {
            return use.of(run);
        }
    }

    @Override
    public void close() {
        shelf.close();
    }
}
