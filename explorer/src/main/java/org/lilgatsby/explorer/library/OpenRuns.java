package org.lilgatsby.explorer.library;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.lilgatsby.recording.Recording;
import org.lilgatsby.recording.RunDirectory;

/**
 * Keeps a few runs mapped. A run is opened again when its recording has grown; what was open before stays mapped until
 * the last one that reads it is done.
 */
public final class OpenRuns implements AutoCloseable {
    private static final int MOST = 16;

    private final Map<String, Shelved> shelf = new LinkedHashMap<>(16, 0.75f, true);

    private static final class Shelved {
        private final OpenRun run;
        private int readers;
        private boolean discarded;

        Shelved(OpenRun run) {
            this.run = run;
        }
    }

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
        Shelved shelved = take(place);
        try {
            return use.of(shelved.run);
        } finally {
            release(shelved);
        }
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

    private synchronized Shelved take(Place place) throws IOException {
        Shelved shelved = shelf.get(place.id());
        if (shelved == null || !OpenRun.identity(place).equals(shelved.run.identity()) || grown(place, shelved.run)) {
            Shelved opened = new Shelved(OpenRun.of(place, Integer.MAX_VALUE));
            if (shelved != null) {
                discard(shelved);
            }
            shelf.put(place.id(), opened);
            shelved = opened;
            shrink();
        }
        shelved.readers++;
        return shelved;
    }

    private static boolean grown(Place place, OpenRun run) throws IOException {
        int planned = run.archive()
                .config()
                .recording()
                .rows(run.archive().config().training().steps());
        return Math.min(Recording.completeRows(new RunDirectory(place.path())), planned) != run.states();
    }

    private void shrink() {
        Iterator<Shelved> oldest = shelf.values().iterator();
        while (shelf.size() > MOST && oldest.hasNext()) {
            Shelved shelved = oldest.next();
            oldest.remove();
            discard(shelved);
        }
    }

    private synchronized void release(Shelved shelved) {
        shelved.readers--;
        if (shelved.discarded && shelved.readers == 0) {
            shelved.run.close();
        }
    }

    private void discard(Shelved shelved) {
        shelved.discarded = true;
        if (shelved.readers == 0) {
            shelved.run.close();
        }
    }

    @Override
    public synchronized void close() {
        List<Shelved> all = new ArrayList<>(shelf.values());
        shelf.clear();
        all.forEach(this::discard);
    }
}
