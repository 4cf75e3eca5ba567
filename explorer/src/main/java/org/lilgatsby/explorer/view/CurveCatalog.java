package org.lilgatsby.explorer.view;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.ConcurrentHashMap;
import org.lilgatsby.analysis.Group;
import org.lilgatsby.experiment.analyses.Analyses;
import org.lilgatsby.experiment.analyses.Analysis;
import org.lilgatsby.experiment.analyses.AnalysisTable;
import org.lilgatsby.experiment.analyses.Column;
import org.lilgatsby.experiment.analyses.Selection;
import org.lilgatsby.explorer.library.OpenRun;
import org.lilgatsby.explorer.library.OpenRuns;
import org.lilgatsby.explorer.library.Place;

/**
 * The curves that a run has: its scalars, and for each analysis over time the columns of its table. An analysis tells
 * its columns only by making a table, so it makes one of the first two states.
 */
public final class CurveCatalog {
    private static final int STATES = 2;

    private final Map<String, List<Column>> columns = new ConcurrentHashMap<>();

    /**
     * A curve that can be drawn.
     *
     * @param name what it is asked for by
     * @param label the analysis or scalar that it belongs to, and its column
     * @param unit empty for counts and ratios
     * @param group {@code all}, {@code live} or {@code dead}; null for a curve of the whole run
     * @param analysis the analysis; null for a scalar
     * @param definition what it holds
     */
    public record Drawable(String name, String label, String unit, String group, String analysis, String definition) {}

    /**
     * The curves of a run.
     *
     * @throws IOException if the recording cannot be read
     */
    public List<Drawable> of(Place place, OpenRun run) throws IOException {
        List<Drawable> curves = new ArrayList<>(Scalars.of(run));
        List<Analysis> answered = run.glance(context -> Analyses.all().stream()
                .filter(analysis -> analysis.scope() == Analysis.Scope.OVER_TIME)
                .filter(analysis -> analysis.missing(context).isEmpty())
                .toList());
        if (!answered.stream().allMatch(analysis -> columns.containsKey(analysis.name()))) {
            OpenRuns.withBeginning(place, STATES, beginning -> learn(beginning, answered));
        }
        for (Analysis analysis : answered) {
            for (Group group : groups(run)) {
                for (Column column : columns.getOrDefault(analysis.name(), List.of())) {
                    curves.add(new Drawable(
                            new CurveName(analysis, column.name(), group).toString(),
                            analysis.name() + ": " + column.name(),
                            column.unit(),
                            group.toString(),
                            analysis.name(),
                            column.meaning()));
                }
            }
        }
        return curves;
    }

    /** The groups that have a token, the one that is looked at most first. */
    private static List<Group> groups(OpenRun run) {
        List<Group> groups = new ArrayList<>();
        for (Group group : List.of(Group.DEAD, Group.LIVE, Group.ALL)) {
            if (run.split().tokens(group).size() > 0) {
                groups.add(group);
            }
        }
        return groups;
    }

    private Void learn(OpenRun beginning, List<Analysis> analyses) throws IOException {
        Selection selection = new Selection(groups(beginning).getFirst(), OptionalInt.empty(), Selection.Detail.ALL);
        for (Analysis analysis : analyses) {
            if (beginning.ask(context -> analysis.answer(context, selection)) instanceof Analysis.Found found) {
                columns.put(analysis.name(), figures(found.table()));
            }
        }
        return null;
    }

    /** The columns after the step. */
    private static List<Column> figures(AnalysisTable table) {
        return table.columns().stream()
                .filter(column -> !column.name().equals(CurveStore.STEP))
                .toList();
    }
}
