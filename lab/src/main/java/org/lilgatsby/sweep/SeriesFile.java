package org.lilgatsby.sweep;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.lilgatsby.files.CsvLine;
import org.lilgatsby.files.Text;
import org.lilgatsby.settings.Settings;

/**
 * {@code series.csv} of a run: one row per step, the step in the first column and in each other column one figure of
 * one group of tokens, named {@code GROUP.FIGURE}. An undefined figure is an empty cell.
 */
public final class SeriesFile {
    /** Its name in an entry of a store. */
    public static final String NAME = "series.csv";

    private static final String STEP = "step";

    /** Whole numbers of so many digits are doubles. */
    private static final int WHOLE_DIGITS = 15;

    private static final Pattern FIGURE = Pattern.compile("[a-z0-9_]+(\\.[a-z0-9_]+)+");

    private SeriesFile() {}

    /** Receives the rows of a series as they are read. */
    @FunctionalInterface
    public interface Visitor {
        /**
         * One row.
         *
         * @param values by the file's columns; NaN for one that is undefined
         */
        void row(int step, double[] values) throws IOException;
    }

    /** Writes a series row by row during a run. */
    public static final class Writer implements AutoCloseable {
        private final BufferedWriter out;
        private final int columns;

        /**
         * Begins a new file.
         *
         * @param figures each a token group, a dot, and the figure's name
         * @throws IllegalArgumentException if one is not of this form
         */
        public Writer(Path file, List<String> figures) throws IOException {
            for (String figure : figures) {
                if (!FIGURE.matcher(figure).matches()) {
                    throw new IllegalArgumentException("a figure of a series must be GROUP.FIGURE, not " + figure);
                }
            }
            columns = figures.size();
            out = Files.newBufferedWriter(file, StandardOpenOption.WRITE, StandardOpenOption.CREATE_NEW);
            List<String> names = new ArrayList<>(List.of(STEP));
            names.addAll(figures);
            out.write(CsvLine.of(names));
        }

        /**
         * Adds a row.
         *
         * @param values one per figure, in the order of the figures
         * @throws IllegalArgumentException if their number differs from that of the figures
         */
        public void row(int step, double... values) throws IOException {
            if (values.length != columns) {
                throw new IllegalArgumentException(
                        "a row has %d values, but the series has %d figures".formatted(values.length, columns));
            }
            out.write(Integer.toString(step));
            for (double value : values) {
                out.write(',');
                out.write(cell(value));
            }
            out.write('\n');
        }

        @Override
        public void close() throws IOException {
            out.close();
        }
    }

    /** A number as all tables show it: the shortest decimal that reads back exactly; empty if undefined. */
    static String cell(double value) {
        return Double.isFinite(value) ? Settings.plain(value) : "";
    }

    /**
     * The figures of a series, as {@code GROUP.FIGURE}.
     *
     * @throws IOException if it cannot be read, or is not a series
     */
    public static List<String> figures(Path file) throws IOException {
        try (BufferedReader in = Files.newBufferedReader(file)) {
            return figures(file, in.readLine());
        }
    }

    /**
     * Reads a whole series.
     *
     * @throws IOException if it cannot be read, or is not a series
     */
    public static void read(Path file, Visitor visitor) throws IOException {
        read(file, (List<String> _) -> visitor);
    }

    /**
     * Reads a whole series.
     *
     * @param beginning takes the figures, as {@link #figures} gives them, before the first row
     * @throws IOException if it cannot be read, or is not a series
     */
    public static void read(Path file, Function<List<String>, Visitor> beginning) throws IOException {
        try (BufferedReader in = Files.newBufferedReader(file)) {
            List<String> figures = figures(file, in.readLine());
            int columns = figures.size();
            Visitor visitor = beginning.apply(figures);
            double[] values = new double[columns];
            int line = 2;
            for (String text = in.readLine(); text != null; text = in.readLine(), line++) {
                int cells = cells(text);
                if (cells != columns + 1) {
                    throw new IOException(
                            "%s line %d: %d cells instead of %d".formatted(file, line, cells, columns + 1));
                }
                try {
                    int end = end(text, 0);
                    int step = Integer.parseInt(text.substring(0, end));
                    for (int i = 0; i < columns; i++) {
                        int begin = end + 1;
                        end = end(text, begin);
                        values[i] = number(text, begin, end);
                    }
                    visitor.row(step, values);
                } catch (NumberFormatException e) {
                    throw new IOException(
                            "%s line %d: not a row of numbers: %s".formatted(file, line, Text.quote(text)), e);
                }
            }
        }
    }

    private static int cells(String line) {
        int cells = 1;
        for (int comma = line.indexOf(','); comma >= 0; comma = line.indexOf(',', comma + 1)) {
            cells++;
        }
        return cells;
    }

    /** Where the cell ends that begins at a place. */
    private static int end(String line, int begin) {
        int comma = line.indexOf(',', begin);
        return comma < 0 ? line.length() : comma;
    }

    /** The number of a cell; most are short whole numbers, which need no parser. */
    private static double number(String line, int begin, int end) {
        if (begin == end) {
            return Double.NaN;
        }
        if (end - begin > WHOLE_DIGITS) {
            return Double.parseDouble(line.substring(begin, end));
        }
        long whole = 0;
        for (int i = begin; i < end; i++) {
            char c = line.charAt(i);
            if (c < '0' || c > '9') {
                return Double.parseDouble(line.substring(begin, end));
            }
            whole = 10 * whole + c - '0';
        }
        return whole;
    }

    private static List<String> figures(Path file, String header) throws IOException {
        List<String> names = header == null ? List.of() : List.of(header.split(",", -1));
        if (names.isEmpty()
                || !names.getFirst().equals(STEP)
                || !names.stream().skip(1).allMatch(name -> FIGURE.matcher(name).matches())) {
            throw new IOException("%s: not a series; its first line is %s"
                    .formatted(file, header == null ? "missing" : Text.quote(header)));
        }
        return names.subList(1, names.size());
    }
}
