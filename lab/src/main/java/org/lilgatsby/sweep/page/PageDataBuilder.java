package org.lilgatsby.sweep.page;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.lilgatsby.sweep.RunTable;
import org.lilgatsby.sweep.RunTable.Row;
import org.lilgatsby.sweep.RunTable.State;
import org.lilgatsby.sweep.SeriesFile;
import org.lilgatsby.sweep.findings.SweepFindings;
import org.lilgatsby.sweep.findings.SweepFindings.Band;
import org.lilgatsby.sweep.findings.SweepFindings.CriterionMet;
import org.lilgatsby.sweep.findings.SweepFindings.Varied;

/** Selects what a page draws, so that the page of a large sweep stays small. */
final class PageDataBuilder {
    /** The most groups beside each other. */
    static final int GROUPS = 12;

    /** The most rows of the table. */
    static final int ROWS = 10_000;

    /** The most values of figures that are not headlines. */
    private static final int OTHER_VALUES = 80_000;

    /** The most numbers in bands over the steps, over all figures and groups. */
    private static final int BAND_NUMBERS = 100_000;

    /** The most numbers in bands against settings, over all figures and settings. */
    private static final int ALONG_NUMBERS = 60_000;

    /** The most numbers of single runs over the steps. */
    private static final int SINGLE_NUMBERS = 60_000;

    /** The most single runs over the steps; more are a solid area. */
    private static final int SINGLE_RUNS = 48;

    private static final int MOST_STEPS = 150;
    private static final int FEWEST_STEPS = 16;
    private static final int MOST_VALUES = 100;
    private static final int FEWEST_VALUES = 12;

    /** Arrays of a band. */
    private static final int COLUMNS = 10;

    private final SweepFindings findings;
    private final RunTable table;
    private final int[] groups;
    private final int[] rows;
    /** For each point, its group's place among those drawn; -1 if its group is not drawn. */
    private final int[] groupOf;

    PageDataBuilder(SweepFindings findings, RunTable table) {
        this(findings, table, ROWS);
    }

    /** @param most rows of the table */
    PageDataBuilder(SweepFindings findings, RunTable table, int most) {
        this.findings = findings;
        this.table = table;
        this.groups = Selection.evenly(findings.groups().size(), GROUPS);
        this.rows = Selection.evenly(table.rows().size(), most);
        this.groupOf = new int[table.rows().size()];
        Arrays.fill(groupOf, -1);
        for (int g = 0; g < groups.length; g++) {
            for (int run : findings.groups().get(groups[g]).runs()) {
                groupOf[run] = g;
            }
        }
    }

    /**
     * The data of a page.
     *
     * @param directory of the page, from which runs are linked
     * @throws IOException if a series cannot be read
     */
    PageData build(Path directory) throws IOException {
        int[] drawn = drawn();
        return new PageData(
                findings.identity().name(),
                findings.counts(),
                IntStream.of(groups).mapToObj(this::group).toList(),
                findings.groups().size(),
                findings.varied(),
                runs(drawn, directory),
                outcomes(drawn),
                series(),
                findings.criteria().stream().map(this::criterion).toList());
    }

    private PageData.Group group(int place) {
        SweepFindings.Group group = findings.groups().get(place);
        return new PageData.Group(place, group.name(), group.n());
    }

    /** Rows of the table, of done runs, for which all figures fit into the page. */
    private int[] drawn() {
        int[] done = IntStream.range(0, rows.length)
                .filter(row -> row(row).state() == State.DONE)
                .toArray();
        int most = Math.max(2, OTHER_VALUES / Math.max(1, findings.others().size()));
        return Selection.at(done, Selection.evenly(done.length, most));
    }

    private Row row(int row) {
        return table.rows().get(rows[row]);
    }

    private PageData.Runs runs(int[] drawn, Path directory) throws IOException {
        Map<Integer, String> reasons = new LinkedHashMap<>();
        Map<Integer, String> links = new LinkedHashMap<>();
        RunLinks pages = new RunLinks(directory);
        for (int row = 0; row < rows.length; row++) {
            if (row(row).state() == State.FAILED) {
                reasons.put(row, row(row).reason());
            }
            Optional<String> link = row(row).directory().isEmpty()
                    ? Optional.empty()
                    : pages.to(row(row).directory().get());
            if (link.isPresent()) {
                links.put(row, link.get());
            }
        }
        return new PageData.Runs(
                table.rows().size(),
                each(row -> row.point().key().sha256()),
                each(row -> row.state().toString()),
                Selection.at(groupOf, rows),
                findings.varied().stream().map(this::places).toList(),
                reasons,
                links,
                drawn);
    }

    private <T> List<T> each(Function<Row, T> part) {
        return IntStream.range(0, rows.length)
                .mapToObj(row -> part.apply(row(row)))
                .toList();
    }

    private int[] places(Varied varied) {
        Map<String, Integer> places = new HashMap<>();
        varied.values().forEach(value -> places.putIfAbsent(value, places.size()));
        return IntStream.range(0, rows.length)
                .map(row -> places.getOrDefault(row(row).point().settings().get(varied.setting()), -1))
                .toArray();
    }

    private List<PageData.Outcome> outcomes(int[] drawn) {
        Map<String, Integer> columns = new HashMap<>();
        table.figures().forEach(figure -> columns.put(figure, columns.size()));
        int[] all = IntStream.range(0, rows.length).toArray();
        int bands = Math.max(1, findings.others().size() + findings.headlines().size())
                * (int) Math.max(
                        1, findings.varied().stream().filter(Varied::numeric).count());
        int values = Math.clamp(ALONG_NUMBERS / bands / COLUMNS, FEWEST_VALUES, MOST_VALUES);
        List<PageData.Outcome> outcomes = new ArrayList<>();
        findings.headlines().forEach(outcome -> outcomes.add(outcome(outcome, true, all, columns, MOST_VALUES)));
        findings.others().forEach(outcome -> outcomes.add(outcome(outcome, false, drawn, columns, values)));
        return outcomes;
    }

    private PageData.Outcome outcome(
            SweepFindings.Outcome outcome, boolean headline, int[] of, Map<String, Integer> columns, int mostValues) {
        int column = columns.get(outcome.figure().name());
        return new PageData.Outcome(
                outcome.figure(),
                headline,
                outcome.groups().isEmpty()
                        ? List.of()
                        : IntStream.of(groups).mapToObj(outcome.groups()::get).toList(),
                outcome.axes().stream().map(axis -> along(axis, mostValues)).toList(),
                IntStream.of(of).mapToDouble(row -> row(row).figure(column)).toArray());
    }

    private static PageData.Along along(SweepFindings.Along axis, int most) {
        int[] places = Selection.evenly(axis.values().length, most);
        return new PageData.Along(
                axis.setting(), Selection.at(axis.values(), places), axis.values().length, band(axis.band(), places));
    }

    private static Band band(Band band, int[] places) {
        return new Band(
                Selection.at(band.n(), places),
                Selection.at(band.mean(), places),
                Selection.at(band.deviation(), places),
                Selection.at(band.least(), places),
                Selection.at(band.lowerQuartile(), places),
                Selection.at(band.median(), places),
                Selection.at(band.upperQuartile(), places),
                Selection.at(band.greatest(), places),
                Selection.at(band.meanLow(), places),
                Selection.at(band.meanHigh(), places));
    }

    private PageData.Criterion criterion(CriterionMet met) {
        Map<Integer, Integer> steps = new HashMap<>();
        met.runs().forEach(run -> steps.put(run.run(), run.step()));
        List<Integer> ofRows = new ArrayList<>();
        for (int row : rows) {
            ofRows.add(steps.get(row));
        }
        return new PageData.Criterion(
                met.criterion(),
                met.sentence(),
                IntStream.of(groups).mapToObj(met.groups()::get).toList(),
                ofRows);
    }

    private Optional<PageData.Series> series() throws IOException {
        if (findings.series().isEmpty()) {
            return Optional.empty();
        }
        SweepFindings.Series series = findings.series().get();
        int bands = Math.max(1, series.figures().size() * groups.length);
        int[] places = Selection.steps(
                series.steps().length, Math.clamp(BAND_NUMBERS / bands / COLUMNS, FEWEST_STEPS, MOST_STEPS));
        int[] steps = Selection.at(series.steps(), places);
        List<String> names =
                series.figures().stream().map(over -> over.figure().name()).toList();
        int[] runs = singleRuns(SINGLE_NUMBERS / Math.max(1, names.size() * steps.length));
        List<double[][]> read = new ArrayList<>();
        for (int run : runs) {
            read.add(read(row(run), steps, names));
        }
        List<PageData.OverSteps> figures = new ArrayList<>();
        for (int f = 0; f < names.size(); f++) {
            SweepFindings.OverSteps over = series.figures().get(f);
            int column = f;
            figures.add(new PageData.OverSteps(
                    over.figure(),
                    IntStream.of(groups)
                            .mapToObj(group -> band(over.groups().get(group), places))
                            .toList(),
                    read.stream().map(values -> values[column]).toList()));
        }
        return Optional.of(new PageData.Series(steps, series.recordedSteps(), figures, runs));
    }

    /** Rows of done runs with a series, as many of each group drawn. */
    private int[] singleRuns(int fit) {
        int each = Math.clamp(fit, 2, SINGLE_RUNS) / Math.max(1, groups.length);
        List<Integer> runs = new ArrayList<>();
        for (int g = 0; g < groups.length; g++) {
            int group = g;
            int[] ofGroup = IntStream.range(0, rows.length)
                    .filter(row -> groupOf[rows[row]] == group && hasSeries(row(row)))
                    .toArray();
            for (int place : Selection.evenly(ofGroup.length, Math.max(2, each))) {
                runs.add(ofGroup[place]);
            }
        }
        return runs.stream().mapToInt(Integer::intValue).sorted().toArray();
    }

    private static boolean hasSeries(Row row) {
        return row.directory()
                .filter(directory -> Files.exists(directory.resolve(SeriesFile.NAME)))
                .isPresent();
    }

    /** Figures of a run by name and step; NaN where it has none. */
    private static double[][] read(Row row, int[] steps, List<String> names) throws IOException {
        Path file = row.directory().orElseThrow().resolve(SeriesFile.NAME);
        double[][] found = new double[names.size()][steps.length];
        for (double[] values : found) {
            Arrays.fill(values, Double.NaN);
        }
        SeriesFile.read(file, columns -> {
            int[] column = names.stream().mapToInt(columns::indexOf).toArray();
            return (step, values) -> {
                int place = Arrays.binarySearch(steps, step);
                for (int f = 0; place >= 0 && f < column.length; f++) {
                    found[f][place] = column[f] < 0 ? Double.NaN : values[column[f]];
                }
            };
        });
        return found;
    }
}
