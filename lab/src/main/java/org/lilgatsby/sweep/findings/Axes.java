package org.lilgatsby.sweep.findings;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.lilgatsby.sweep.RunTable;
import org.lilgatsby.sweep.Sweep;
import org.lilgatsby.sweep.findings.SweepFindings.Varied;

/**
 * The numeric settings of a sweep, along which figures are shown.
 *
 * @param axes one for each numeric setting of at least two values, but the seed
 */
record Axes(List<Axis> axes) {
    private static final String SEED = "seed";

    /**
     * A setting.
     *
     * @param values ascending
     * @param cells for each value, the done runs that have it
     */
    record Axis(String setting, double[] values, List<Cell> cells) {}

    /** What varies, and whether it does so on its own. */
    static List<Varied> varied(Sweep sweep, List<RunTable.Row> rows) {
        List<Varied> varied = new ArrayList<>();
        for (List<String> together : sweep.axes()) {
            for (String setting : together) {
                List<String> values = rows.stream()
                        .map(row -> row.point().settings().get(setting))
                        .distinct()
                        .toList();
                List<String> others =
                        together.stream().filter(key -> !key.equals(setting)).toList();
                boolean numeric = values.stream().allMatch(Axes::isNumber);
                varied.add(new Varied(setting, values, numeric, others));
            }
        }
        return List.copyOf(varied);
    }

    /** The axes of the done runs. */
    static Axes of(List<Varied> varied, List<RunTable.Row> rows) {
        List<Axis> axes = new ArrayList<>();
        for (Varied setting : varied) {
            if (setting.numeric()
                    && !setting.setting().equals(SEED)
                    && setting.values().size() > 1) {
                axes.add(axis(setting.setting(), rows));
            }
        }
        return new Axes(List.copyOf(axes));
    }

    private static Axis axis(String setting, List<RunTable.Row> rows) {
        Map<Double, List<Integer>> runs = new TreeMap<>();
        for (int i = 0; i < rows.size(); i++) {
            double value = Double.parseDouble(rows.get(i).point().settings().get(setting));
            List<Integer> there = runs.computeIfAbsent(value, _ -> new ArrayList<>());
            if (rows.get(i).state() == RunTable.State.DONE) {
                there.add(i);
            }
        }
        return new Axis(
                setting,
                runs.keySet().stream().mapToDouble(Double::doubleValue).toArray(),
                runs.values().stream().map(Cell::of).toList());
    }

    /** Number of values of all axes together. */
    int size() {
        return axes.stream().mapToInt(axis -> axis.values().length).sum();
    }

    /** The cells of all axes. */
    List<Cell> cells() {
        return axes.isEmpty()
                ? Collections.emptyList()
                : axes.stream().flatMap(axis -> axis.cells().stream()).toList();
    }

    private static boolean isNumber(String text) {
        try {
            return Double.isFinite(new BigDecimal(text).doubleValue());
        } catch (NumberFormatException e) {
            return false;
        }
    }
}
