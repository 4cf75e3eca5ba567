package org.lilgatsby.sweep.findings;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.lilgatsby.config.ExperimentConfig;
import org.lilgatsby.experiment.Figures;
import org.lilgatsby.recording.Manifest;
import org.lilgatsby.sweep.Distribution;
import org.lilgatsby.sweep.RunTable;
import org.lilgatsby.sweep.RunTable.State;
import org.lilgatsby.sweep.Sweep;
import org.lilgatsby.sweep.findings.Figure.Kind;
import org.lilgatsby.sweep.findings.SweepFindings.Constant;
import org.lilgatsby.sweep.findings.SweepFindings.Counts;
import org.lilgatsby.sweep.findings.SweepFindings.CriterionMet;
import org.lilgatsby.sweep.findings.SweepFindings.FailedRun;
import org.lilgatsby.sweep.findings.SweepFindings.Identity;
import org.lilgatsby.sweep.findings.SweepFindings.Listed;
import org.lilgatsby.sweep.findings.SweepFindings.MetAlong;
import org.lilgatsby.sweep.findings.SweepFindings.MetByRun;
import org.lilgatsby.sweep.findings.SweepFindings.MetInGroup;
import org.lilgatsby.sweep.findings.SweepFindings.MissingRun;
import org.lilgatsby.sweep.findings.SweepFindings.Outcome;
import org.lilgatsby.sweep.findings.SweepFindings.Series;
import org.lilgatsby.sweep.findings.SweepFindings.Varied;

/** Puts together what a sweep found. */
final class FindingsBuilder {
    /** The most distributions of single figures; beyond that, only the headlines are described. */
    private static final int MOST_DISTRIBUTIONS = 20_000;

    /** Values from this one on are not all whole numbers that a double can tell apart. */
    private static final double LARGEST_COUNT = 1e15;

    private final Sweep sweep;
    private final RunTable table;
    private final List<RunTable.Row> rows;
    private final List<Varied> varied;
    private final Grouping grouping;
    private final Axes axes;
    private final List<String> remarks = new ArrayList<>();

    private FindingsBuilder(Sweep sweep, RunTable table) {
        this.sweep = sweep;
        this.table = table;
        this.rows = table.rows();
        this.varied = Axes.varied(sweep, rows);
        this.grouping = Grouping.of(sweep.compared(), varied, rows);
        this.axes = Axes.of(varied, rows);
    }

    static SweepFindings of(Sweep sweep, RunTable table) throws IOException {
        return new FindingsBuilder(sweep, table).build();
    }

    private SweepFindings build() throws IOException {
        List<Outcomes.Values> changing = new ArrayList<>();
        List<Constant> constants = new ArrayList<>();
        List<Figure> undefined = new ArrayList<>();
        List<String> headlines = headlines();
        for (int column = 0; column < table.figures().size(); column++) {
            Outcomes.Values values = values(column);
            double[] defined = IntStream.range(0, rows.size())
                    .mapToDouble(values.ofRun())
                    .filter(value -> !Double.isNaN(value))
                    .toArray();
            if (defined.length == 0) {
                undefined.add(values.figure());
            } else if (headlines.contains(values.figure().name())
                    || Arrays.stream(defined).anyMatch(value -> value != defined[0])) {
                changing.add(values);
            } else {
                constants.add(new Constant(values.figure(), defined[0], defined.length));
            }
        }
        if (grouping.leavesPairsOut()) {
            remarks.add(("%s are too many to compare all pairs: only the first is compared with %d others. "
                            + "Name fewer settings in compare for other comparisons.")
                    .formatted(
                            Figures.of(grouping.groups().size(), "group"),
                            grouping.pairs().size()));
        }
        List<Outcomes.Values> first = headlines.stream()
                .flatMap(name -> changing.stream()
                        .filter(values -> values.figure().name().equals(name)))
                .toList();
        List<Outcome> outcomes = new Outcomes(grouping, axes)
                .of(Stream.concat(first.stream(), others(changing, headlines).stream())
                        .toList());
        Optional<SeriesScan.Result> scan = scan();
        return new SweepFindings(
                identity(),
                counts(),
                varied,
                List.copyOf(sweep.compared()),
                grouping.groups(),
                grouping.pairs(),
                outcomes.subList(0, first.size()),
                outcomes.subList(first.size(), outcomes.size()),
                List.copyOf(constants),
                List.copyOf(undefined),
                headlines.stream()
                        .flatMap(name -> undefined.stream()
                                .filter(figure -> figure.name().equals(name)))
                        .toList(),
                scan.map(SeriesScan.Result::series),
                scan.map(result -> criteria(result.met())).orElse(List.of()),
                listed(
                        State.FAILED,
                        (run, row) -> new FailedRun(
                                run, row.point().key().sha256(), row.point().settings(), row.reason())),
                listed(
                        State.MISSING,
                        (run, row) -> new MissingRun(
                                run, row.point().key().sha256(), row.point().settings())),
                List.copyOf(remarks));
    }

    /** Those that the sweep names, then those that every sweep has. */
    private List<String> headlines() {
        Set<String> there = new LinkedHashSet<>(table.figures());
        List<String> unknown =
                sweep.headlines().stream().filter(name -> !there.contains(name)).toList();
        if (!unknown.isEmpty() && !there.isEmpty()) {
            remarks.add("No run has these figures, which headlines names: %s.".formatted(String.join(", ", unknown)));
        }
        return Stream.concat(sweep.headlines().stream().filter(there::contains), KnownFigures.headlines(there).stream())
                .distinct()
                .toList();
    }

    private Identity identity() {
        ExperimentConfig config = rows.getFirst().point().config();
        return new Identity(
                SweepFindings.SCHEMA,
                sweep.name(),
                config.name(),
                sweep.title(),
                sweep.keep(),
                rows.stream()
                        .filter(row -> row.state() == State.DONE)
                        .map(RunTable.Row::program)
                        .distinct()
                        .toList(),
                Manifest.ARITHMETIC);
    }

    private Counts counts() {
        int done = count(State.DONE);
        return new Counts(done == rows.size(), rows.size(), done, count(State.FAILED), count(State.MISSING));
    }

    private int count(State state) {
        return (int) rows.stream().filter(row -> row.state() == state).count();
    }

    /** A figure of the done runs; those of failed runs are not final. */
    private Outcomes.Values values(int column) {
        String name = table.figures().get(column);
        double[] values = rows.stream().mapToDouble(row -> row.figure(column)).toArray();
        boolean whole = Arrays.stream(values)
                .filter(value -> !Double.isNaN(value))
                .allMatch(value -> value == Math.rint(value) && Math.abs(value) < LARGEST_COUNT);
        return new Outcomes.Values(KnownFigures.figure(name, whole ? Kind.COUNT : Kind.NUMBER), run -> values[run]);
    }

    private List<Outcomes.Values> others(List<Outcomes.Values> changing, List<String> headlines) {
        List<Outcomes.Values> others = changing.stream()
                .filter(values -> !headlines.contains(values.figure().name()))
                .toList();
        long distributions = (long) others.size() * (grouping.groups().size() + axes.size());
        if (distributions <= MOST_DISTRIBUTIONS) {
            return others;
        }
        remarks.add(
                "%s more in runs.csv are not described: with so many groups or values of a setting, that would take %s."
                        .formatted(Figures.of(others.size(), "figure"), Figures.of(distributions, "distribution")));
        return List.of();
    }

    private Optional<SeriesScan.Result> scan() throws IOException {
        Optional<SeriesPlan> plan = SeriesPlan.of(rows, grouping.cells());
        if (plan.isEmpty()) {
            return Optional.empty();
        }
        SeriesScan.Result result = SeriesScan.of(plan.get(), grouping.cells());
        Series series = result.series();
        if (series.steps().length < series.recordedSteps()) {
            remarks.add(("Statistics over the steps cover %s of %s recorded steps, evenly spaced, including the "
                            + "first and the last. Criteria are checked at all of them.")
                    .formatted(Figures.count(series.steps().length), Figures.count(series.recordedSteps())));
        }
        if (series.intervalSteps() < series.steps().length) {
            remarks.add(("Intervals of the mean over the steps are given for %s of these steps: with so many runs, "
                                    + "all would ")
                            .formatted(Figures.count(series.intervalSteps()))
                    + "take long.");
        }
        long without = IntStream.range(0, rows.size())
                .filter(i -> rows.get(i).state() == State.DONE
                        && plan.get().files().get(i).isEmpty())
                .count();
        if (without > 0) {
            remarks.add("For %s no series was kept; they are not in the statistics over the steps."
                    .formatted(Figures.of(without, "run")));
        }
        return Optional.of(result);
    }

    /** The criteria that a run can tell. */
    private List<CriterionMet> criteria(int[][] met) {
        int[] told = IntStream.range(0, met.length)
                .filter(k -> Arrays.stream(met[k]).anyMatch(step -> step != SeriesScan.CANNOT_TELL))
                .toArray();
        List<Cell> cells = Stream.concat(grouping.cells().stream(), axes.cells().stream())
                .distinct()
                .toList();
        List<List<Optional<Distribution>>> steps = Outcomes.described(
                cells,
                IntStream.of(told)
                        .<IntToDoubleFunction>mapToObj(k -> run -> met[k][run] < 0 ? Double.NaN : met[k][run])
                        .toList());
        return IntStream.range(0, told.length)
                .mapToObj(i -> {
                    Map<Cell, Optional<Distribution>> described = new HashMap<>();
                    for (int c = 0; c < cells.size(); c++) {
                        described.put(cells.get(c), steps.get(c).get(i));
                    }
                    return criterion(Criterion.ALL.get(told[i]), met[told[i]], described);
                })
                .toList();
    }

    private CriterionMet criterion(Criterion criterion, int[] steps, Map<Cell, Optional<Distribution>> described) {
        return new CriterionMet(
                criterion.name(),
                criterion.sentence(),
                grouping.cells().stream()
                        .map(cell -> new MetInGroup(
                                told(cell, steps),
                                described.get(cell).map(Distribution::n).orElse(0),
                                described.get(cell)))
                        .toList(),
                axes.axes().stream()
                        .map(axis -> new MetAlong(
                                axis.setting(),
                                axis.values(),
                                axis.cells().stream()
                                        .mapToInt(cell -> told(cell, steps))
                                        .toArray(),
                                Bands.of(axis.cells().stream()
                                        .map(described::get)
                                        .toList())))
                        .toList(),
                IntStream.range(0, steps.length)
                        .filter(run -> steps[run] >= 0)
                        .mapToObj(run -> new MetByRun(run, steps[run]))
                        .toList());
    }

    private static int told(Cell cell, int[] steps) {
        return cell.values(run -> steps[run] == SeriesScan.CANNOT_TELL ? Double.NaN : steps[run]).length;
    }

    private <T> Listed<T> listed(State state, BiFunction<Integer, RunTable.Row, T> entry) {
        List<T> first = IntStream.range(0, rows.size())
                .filter(run -> rows.get(run).state() == state)
                .limit(Listed.MOST)
                .mapToObj(run -> entry.apply(run, rows.get(run)))
                .toList();
        return new Listed<>(first, count(state) - first.size());
    }
}
