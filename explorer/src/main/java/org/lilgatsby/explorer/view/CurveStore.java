package org.lilgatsby.explorer.view;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.lilgatsby.experiment.analyses.Analysis;
import org.lilgatsby.experiment.analyses.AnalysisTable;
import org.lilgatsby.experiment.analyses.Selection;
import org.lilgatsby.explorer.library.OpenRun;
import org.lilgatsby.explorer.library.Place;

/** The tables of analyses over time, every state. */
public final class CurveStore {
    static final String STEP = "step";

    private final Background background;

    public CurveStore(Background background) {
        this.background = background;
    }

    /** Columns of figures, as the analysis gave them. */
    private record Table(int[] steps, Map<String, double[]> columns) implements Background.Result {
        @Override
        public long numbers() {
            return (long) steps.length * (columns.size() + 1);
        }
    }

    /**
     * A column of an analysis, as far as it is known.
     *
     * @param patience how long to wait for the first table, in milliseconds
     * @return empty if it is still being computed
     * @throws IllegalArgumentException if the analysis has no such column
     * @throws IOException if the analysis failed, or the run does not allow it
     */
    public Optional<Series> find(Place place, OpenRun run, CurveName name, long patience) throws IOException {
        String what = name.analysis().name() + " " + name.group();
        return background
                .find(place, run, what, Table.class, patience, open -> compute(open, name))
                .map(table -> column(table, name));
    }

    private static Table compute(OpenRun run, CurveName name) throws IOException {
        EveryState.require(run);
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
        return new Table(steps, columns);
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
}
