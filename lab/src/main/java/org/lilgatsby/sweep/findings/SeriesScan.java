package org.lilgatsby.sweep.findings;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.lilgatsby.sweep.Distribution;
import org.lilgatsby.sweep.Sample;
import org.lilgatsby.sweep.SeriesFile;
import org.lilgatsby.sweep.findings.Criterion.Watch;
import org.lilgatsby.sweep.findings.Figure.Kind;
import org.lilgatsby.sweep.findings.SweepFindings.Band;
import org.lilgatsby.sweep.findings.SweepFindings.OverSteps;
import org.lilgatsby.sweep.findings.SweepFindings.Series;

/**
 * Reads every series once, group by group, and describes a group before it reads the next: what is held are the values
 * of one group at the planned steps.
 */
final class SeriesScan {
    /** Step of a run that cannot tell whether a criterion was met. */
    static final int CANNOT_TELL = -2;

    /** Step of a run that did not meet a criterion. */
    static final int NEVER = -1;

    /** Additions that intervals may take: some seconds. */
    private static final long MOST_ADDITIONS = 4_000_000_000L;

    /** Columns that are described at the same time, if not {@link #COPIED} allows more. */
    private static final int FEWEST_TOGETHER = 8;

    /** Bytes of values of which a copy is made, so that columns are described at the same time. */
    private static final long COPIED = 16_000_000;

    private static final int RESAMPLES = Sample.BYTES / Double.BYTES;

    private final SeriesPlan plan;
    private final List<Cell> groups;
    private final boolean[] intervals;
    private final int[][] met;
    private final List<List<Band>> bands = new ArrayList<>();
    private final boolean[] fractions;

    private SeriesScan(SeriesPlan plan, List<Cell> groups) {
        this.plan = plan;
        this.groups = groups;
        this.intervals = intervals(plan, groups);
        this.met = new int[Criterion.ALL.size()][plan.files().size()];
        for (int[] steps : met) {
            Arrays.fill(steps, CANNOT_TELL);
        }
        this.fractions = new boolean[plan.columns().size()];
    }

    /**
     * What the series of a sweep show.
     *
     * @param series the statistics
     * @param met for each of {@link Criterion#ALL} and each run, the step at which it was met
     */
    record Result(Series series, int[][] met) {}

    /** @throws IOException if a series cannot be read */
    static Result of(SeriesPlan plan, List<Cell> groups) throws IOException {
        SeriesScan scan = new SeriesScan(plan, groups);
        for (Cell group : groups) {
            scan.bands.add(scan.describe(scan.read(group)));
        }
        return new Result(scan.series(), scan.met);
    }

    /** At which of the planned steps there is time for an interval. */
    private static boolean[] intervals(SeriesPlan plan, List<Cell> groups) {
        int steps = plan.steps().length;
        long runs = groups.stream().mapToLong(Cell::size).sum();
        long aStep = Math.max(1, runs * RESAMPLES * plan.columns().size());
        long most = MOST_ADDITIONS / aStep;
        boolean[] chosen = new boolean[steps];
        if (most >= Math.min(2, steps)) {
            int[] places = IntStream.range(0, steps).toArray();
            for (int place : SeriesPlan.evenly(places, (int) Math.min(steps, most))) {
                chosen[place] = true;
            }
        }
        return chosen;
    }

    /** The values of a group by column, step and run; NaN where there is none. */
    private double[][][] read(Cell group) throws IOException {
        double[][][] values = new double[plan.columns().size()][plan.steps().length][];
        int[] runs = IntStream.range(0, group.size())
                .map(group::run)
                .filter(run -> plan.files().get(run).isPresent())
                .toArray();
        for (double[][] column : values) {
            for (int s = 0; s < column.length; s++) {
                column[s] = new double[runs.length];
                Arrays.fill(column[s], Double.NaN);
            }
        }
        try {
            IntStream.range(0, runs.length).parallel().forEach(i -> read(runs[i], i, values));
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
        return values;
    }

    private void read(int run, int place, double[][][] values) {
        Path file = plan.files().get(run).orElseThrow();
        try {
            List<Optional<Watch>> watches = new ArrayList<>();
            SeriesFile.read(file, names -> {
                int[] columns = names.stream().mapToInt(plan.columns()::indexOf).toArray();
                Criterion.ALL.forEach(criterion -> watches.add(criterion.watch(names)));
                return (step, row) -> {
                    watches.forEach(watch -> watch.ifPresent(w -> w.row(step, row)));
                    int s = Arrays.binarySearch(plan.steps(), step);
                    for (int c = 0; c < row.length && s >= 0; c++) {
                        values[columns[c]][s][place] = Double.isFinite(row[c]) ? row[c] : Double.NaN;
                    }
                };
            });
            for (int k = 0; k < watches.size(); k++) {
                met[k][run] =
                        watches.get(k).map(watch -> watch.step().orElse(NEVER)).orElse(CANNOT_TELL);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Describes some columns at a time: they share what the bootstrap draws. */
    private List<Band> describe(double[][][] values) {
        List<Band> described = new ArrayList<>();
        long bytesAColumn = Math.max(1, plan.bytes() / values.length);
        int step = (int) Math.max(FEWEST_TOGETHER, Math.min(values.length, COPIED / bytesAColumn));
        for (int from = 0; from < values.length; from += step) {
            described.addAll(together(Arrays.copyOfRange(values, from, Math.min(values.length, from + step))));
        }
        for (int column = 0; column < values.length; column++) {
            fractions[column] |= Arrays.stream(values[column])
                    .flatMapToDouble(Arrays::stream)
                    .anyMatch(value -> value != Math.rint(value) && !Double.isNaN(value));
        }
        return described;
    }

    private List<Band> together(double[][][] columns) {
        int steps = plan.steps().length;
        List<Optional<Distribution>> all =
                distributions(Arrays.stream(columns).flatMap(Arrays::stream).toList());
        return IntStream.range(0, columns.length)
                .mapToObj(c -> Bands.of(all.subList(c * steps, (c + 1) * steps)))
                .toList();
    }

    /** One for each step of each column; with an interval where there is time for it. */
    private List<Optional<Distribution>> distributions(List<double[]> steps) {
        List<double[]> defined = steps.parallelStream()
                .map(values -> Arrays.stream(values)
                        .filter(value -> !Double.isNaN(value))
                        .toArray())
                .toList();
        int[] places = IntStream.range(0, defined.size())
                .filter(s -> defined.get(s).length > 0 && intervals[s % intervals.length])
                .toArray();
        List<Distribution> withInterval =
                Sample.distributions(IntStream.of(places).mapToObj(defined::get).toList());
        return IntStream.range(0, defined.size())
                .parallel()
                .mapToObj(s -> {
                    int place = Arrays.binarySearch(places, s);
                    return defined.get(s).length == 0
                            ? Optional.<Distribution>empty()
                            : Optional.of(
                                    place >= 0
                                            ? withInterval.get(place)
                                            : Distribution.withoutInterval(defined.get(s)));
                })
                .toList();
    }

    private Series series() {
        int intervalSteps = (int)
                IntStream.range(0, intervals.length).filter(s -> intervals[s]).count();
        List<OverSteps> figures = IntStream.range(0, plan.columns().size())
                .mapToObj(column -> new OverSteps(
                        KnownFigures.figure(plan.columns().get(column), fractions[column] ? Kind.NUMBER : Kind.COUNT),
                        bands.stream().map(group -> group.get(column)).toList()))
                .toList();
        return new Series(plan.steps(), plan.recordedSteps(), intervalSteps, plan.bytes(), figures);
    }
}
