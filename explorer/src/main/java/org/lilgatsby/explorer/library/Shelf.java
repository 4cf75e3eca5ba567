package org.lilgatsby.explorer.library;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/**
 * Keeps a few things open. A thing is opened again when its state has changed; what was open before stays open until
 * the last one that reads it is done.
 */
final class Shelf<T> implements AutoCloseable {
    private static final int DOORS = 16;

    private final int most;
    private final Consumer<T> closing;
    private final Object[] doors =
            IntStream.range(0, DOORS).mapToObj(_ -> new Object()).toArray();
    private final Map<String, Shelved<T>> shelf = new LinkedHashMap<>(16, 0.75f, true);

    private static final class Shelved<T> {
        private final T thing;
        private final String state;
        private int readers;
        private boolean discarded;

        Shelved(T thing, String state) {
            this.thing = thing;
            this.state = state;
        }
    }

    /** Opens a thing. */
    @FunctionalInterface
    interface Opening<T> {
        T open() throws IOException;
    }

    /** What is done with a thing. */
    @FunctionalInterface
    interface Use<T, R> {
        R of(T thing) throws IOException;
    }

    /** @param most things kept open while nobody reads them, at least 1 */
    Shelf(int most, Consumer<T> closing) {
        this.most = most;
        this.closing = closing;
    }

    <R> R with(String key, String state, Opening<T> opening, Use<T, R> use) throws IOException {
        Shelved<T> shelved = take(key, state, opening);
        try {
            return use.of(shelved.thing);
        } finally {
            release(shelved);
        }
    }

    /** Opening takes a while, and keeps only those waiting who want the same. */
    private Shelved<T> take(String key, String state, Opening<T> opening) throws IOException {
        synchronized (doors[Math.floorMod(key.hashCode(), doors.length)]) {
            Shelved<T> open = takeOpen(key, state);
            return open != null ? open : takeNew(key, new Shelved<>(opening.open(), state));
        }
    }

    private synchronized Shelved<T> takeOpen(String key, String state) {
        Shelved<T> shelved = shelf.get(key);
        if (shelved == null || !shelved.state.equals(state)) {
            return null;
        }
        shelved.readers++;
        return shelved;
    }

    private synchronized Shelved<T> takeNew(String key, Shelved<T> opened) {
        opened.readers++;
        Shelved<T> before = shelf.put(key, opened);
        if (before != null) {
            discard(before);
        }
        shrink();
        return opened;
    }

    private void shrink() {
        Iterator<Shelved<T>> oldest = shelf.values().iterator();
        while (shelf.size() > most && oldest.hasNext()) {
            Shelved<T> shelved = oldest.next();
            oldest.remove();
            discard(shelved);
        }
    }

    private synchronized void release(Shelved<T> shelved) {
        shelved.readers--;
        if (shelved.discarded && shelved.readers == 0) {
            closing.accept(shelved.thing);
        }
    }

    private void discard(Shelved<T> shelved) {
        shelved.discarded = true;
        if (shelved.readers == 0) {
            closing.accept(shelved.thing);
        }
    }

    @Override
    public synchronized void close() {
        List<Shelved<T>> all = new ArrayList<>(shelf.values());
        shelf.clear();
        all.forEach(this::discard);
    }
}
