package org.lilgatsby.explorer.library;

import java.io.IOException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import org.lilgatsby.recording.Recording;
import org.lilgatsby.recording.RunDirectory;
import org.lilgatsby.recording.RunLock;

/**
 * Keeps a few runs mapped. A run whose recording has grown is opened again: at once if it is finished, and while it is
 * under way once opening has cost at most a fiftieth of the time since, so that training is left its processors, after
 * a second and a half, or when a step is asked for that was recorded since: whoever is told to wait asks again and
 * again, which costs more.
 */
public final class OpenRuns implements AutoCloseable {
    private static final int MOST = 16;
    private static final int SHARE = 50;
    private static final long LATEST_NANOS = 1_500_000_000;

    private final Shelf<OpenRun> shelf = new Shelf<>(MOST, OpenRun::close);
    private final Map<String, Opened> opened = new ConcurrentHashMap<>();
    private final SmallFiles files = new SmallFiles();
    private final LongSupplier nanos;

    private record Opened(String identity, int rows, int lastStep, long at, long cost) {}

    /** @param nanos the time */
    public OpenRuns(LongSupplier nanos) {
        this.nanos = nanos;
    }

    /** What is done with a run. */
    @FunctionalInterface
    public interface Use<T> {
        T of(OpenRun run) throws IOException;
    }

    /**
     * Uses a run, as far as it is recorded, or was a moment ago. It must not be used afterwards.
     *
     * @throws IOException if it cannot be read
     */
    public <T> T with(Place place, Use<T> use) throws IOException {
        return with(place, 0, use);
    }

    /**
     * Uses a run, as far as it is recorded now if it was not known to have a step. It must not be used afterwards.
     *
     * @throws IOException if it cannot be read
     */
    public <T> T with(Place place, int step, Use<T> use) throws IOException {
        String identity = OpenRun.identity(place);
        int rows = rows(place, identity, step);
        return shelf.with(place.id(), identity + " " + rows, () -> open(place, identity, rows), use::of);
    }

    private int rows(Place place, String identity, int step) throws IOException {
        RunDirectory directory = new RunDirectory(place.path());
        Opened last = opened.get(place.id());
        boolean recent = last != null
                && last.identity().equals(identity)
                && step <= last.lastStep()
                && nanos.getAsLong() - last.at() < Math.min(SHARE * last.cost(), LATEST_NANOS)
                && RunLock.seen(directory).isPresent();
        return recent ? last.rows() : Recording.completeRows(directory);
    }

    private OpenRun open(Place place, String identity, int rows) throws IOException {
        long began = nanos.getAsLong();
        OpenRun run = OpenRun.of(place, files, Math.max(1, rows));
        int[] steps = run.archive().recording().steps();
        long now = nanos.getAsLong();
        opened.put(place.id(), new Opened(identity, rows, steps[steps.length - 1], now, now - began));
        return run;
    }

    /**
     * Uses the first states of a run.
     *
     * @throws IOException if it cannot be read
     */
    public static <T> T withBeginning(Place place, int mostRows, Use<T> use) throws IOException {
        try (OpenRun run = OpenRun.of(place, new SmallFiles(), mostRows)) {
            return use.of(run);
        }
    }

    @Override
    public void close() {
        shelf.close();
    }
}
