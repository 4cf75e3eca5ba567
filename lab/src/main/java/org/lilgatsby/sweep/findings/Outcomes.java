package org.lilgatsby.sweep.findings;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;
import org.lilgatsby.sweep.Comparison;
import org.lilgatsby.sweep.Distribution;
import org.lilgatsby.sweep.Sample;
import org.lilgatsby.sweep.Sample.Role;
import org.lilgatsby.sweep.findings.Axes.Axis;
import org.lilgatsby.sweep.findings.Grouping.Partners;
import org.lilgatsby.sweep.findings.SweepFindings.Along;
import org.lilgatsby.sweep.findings.SweepFindings.Difference;
import org.lilgatsby.sweep.findings.SweepFindings.InGroup;
import org.lilgatsby.sweep.findings.SweepFindings.Outcome;
import org.lilgatsby.sweep.findings.SweepFindings.Pair;

/** Describes and compares the figures at the end of the runs, some at a time: they share what the bootstrap draws. */
final class Outcomes {
    /** Figures at a time are a multiple of this. */
    private static final int BLOCK = 8;

    private static final int MOST_AT_ONCE = 128;

    /** Bytes of resampled means that are kept at a time, unless {@link #BLOCK} figures need more. */
    private static final long ROOM = 64_000_000;

    private final Grouping grouping;
    private final Axes axes;
    private final Map<Cell, Role> roles = new LinkedHashMap<>();

    Outcomes(Grouping grouping, Axes axes) {
        this.grouping = grouping;
        this.axes = axes;
        for (int g = 0; g < grouping.cells().size(); g++) {
            roles.put(grouping.cells().get(g), grouping.role(g));
        }
        axes.cells().forEach(cell -> roles.putIfAbsent(cell, Role.ALONE));
    }

    /** A figure and where its values are: one for each run, NaN where it is undefined. */
    record Values(Figure figure, IntToDoubleFunction ofRun) {}

    /** The figures in all groups, between groups, and along the axes. */
    List<Outcome> of(List<Values> figures) {
        List<Outcome> outcomes = new ArrayList<>();
        int step = atOnce();
        for (int from = 0; from < figures.size(); from += step) {
            outcomes.addAll(together(figures.subList(from, Math.min(figures.size(), from + step))));
        }
        return List.copyOf(outcomes);
    }

    private int atOnce() {
        long kept = Math.max(
                1, 2L * grouping.pairs().stream().mapToInt(Pair::second).max().orElse(0));
        int blocks = (int) (ROOM / (kept * Sample.BYTES * BLOCK));
        return Math.clamp(blocks, 1, MOST_AT_ONCE / BLOCK) * BLOCK;
    }

    private List<Outcome> together(List<Values> figures) {
        Map<Cell, List<Optional<Sample>>> samples = new ConcurrentHashMap<>();
        Arrays.stream(Role.values()).parallel().forEach(role -> samples.putAll(samples(role, figures)));
        List<List<Optional<Comparison.Paired>>> paired = paired(figures);
        return IntStream.range(0, figures.size())
                .parallel()
                .mapToObj(i -> new Outcome(
                        figures.get(i).figure(),
                        grouping.cells().stream()
                                .map(cell -> inGroup(cell, samples.get(cell).get(i)))
                                .toList(),
                        IntStream.range(0, grouping.pairs().size())
                                .mapToObj(p -> new Difference(
                                        comparison(grouping.pairs().get(p), samples, i),
                                        paired.get(p).get(i)))
                                .toList(),
                        axes.axes().stream()
                                .map(axis -> along(axis, samples, i))
                                .toList()))
                .toList();
    }

    private Map<Cell, List<Optional<Sample>>> samples(Role role, List<Values> figures) {
        List<Cell> cells =
                roles.keySet().stream().filter(cell -> roles.get(cell) == role).toList();
        List<List<Optional<Sample>>> all =
                samples(cells, figures.stream().map(Values::ofRun).toList(), role);
        Map<Cell, List<Optional<Sample>>> samples = new LinkedHashMap<>();
        for (int c = 0; c < cells.size(); c++) {
            samples.put(cells.get(c), all.get(c));
        }
        return samples;
    }

    /** For each cell and each figure, its sample; empty if it is undefined in all runs of the cell. */
    private static List<List<Optional<Sample>>> samples(
            List<Cell> cells, List<IntToDoubleFunction> figures, Role role) {
        List<double[]> columns = cells.stream()
                .flatMap(cell -> figures.stream().map(cell::values))
                .toList();
        List<Optional<Sample>> all = spread(
                columns.stream().map(values -> values.length > 0).toList(),
                Sample.of(columns.stream().filter(values -> values.length > 0).toList(), role));
        return rows(all, cells.size(), figures.size());
    }

    /** For each cell and each figure, its distribution; empty if it is undefined in all runs of the cell. */
    static List<List<Optional<Distribution>>> described(List<Cell> cells, List<IntToDoubleFunction> figures) {
        return samples(cells, figures, Role.ALONE).stream()
                .map(row -> row.stream()
                        .map(sample -> sample.map(Sample::distribution))
                        .toList())
                .toList();
    }

    private static <T> List<List<T>> rows(List<T> all, int rows, int columns) {
        return IntStream.range(0, rows)
                .mapToObj(row -> all.subList(row * columns, (row + 1) * columns))
                .toList();
    }

    /** For each pair of groups and each figure, its pairs of runs; empty if fewer than two of them have it. */
    private List<List<Optional<Comparison.Paired>>> paired(List<Values> figures) {
        List<double[]> as = new ArrayList<>();
        List<double[]> bs = new ArrayList<>();
        List<Boolean> there = new ArrayList<>();
        for (Partners partners : grouping.partners()) {
            for (Values figure : figures) {
                int[] both = IntStream.range(0, partners.first().length)
                        .filter(k -> Double.isFinite(figure.ofRun().applyAsDouble(partners.first()[k])
                                - figure.ofRun().applyAsDouble(partners.second()[k])))
                        .toArray();
                there.add(both.length > 1);
                if (both.length > 1) {
                    as.add(values(figure, partners.first(), both));
                    bs.add(values(figure, partners.second(), both));
                }
            }
        }
        List<Optional<Comparison.Paired>> all = spread(there, Sample.paired(as, bs));
        return rows(all, grouping.partners().size(), figures.size());
    }

    private static double[] values(Values figure, int[] runs, int[] places) {
        return IntStream.of(places)
                .mapToDouble(k -> figure.ofRun().applyAsDouble(runs[k]))
                .toArray();
    }

    /** The results at the places where there is one. */
    private static <T> List<Optional<T>> spread(List<Boolean> there, List<T> results) {
        List<Optional<T>> all = new ArrayList<>(Collections.nCopies(there.size(), Optional.empty()));
        int next = 0;
        for (int i = 0; i < all.size(); i++) {
            if (there.get(i)) {
                all.set(i, Optional.of(results.get(next++)));
            }
        }
        return List.copyOf(all);
    }

    private static InGroup inGroup(Cell cell, Optional<Sample> sample) {
        int defined = sample.map(s -> s.distribution().n()).orElse(0);
        return new InGroup(cell.size() - defined, sample.map(Sample::distribution));
    }

    private Optional<Comparison> comparison(Pair pair, Map<Cell, List<Optional<Sample>>> samples, int figure) {
        Optional<Sample> first = samples.get(grouping.cells().get(pair.first())).get(figure);
        Optional<Sample> second =
                samples.get(grouping.cells().get(pair.second())).get(figure);
        return first.flatMap(a -> second.map(a::with));
    }

    private static Along along(Axis axis, Map<Cell, List<Optional<Sample>>> samples, int figure) {
        return new Along(
                axis.setting(),
                axis.values(),
                Bands.of(axis.cells().stream()
                        .map(cell -> samples.get(cell).get(figure).map(Sample::distribution))
                        .toList()));
    }
}
