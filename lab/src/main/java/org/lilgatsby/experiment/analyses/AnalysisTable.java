package org.lilgatsby.experiment.analyses;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;
import java.util.function.IntFunction;
import org.lilgatsby.analysis.CountSeries;
import org.lilgatsby.analysis.FigureSeries;
import org.lilgatsby.tokenizer.TokenTexts;

/**
 * Figures in rows and columns.
 *
 * @param columns their definitions
 * @param rows each as long as the columns; a cell is an Integer, a Long, a Double, a Boolean, text, or {@link Never}. A
 *     NaN is undefined
 */
public record AnalysisTable(List<Column> columns, List<List<Object>> rows) {
    /** The name of a column of token ids. */
    private static final String TOKEN = "token";

    /** The step of something that did not happen: "never" in text, an empty cell in CSV, null in JSON. */
    public enum Never {
        NEVER;

        /** The step, or {@link #NEVER} if it is the number that stands for it. */
        public static Object unless(int step, int never) {
            return step == never ? NEVER : step;
        }

        /** As shown to people. */
        @Override
        public String toString() {
            return "never";
        }
    }

    /**
     * Copies the lists.
     *
     * @throws IllegalArgumentException if a row's length differs from the number of columns
     */
    public AnalysisTable {
        columns = List.copyOf(columns);
        rows = List.copyOf(rows);
        for (List<Object> row : rows) {
            if (row.size() != columns.size()) {
                throw new IllegalArgumentException(
                        "a row has %d cells, but there are %d columns: %s".formatted(row.size(), columns.size(), row));
            }
        }
    }

    /**
     * The same with the name of each token behind its id: behind each column {@code token} one {@code text}. Unchanged
     * where ids have no tokenizer.
     */
    AnalysisTable named(TokenTexts texts) {
        if (!(texts instanceof TokenTexts.Named)) {
            return this;
        }
        List<Column> named = new ArrayList<>();
        for (Column column : columns) {
            named.add(column);
            if (column.name().equals(TOKEN)) {
                named.add(new Column("text", "", "the text that the token stands for"));
            }
        }
        List<List<Object>> namedRows = new ArrayList<>();
        for (List<Object> row : rows) {
            List<Object> cells = new ArrayList<>();
            for (int i = 0; i < row.size(); i++) {
                cells.add(row.get(i));
                if (columns.get(i).name().equals(TOKEN)) {
                    cells.add(row.get(i) instanceof Integer id ? texts.name(id).orElse("") : "");
                }
            }
            namedRows.add(List.copyOf(cells));
        }
        return new AnalysisTable(named, namedRows);
    }

    /** Builds a table row by row. */
    public static final class Rows {
        private final List<Column> columns = new ArrayList<>();
        private final List<List<Object>> rows = new ArrayList<>();

        /** Adds a column, before any row. */
        public Rows column(String name, String unit, String meaning) {
            columns.add(new Column(name, unit, meaning));
            return this;
        }

        /** Adds a row with a cell for each column. */
        public Rows row(Object... cells) {
            rows.add(List.copyOf(Arrays.asList(cells)));
            return this;
        }

        /** The table of the rows added so far. */
        public AnalysisTable table() {
            return new AnalysisTable(columns, rows);
        }
    }

    /** Builds a table with a row for each of some recorded states, beginning with its step. */
    public static final class OverTime {
        private final List<Column> columns = new ArrayList<>();
        private final List<IntFunction<Object>> figures = new ArrayList<>();
        private final int[] places;

        /**
         * @param places of the rows in the recording
         * @param steps the step of each place of the recording
         */
        public OverTime(int[] places, IntFunction<Object> steps) {
            this.places = places;
            add("step", "", "updates before the state", steps);
        }

        /** Adds a column of counts. */
        public OverTime add(String name, String unit, String meaning, CountSeries counts) {
            return add(name, unit, meaning, (IntFunction<Object>) counts::at);
        }

        /** Adds a column of figures. */
        public OverTime add(String name, String unit, String meaning, FigureSeries series) {
            return add(name, unit, meaning, (IntFunction<Object>) series::at);
        }

        /** Adds a column of the values that a function gives for each place. */
        public OverTime add(String name, String unit, String meaning, IntFunction<Object> figure) {
            columns.add(new Column(name, unit, meaning));
            figures.add(figure);
            return this;
        }

        /** The table of the columns added so far. */
        public AnalysisTable table() {
            List<List<Object>> rows = Arrays.stream(places)
                    .mapToObj(place ->
                            figures.stream().map(figure -> figure.apply(place)).toList())
                    .toList();
            return new AnalysisTable(columns, rows);
        }
    }

    /** The index of a column; empty if there is none of this name. */
    public OptionalInt column(String name) {
        for (int i = 0; i < columns.size(); i++) {
            if (columns.get(i).name().equals(name)) {
                return OptionalInt.of(i);
            }
        }
        return OptionalInt.empty();
    }
}
