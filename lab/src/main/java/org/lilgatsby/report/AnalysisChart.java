package org.lilgatsby.report;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.lilgatsby.analysis.Group;
import org.lilgatsby.analysis.PerGroup;
import org.lilgatsby.experiment.analyses.Analyses;
import org.lilgatsby.experiment.analyses.Analysis;
import org.lilgatsby.experiment.analyses.AnalysisContext;
import org.lilgatsby.experiment.analyses.AnalysisTable;
import org.lilgatsby.experiment.analyses.Chart;
import org.lilgatsby.experiment.analyses.Selection;

/**
 * The chart of an analysis, with the figures of a run, at steps 0, 1, 2, 3, 5, 7, 10 and so on. Figures have seven
 * significant digits.
 *
 * @param name of the analysis
 * @param title what it shows
 * @param read how to read it
 * @param unit of all its figures; empty for counts and ratios
 * @param logarithmic whether the axis of the figures is logarithmic
 * @param lines of each group
 */
public record AnalysisChart(
        String name, String title, String read, String unit, boolean logarithmic, PerGroup<Lines> lines) {
    /**
     * Figures over steps.
     *
     * @param steps the steps
     * @param values for each column name, a figure at each step; NaN if undefined
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
        int first = column(analysis, tables.all(), chart.columns().getFirst());
        return new AnalysisChart(
                analysis.name(),
                chart.title(),
                chart.read(),
                tables.all().columns().get(first).unit(),
                chart.logarithmic(),
                tables.map(table -> lines(analysis, chart, table)));
    }

    private static AnalysisTable table(Analysis analysis, AnalysisContext run, Group group) throws IOException {
        return analysis.table(run, new Selection(group, OptionalInt.empty(), Selection.Detail.SOME));
    }

    private static Lines lines(Analysis analysis, Chart chart, AnalysisTable table) {
        int step = column(analysis, table, "step");
        Map<String, double[]> values = new LinkedHashMap<>();
        for (String name : chart.columns()) {
            int at = column(analysis, table, name);
            values.put(
                    name,
                    table.rows().stream()
                            .mapToDouble(row -> Sampling.sevenDigits(((Number) row.get(at)).doubleValue()))
                            .toArray());
        }
        int[] steps = table.rows().stream().mapToInt(row -> (int) row.get(step)).toArray();
        return new Lines(steps, values);
    }

    private static int column(Analysis analysis, AnalysisTable table, String name) {
        return table.column(name)
                .orElseThrow(() -> new IllegalStateException(
                        "the chart of the analysis '%s' draws the column '%s', which its table lacks"
                                .formatted(analysis.name(), name)));
    }
}
