package org.lilgatsby.report;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import org.lilgatsby.analysis.Group;
import org.lilgatsby.analysis.PerGroup;
import org.lilgatsby.experiment.analyses.Analyses;
import org.lilgatsby.experiment.analyses.Analysis;
import org.lilgatsby.experiment.analyses.AnalysisContext;
import org.lilgatsby.experiment.analyses.AnalysisTable;
import org.lilgatsby.experiment.analyses.Chart;
import org.lilgatsby.experiment.analyses.Names;
import org.lilgatsby.experiment.analyses.Selection;

/**
 * The chart of an analysis, with the figures of a run, at the steps of {@link Selection.Detail#DRAWN}; or with a bar
 * for each token, evenly sampled if they are many. Figures have seven significant digits.
 *
 * @param name of the analysis
 * @param form {@code lines} over steps, or {@code bars} of tokens
 * @param title what it shows
 * @param read how to read it
 * @param axis name of the axis of the figures, with their unit
 * @param logarithmic whether the axis of the figures is logarithmic
 * @param lines of each group
 */
public record AnalysisChart(
        String name, String form, String title, String read, String axis, boolean logarithmic, PerGroup<Lines> lines) {
    /** More bars than this cannot be told apart. */
    static final int MOST_BARS = 1_000;

    /**
     * Figures over steps, or steps over tokens.
     *
     * @param steps the steps; of bars, the ranks of the tokens
     * @param values for each column name, a figure at each of them; NaN if undefined, 0 for the step of what never
     *     happened
     */
    public record Lines(int[] steps, Map<String, double[]> values) {}

    /**
     * The charts of all analyses that have one and that the run can answer.
     *
     * @throws IOException if the recording cannot be read
     * @throws IllegalStateException if a chart names a column that its analysis does not have
     */
    public static List<AnalysisChart> of(AnalysisContext run) throws IOException {
        List<AnalysisChart> charts = new ArrayList<>();
        for (Analysis analysis : Analyses.all()) {
            if (analysis.chart().isPresent() && analysis.missing(run).isEmpty()) {
                charts.add(of(analysis, analysis.chart().get(), run));
            }
        }
        return charts;
    }

    private static AnalysisChart of(Analysis analysis, Chart chart, AnalysisContext run) throws IOException {
        PerGroup<AnalysisTable> tables = new PerGroup<>(
                table(analysis, run, Group.ALL), table(analysis, run, Group.LIVE), table(analysis, run, Group.DEAD));
        return new AnalysisChart(
                analysis.name(),
                Names.of(chart.form()),
                chart.title(),
                analysis.basis(run).map(basis -> chart.read() + " " + basis).orElse(chart.read()),
                chart.axis(),
                chart.logarithmic(),
                tables.map(table -> lines(analysis, chart, table)));
    }

    private static AnalysisTable table(Analysis analysis, AnalysisContext run, Group group) throws IOException {
        return analysis.table(run, new Selection(group, OptionalInt.empty(), Selection.Detail.DRAWN));
    }

    private static Lines lines(Analysis analysis, Chart chart, AnalysisTable table) {
        boolean bars = chart.form() == Chart.Form.BARS;
        int along = column(analysis, table, bars ? "rank" : "step");
        List<List<Object>> rows = bars ? sampled(table.rows()) : table.rows();
        Map<String, double[]> values = new LinkedHashMap<>();
        for (String name : chart.columns()) {
            int at = column(analysis, table, name);
            values.put(
                    name,
                    rows.stream()
                            .mapToDouble(row -> Sampling.sevenDigits(number(row.get(at))))
                            .toArray());
        }
        return new Lines(rows.stream().mapToInt(row -> (int) row.get(along)).toArray(), values);
    }

    private static double number(Object cell) {
        return cell == AnalysisTable.Never.NEVER ? 0 : ((Number) cell).doubleValue();
    }

    /** The first row, the last, and others evenly between them. */
    private static List<List<Object>> sampled(List<List<Object>> rows) {
        int n = rows.size();
        return n <= MOST_BARS
                ? rows
                : IntStream.range(0, MOST_BARS)
                        .mapToObj(i -> rows.get((int) ((long) i * (n - 1) / (MOST_BARS - 1))))
                        .toList();
    }

    private static int column(Analysis analysis, AnalysisTable table, String name) {
        return table.column(name)
                .orElseThrow(() -> new IllegalStateException(
                        "the chart of the analysis '%s' draws the column '%s', which its table lacks"
                                .formatted(analysis.name(), name)));
    }
}
