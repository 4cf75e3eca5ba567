package org.lilgatsby.experiment.analyses;

import java.util.List;

/**
 * The chart of an analysis on a run's page, for each group of tokens: some columns of its table.
 *
 * @param form how they are drawn
 * @param title what it shows
 * @param read how to read it, in a sentence or two
 * @param axis what all columns are, with their unit: the name of the axis of the figures
 * @param columns names of the columns drawn, all in the same unit
 * @param logarithmic whether the axis of the figures is logarithmic, with a lane for zero
 */
public record Chart(Form form, String title, String read, String axis, List<String> columns, boolean logarithmic) {
    /** How columns are drawn. */
    public enum Form {
        /** Lines over the steps; for an analysis with a row for each state. */
        LINES,
        /**
         * A bar for each token, in the order of the column {@code rank}; every column holds a step up to which a part
         * of the bar reaches, each at least as far as the one before.
         */
        BARS
    }

    /** Lines over the steps. */
    public Chart(String title, String read, String axis, List<String> columns, boolean logarithmic) {
        this(Form.LINES, title, read, axis, columns, logarithmic);
    }

    /** A bar for each token, whose parts end at steps. */
    public static Chart ofTokens(String title, String read, List<String> columns) {
        return new Chart(Form.BARS, title, read, "step", columns, false);
    }

    /** @throws IllegalArgumentException if no column is named */
    public Chart {
        columns = List.copyOf(columns);
        if (columns.isEmpty()) {
            throw new IllegalArgumentException("the chart '%s' draws no column".formatted(title));
        }
    }
}
