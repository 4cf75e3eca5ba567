package org.lilgatsby.explorer.view;

import java.io.IOException;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.LongSupplier;
import org.lilgatsby.explorer.library.OpenRun;
import org.lilgatsby.explorer.library.OpenRuns;
import org.lilgatsby.explorer.library.Place;
import org.lilgatsby.recording.RunLock;

/**
 * What takes a reading of the whole recording: computed in the background, once, and kept while there is room. Of a run
 * under way the last result is shown until a new one is there; whatever was asked for since is computed again together,
 * so that it shares what it has in common, and only once that has cost at most 1/300 of the time since, so that
 * training is left its processors.
 */
public final class Background {
    private static final int SHARE = 300;

    /** The first time takes longer than those that follow: nothing is compiled, and nothing is in the page cache. */
    private static final int SHARE_OF_THE_FIRST = 10;

    private static final long MOST_NUMBERS = 8_000_000;

    private final OpenRuns runs;
    private final Executor executor;
    private final LongSupplier nanos;
    private final Map<String, Entry> entries = new LinkedHashMap<>(16, 0.75f, true);
    private final WarmRuns warm = new WarmRuns();

    /** Until when a run under way is left its processors. */
    private final Map<String, Long> rests = new HashMap<>();

    private long numbers;

    /** What is computed of a run. */
    interface Result {
        /** How many numbers it holds, for the room that it takes. */
        long numbers();
    }

    /** Computes it. */
    @FunctionalInterface
    interface Work<R extends Result> {
        R of(OpenRun run) throws IOException;
    }

    private static final class Entry {
        private final String identity;
        private Work<?> work;
        private Result result;
        private int states;
        private boolean asked;
        private CompletableFuture<Result> running;

        Entry(String identity) {
            this.identity = identity;
        }
    }

    /**
     * @param executor where it is computed
     * @param nanos the time
     */
    public Background(OpenRuns runs, Executor executor, LongSupplier nanos) {
        this.runs = runs;
        this.executor = executor;
        this.nanos = nanos;
    }

    /**
     * A result, as far as it is known; it is computed if it is not.
     *
     * @param what its name, different for each kind of result
     * @param patience how long to wait for the first result, in milliseconds
     * @return empty if it is still being computed
     * @throws IOException if it cannot be computed
     */
    <R extends Result> Optional<R> find(
            Place place, OpenRun run, String what, Class<R> type, long patience, Work<R> work) throws IOException {
        boolean underWay = RunLock.seen(run.archive().directory()).isPresent();
        CompletableFuture<Result> running;
        Optional<Result> before;
        synchronized (this) {
            Entry entry = entries.computeIfAbsent(run.identity() + " " + what, _ -> new Entry(run.identity()));
            entry.work = work;
            entry.asked = true;
            List<Entry> due = entry.running == null && isDue(entry, run.states(), underWay)
                    ? entry.result == null ? List.of(entry) : asked(run)
                    : List.of();
            due.forEach(one -> one.running = new CompletableFuture<>());
            running = entry.running;
            start(place, due);
            before = Optional.ofNullable(entry.result);
            if (before.isPresent() && (underWay || entry.states == run.states())) {
                return before.map(type::cast);
            }
        }
        return waited(running, patience).or(() -> before).map(type::cast);
    }

    private boolean isDue(Entry entry, int states, boolean underWay) {
        return entry.result == null
                || entry.states != states && (!underWay || nanos.getAsLong() >= rests.getOrDefault(entry.identity, 0L));
    }

    /** What was asked of a run since it was computed, and is known of fewer states. */
    private List<Entry> asked(OpenRun run) {
        return entries.values().stream()
                .filter(entry -> entry.identity.equals(run.identity()))
                .filter(entry -> entry.asked && entry.result != null && entry.running == null)
                .filter(entry -> entry.states != run.states())
                .toList();
    }

    private void start(Place place, List<Entry> due) {
        if (due.isEmpty()) {
            return;
        }
        executor.execute(() -> {
            try {
                runs.with(place, run -> {
                    warm.use(run);
                    due.forEach(entry -> compute(run, entry));
                    return null;
                });
            } catch (IOException | RuntimeException | InternalError | OutOfMemoryError e) {
                due.forEach(entry -> failed(entry, e));
            }
        });
    }

    private void compute(OpenRun run, Entry entry) {
        long began = nanos.getAsLong();
        try {
            Result result = entry.work.of(run);
            done(entry, result, run.states(), nanos.getAsLong() - began).complete(result);
        } catch (IOException | RuntimeException | InternalError | OutOfMemoryError e) {
            failed(entry, e);
        }
    }

    /** The future that is to be told. */
    private synchronized CompletableFuture<Result> done(Entry entry, Result result, int states, long cost) {
        CompletableFuture<Result> running = entry.running;
        numbers += result.numbers() - (entry.result == null ? 0 : entry.result.numbers());
        long now = nanos.getAsLong();
        long rest = (entry.result == null ? SHARE_OF_THE_FIRST : SHARE) * cost;
        rests.merge(entry.identity, now + rest, (until, _) -> Math.max(until, now) + rest);
        entry.result = result;
        entry.states = states;
        entry.asked = false;
        entry.running = null;
        shrink(entry);
        return running;
    }

    /** Tells whoever waits; nothing if the entry was computed before the failure. */
    private void failed(Entry entry, Throwable reason) {
        CompletableFuture<Result> running;
        synchronized (this) {
            running = entry.running;
            entry.running = null;
        }
        if (running != null) {
            running.completeExceptionally(reason);
        }
    }

    private void shrink(Entry kept) {
        for (String key : List.copyOf(entries.keySet())) {
            Entry entry = entries.get(key);
            if (numbers > MOST_NUMBERS && entry != kept && entry.running == null) {
                numbers -= entry.result == null ? 0 : entry.result.numbers();
                entries.remove(key);
            }
        }
    }

    private static Optional<Result> waited(CompletableFuture<Result> running, long patience) throws IOException {
        try {
            return Optional.of(running.get(patience, TimeUnit.MILLISECONDS));
        } catch (TimeoutException e) {
            return Optional.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        } catch (ExecutionException e) {
            switch (e.getCause()) {
                case IOException io -> throw io;
                case RuntimeException runtime -> throw runtime;
                default -> throw (Error) e.getCause();
            }
        }
    }
}
