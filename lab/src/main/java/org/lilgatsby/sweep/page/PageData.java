package org.lilgatsby.sweep.page;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.lilgatsby.sweep.findings.Figure;
import org.lilgatsby.sweep.findings.SweepFindings.Band;
import org.lilgatsby.sweep.findings.SweepFindings.Counts;
import org.lilgatsby.sweep.findings.SweepFindings.InGroup;
import org.lilgatsby.sweep.findings.SweepFindings.MetInGroup;
import org.lilgatsby.sweep.findings.SweepFindings.Varied;

/**
 * What the scripts of a sweep's page draw. Statistics are those of the findings, never computed again. Of a large
 * sweep, there are only some groups, runs and steps; each part says of how many. An undefined figure is NaN here and
 * null in the page.
 *
 * @param name of the sweep
 * @param groups the groups drawn
 * @param groupsOfAll number of all groups
 * @param varied the settings that vary
 * @param outcomes figures at the end of the runs, headlines first
 * @param series figures over the steps, if runs kept them
 */
record PageData(
        String name,
        Counts counts,
        List<Group> groups,
        int groupsOfAll,
        List<Varied> varied,
        Runs runs,
        List<Outcome> outcomes,
        Optional<Series> series,
        List<Criterion> criteria) {

    /** A group of runs; {@code place} counts from 0 among all groups. */
    record Group(int place, String name, int n) {}

    /**
     * The table of runs; arrays as long as there are rows.
     *
     * @param total number of all runs
     * @param groups place in {@link PageData#groups}; -1 for a group that is not drawn
     * @param settings for each varied setting, the places of the values in {@link Varied#values}
     * @param reasons why a run failed, by row
     * @param links relative address of a run's own page, by row
     * @param drawn rows that have values of every figure
     */
    record Runs(
            int total,
            List<String> keys,
            List<String> states,
            int[] groups,
            List<int[]> settings,
            Map<Integer, String> reasons,
            Map<Integer, String> links,
            int[] drawn) {}

    /**
     * A figure at the end of the runs.
     *
     * @param groups for each group drawn; empty if the sweep is too large for it
     * @param axes against numeric settings; empty if the sweep is too large for it
     * @param values of a headline for each row of the table, of another figure for each row in {@link Runs#drawn}
     */
    record Outcome(Figure figure, boolean headline, List<InGroup> groups, List<Along> axes, double[] values) {}

    /**
     * A figure against a numeric setting.
     *
     * @param valuesOfAll number of all values of the setting
     */
    record Along(String setting, double[] values, int valuesOfAll, Band band) {}

    /**
     * Figures over the steps.
     *
     * @param steps those drawn
     * @param recordedSteps number of different steps that the runs recorded
     * @param runs rows of the table that are drawn as single runs
     */
    record Series(int[] steps, int recordedSteps, List<OverSteps> figures, int[] runs) {}

    /**
     * A figure over the steps.
     *
     * @param groups for each group drawn, at each step drawn
     * @param runs for each single run drawn, at each step drawn
     */
    record OverSteps(Figure figure, List<Band> groups, List<double[]> runs) {}

    /**
     * When a criterion was first met.
     *
     * @param groups for each group drawn
     * @param steps for each row of the table; null for a run that never met it
     */
    record Criterion(String criterion, String sentence, List<MetInGroup> groups, List<Integer> steps) {}
}
