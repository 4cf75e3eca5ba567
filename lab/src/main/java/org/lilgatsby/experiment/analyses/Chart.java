package org.lilgatsby.experiment.analyses;

import java.util.List;

/**
 * The chart of an analysis on a run's page: some columns of its table over the steps, for each group of tokens. Only
 * analyses with a row for each state have one.
 *
 * @param title what it shows
 * @param read how to read it, in a sentence or two
 * @param columns names of the columns drawn, all in the same unit
 * @param logarithmic whether the axis of the figures is logarithmic, with a lane for zero
 */
public record Chart(String title, String read, List<String> columns, boolean logarithmic) {
    /** @throws IllegalArgumentException if no column is named */
    public Chart {
        columns = List.copyOf(columns);
        if (columns.isEmpty()) {
            throw new IllegalArgumentException("the chart '%s' draws no column".formatted(title));
        }
    }
}
