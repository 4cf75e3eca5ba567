package org.lilgatsby.sweep;

import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.lilgatsby.config.ResultKey;
import org.lilgatsby.files.CsvLine;
import org.lilgatsby.files.DurableFiles;
import org.lilgatsby.recording.Manifest;

/** The runs of a sweep as rows, in the order of its points, as far as a store holds them. */
public final class RunTable {
    /** Columns that every table has, in order. */
    static final List<String> FIXED =
            List.of("key", "experiment", "seed", "state", "reason", "seconds", "program", "arithmetic", "machine");

    /** Columns of the series of all runs. */
    static final List<String> OF_SERIES = List.of("key", "step", "group", "figure", "value");

    private static final String SEED = "seed";

    /** Runs that are read at the same time; they are large, and a row keeps little of them. */
    private static final int AT_ONCE = 256;

    private final List<String> varied;
    private final List<Row> rows;
    private final List<String> figures;

    private RunTable(List<String> varied, List<Row> rows, List<String> figures) {
        this.varied = varied;
        this.rows = rows;
        this.figures = figures;
    }

    /** What became of a point. */
    public enum State {
        /** It ran to its end. */
        DONE,
        /** It failed every time it was tried. */
        FAILED,
        /** It has not run, or not to its end. */
        MISSING;

        /** The name in tables. */
        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * One run.
     *
     * @param reason of a failure, the last one; empty otherwise
     * @param seconds wall-clock seconds that it took; NaN if it has not run
     * @param program version of the program; empty if it has not run
     * @param machine what it ran on; empty if it has not run
     * @param directory its entry in the store, if it is done
     * @param values by {@link RunTable#figures}; NaN if undefined or missing
     */
    public record Row(
            Point point,
            State state,
            String reason,
            double seconds,
            String program,
            String machine,
            Optional<Path> directory,
            double[] values) {
        /** The value that statistics are of: NaN if undefined or not finite, and for a run that is not done. */
        public double figure(int column) {
            return state == State.DONE && Double.isFinite(values[column]) ? values[column] : Double.NaN;
        }
    }

    /**
     * Looks for the runs of a sweep.
     *
     * @param varied settings that vary, in the order of the columns
     * @param keep what must have been kept of a completed run
     * @throws IOException if the store cannot be read
     */
    public static RunTable of(List<String> varied, List<Point> points, Store store, Keep keep) throws IOException {
        Map<String, Integer> columns = new LinkedHashMap<>();
        List<Row> found = new ArrayList<>();
        for (int from = 0; from < points.size(); from += AT_ONCE) {
            List<Point> some = points.subList(from, Math.min(points.size(), from + AT_ONCE));
            List<Found> there = Parallel.map(some, point -> look(point, store, keep));
            for (int i = 0; i < some.size(); i++) {
                found.add(row(some.get(i), there.get(i), columns));
            }
        }
        List<Row> rows = new ArrayList<>();
        for (Row row : found) {
            double[] values = Arrays.copyOf(row.values(), columns.size());
            Arrays.fill(values, row.values().length, values.length, Double.NaN);
            rows.add(new Row(
                    row.point(),
                    row.state(),
                    row.reason(),
                    row.seconds(),
                    row.program(),
                    row.machine(),
                    row.directory(),
                    values));
        }
        return new RunTable(List.copyOf(varied), List.copyOf(rows), List.copyOf(columns.keySet()));
    }

    /** What the store holds of a point; a run that is neither done nor failed is missing. */
    private record Found(State state, Optional<StoredRun> run, Optional<Path> directory) {}

    private static Found look(Point point, Store store, Keep keep) throws IOException {
        Optional<Store.Entry> entry = store.find(point.key(), keep);
        if (entry.isPresent()) {
            return new Found(State.DONE, entry.map(Store.Entry::run), entry.map(Store.Entry::directory));
        }
        List<StoredRun> failures = store.failures(point.key());
        return failures.isEmpty()
                ? new Found(State.MISSING, Optional.empty(), Optional.empty())
                : new Found(State.FAILED, Optional.of(failures.getLast()), Optional.empty());
    }

    private static Row row(Point point, Found found, Map<String, Integer> columns) {
        if (found.run().isEmpty()) {
            return new Row(point, found.state(), "", Double.NaN, "", "", Optional.empty(), new double[0]);
        }
        StoredRun run = found.run().get();
        run.figures().keySet().forEach(figure -> columns.putIfAbsent(figure, columns.size()));
        double[] values = new double[columns.size()];
        Arrays.fill(values, Double.NaN);
        run.figures().forEach((figure, value) -> values[columns.get(figure)] = value);
        return new Row(
                point,
                found.state(),
                run.reason() == null ? "" : run.reason(),
                run.seconds(),
                run.program(),
                describe(run.machine()),
                found.directory(),
                values);
    }

    private static String describe(Manifest.Machine machine) {
        return "%s; Java %s; %s; threads %d"
                .formatted(machine.system(), machine.java(), machine.kernels(), machine.threads());
    }

    /** The rows, in the order of the points. */
    public List<Row> rows() {
        return rows;
    }

    /** Names of the figures, in the order in which the runs have them. */
    public List<String> figures() {
        return figures;
    }

    /**
     * Writes {@code runs.csv}: one row per run.
     *
     * @throws IOException if it cannot be written
     */
    public void write(Path file) throws IOException {
        List<String> settings = varied.stream().filter(key -> !key.equals(SEED)).toList();
        replace(file, out -> {
            List<String> names = new ArrayList<>(FIXED);
            names.addAll(settings);
            names.addAll(figures);
            out.write(CsvLine.of(names));
            for (Row row : rows) {
                out.write(CsvLine.of(cells(row, settings)));
            }
        });
    }

    private static List<String> cells(Row row, List<String> settings) {
        Point point = row.point();
        List<String> cells = new ArrayList<>(List.of(
                point.key().sha256(),
                point.config().name(),
                Long.toString(point.config().seed()),
                row.state().toString(),
                row.reason(),
                SeriesFile.cell(row.seconds()),
                row.program(),
                Integer.toString(Manifest.ARITHMETIC),
                row.machine()));
        settings.forEach(key -> cells.add(point.settings().get(key)));
        for (double value : row.values()) {
            cells.add(SeriesFile.cell(value));
        }
        return cells;
    }

    /**
     * Writes {@code series.csv}, the series of all runs that have one, in long form: a row for each run, step, group of
     * tokens and figure. An undefined figure has no row.
     *
     * @throws IOException if it cannot be written, or a series cannot be read
     */
    public void writeSeries(Path file) throws IOException {
        replace(file, out -> {
            out.write(CsvLine.of(OF_SERIES));
            for (Row row : rows) {
                Optional<Path> series = row.directory()
                        .map(directory -> directory.resolve(SeriesFile.NAME))
                        .filter(Files::exists);
                if (series.isPresent()) {
                    writeSeries(row.point().key(), series.get(), out);
                }
            }
        });
    }

    private static void writeSeries(ResultKey key, Path series, BufferedWriter out) throws IOException {
        SeriesFile.read(series, figures -> {
            List<String> middle =
                    figures.stream().map(name -> name.replaceFirst("\\.", ",")).toList();
            return (step, values) -> {
                String beginning = key.sha256() + "," + step + ",";
                for (int i = 0; i < values.length; i++) {
                    if (Double.isFinite(values[i])) {
                        out.write(beginning);
                        out.write(middle.get(i));
                        out.write(',');
                        out.write(SeriesFile.cell(values[i]));
                        out.write('\n');
                    }
                }
            };
        });
    }

    private interface Content {
        void write(BufferedWriter out) throws IOException;
    }

    /** Writes to a file beside it and renames it, so the file is complete at any time. */
    private static void replace(Path file, Content content) throws IOException {
        Path partial = file.resolveSibling(file.getFileName() + DurableFiles.UNFINISHED_SUFFIX);
        try (BufferedWriter out = Files.newBufferedWriter(partial)) {
            content.write(out);
        }
        DurableFiles.force(partial);
        Files.move(partial, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }
}
