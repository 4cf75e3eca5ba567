package org.lilgatsby.explorer.view;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.LongSupplier;
import org.lilgatsby.analysis.Group;
import org.lilgatsby.experiment.analyses.Analysis;
import org.lilgatsby.experiment.analyses.AnalysisTable;
import org.lilgatsby.experiment.analyses.Selection;
import org.lilgatsby.explorer.library.OpenRun;
import org.lilgatsby.explorer.library.OpenRuns;
import org.lilgatsby.explorer.library.Place;

/**
 * The tables of analyses, computed in the background and kept while there is room. Of a run under way the last table is
 * shown until a new one is there; a new one is computed only once the last has cost at most a fiftieth of the time
 * since, so that training is left its processors.
 */
public final class CurveStore {
    static final String STEP = "step";

    private static final int SHARE = 50;
    private static final long MOST_NUMBERS = 8_000_000;

    private final OpenRuns runs;
    private final Executor background;
    private final LongSupplier nanos;
    private final Map<Key, Entry> entries = new LinkedHashMap<>(16, 0.75f, true);
    private final WarmRuns warm = new WarmRuns();
    private long numbers;

    private record Key(String run, String analysis, Group group) {}

    /** Columns of figures, as the analysis gave them. */
    private record Table(int states, int[] steps, Map<String, double[]> columns) {
        long numbers() {
            return (long) steps.length * (columns.size() + 1);
        }
    }

    private static final class Entry {
        private Table table;
        private long cost;
        private long computed;
        private CompletableFuture<Table> running;
    }

    /**
     * @param background where analyses run
     * @param nanos the time
     */
    public CurveStore(OpenRuns runs, Executor background, LongSupplier nanos) {
        this.runs = runs;
        this.background = background;
        this.nanos = nanos;
    }

    /**
     * A column of an analysis, as far as it is known; the analysis is started if it is not.
     *
     * @param underWay whether the run goes on
     * @param patience how long to wait for the first table, in milliseconds
     * @return empty if it is still being computed
     * @throws IOException if the analysis failed
     */
    public Optional<Series> find(Place place, OpenRun run, CurveName name, boolean underWay, long patience)
            throws IOException {
        Key key = new Key(run.identity(), name.analysis().name(), name.group());
        CompletableFuture<Table> running;
        synchronized (this) {
            Entry entry = entries.computeIfAbsent(key, _ -> new Entry());
            if (entry.running == null && isDue(entry, run.states(), underWay)) {
                start(place, name, entry);
            }
            if (entry.table != null) {
                return Optional.of(column(entry.table, name));
            }
            running = entry.running;
        }
        return waited(running, patience).map(table -> column(table, name));
    }

    private boolean isDue(Entry entry, int states, boolean underWay) {
        return entry.table == null
                || entry.table.states() != states
                        && (!underWay || nanos.getAsLong() - entry.computed >= SHARE * entry.cost);
    }

    private void start(Place place, CurveName name, Entry entry) {
        CompletableFuture<Table> future = new CompletableFuture<>();
        entry.running = future;
        background.execute(() -> {
            long began = nanos.getAsLong();
            try {
                Table table = runs.with(place, run -> {
                    warm.use(run);
                    return compute(run, name);
                });
                done(entry, table, nanos.getAsLong() - began);
                future.complete(table);
            } catch (IOException | RuntimeException | InternalError | OutOfMemoryError e) {
                done(entry, null, nanos.getAsLong() - began);
                future.completeExceptionally(e);
            }
        });
    }

    private synchronized void done(Entry entry, Table table, long cost) {
        entry.running = null;
        entry.cost = cost;
        entry.computed = nanos.getAsLong();
        if (table != null) {
            numbers += table.numbers() - (entry.table == null ? 0 : entry.table.numbers());
            entry.table = table;
            shrink(entry);
        }
    }

    private void shrink(Entry kept) {
        for (Key key : List.copyOf(entries.keySet())) {
            Entry entry = entries.get(key);
            if (numbers > MOST_NUMBERS && entry != kept && entry.running == null) {
                numbers -= entry.table == null ? 0 : entry.table.numbers();
                entries.remove(key);
            }
        }
    }

    private static Table compute(OpenRun run, CurveName name) throws IOException {
        Selection selection = new Selection(name.group(), OptionalInt.empty(), Selection.Detail.ALL);
        AnalysisTable table = run.ask(context -> switch (name.analysis().answer(context, selection)) {
            case Analysis.Found found -> found.table();
            case Analysis.Lacking lacking -> throw new IOException(lacking.reason());
        });
        Map<String, double[]> columns = new LinkedHashMap<>();
        int step = table.column(STEP).orElseThrow();
        int[] steps = table.rows().stream()
                .mapToInt(row -> ((Number) row.get(step)).intValue())
                .toArray();
        for (int i = 0; i < table.columns().size(); i++) {
            int column = i;
            if (i != step) {
                columns.put(
                        table.columns().get(i).name(),
                        table.rows().stream()
                                .mapToDouble(row -> number(row.get(column)))
                                .toArray());
            }
        }
        return new Table(run.states(), steps, columns);
    }

    private static double number(Object cell) {
        return switch (cell) {
            case Number number -> number.doubleValue();
            case Boolean yes -> yes ? 1 : 0;
            default -> Double.NaN;
        };
    }

    private static Series column(Table table, CurveName name) {
        double[] values = table.columns().get(name.column());
        if (values == null) {
            throw new IllegalArgumentException("the analysis '%s' has no column '%s'; it has %s"
                    .formatted(
                            name.analysis().name(),
                            name.column(),
                            String.join(", ", table.columns().keySet())));
        }
        return new Series(table.steps(), values);
    }

    private static Optional<Table> waited(CompletableFuture<Table> running, long patience) throws IOException {
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
