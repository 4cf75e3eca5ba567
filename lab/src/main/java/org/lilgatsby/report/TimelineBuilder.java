package org.lilgatsby.report;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.lilgatsby.analysis.Adjacency;
import org.lilgatsby.analysis.Census;
import org.lilgatsby.analysis.CensusSeries;
import org.lilgatsby.analysis.CentroidPath;
import org.lilgatsby.analysis.Evolution;
import org.lilgatsby.analysis.GroupEvent;
import org.lilgatsby.analysis.History;
import org.lilgatsby.analysis.LatticeSeries;
import org.lilgatsby.analysis.LiveDeadSplit;
import org.lilgatsby.analysis.Matrix;
import org.lilgatsby.analysis.PerGroup;
import org.lilgatsby.analysis.Phases;
import org.lilgatsby.analysis.Regime;
import org.lilgatsby.analysis.RegimeSeries;
import org.lilgatsby.analysis.RowNorms;
import org.lilgatsby.analysis.StepSizes;
import org.lilgatsby.analysis.Summary;
import org.lilgatsby.analysis.Threshold;
import org.lilgatsby.analysis.Tokens;
import org.lilgatsby.archive.RunData;
import org.lilgatsby.kernel.AnalysisKernels;
import org.lilgatsby.report.Timeline.CensusCourse;
import org.lilgatsby.report.Timeline.CentroidCourse;
import org.lilgatsby.report.Timeline.Event;
import org.lilgatsby.report.Timeline.Events;
import org.lilgatsby.report.Timeline.Graph;
import org.lilgatsby.report.Timeline.Motion;
import org.lilgatsby.report.Timeline.Spread;

/** Reduces the analyses of a recording to a {@link Timeline}. */
final class TimelineBuilder {
    /** Points drawn in every figure but the cloud. */
    private static final int MOST_STEPS = 1_200;

    /** Total number of token ids in all events of a group up to which events list their tokens. */
    private static final long MOST_NAMES = 60_000;

    /** Number of edges of a graph that are drawn. */
    private static final int MOST_EDGES = 4_000;

    /** Number of rows up to which the graph is computed for a page. */
    private static final int MOST_NODES = 400;

    private final RunData run;
    private final History embeddings;
    private final LiveDeadSplit split;
    private final Evolution evolution;
    private final Sampling sampling;

    TimelineBuilder(RunData run, AnalysisKernels kernels) {
        this.run = run;
        this.embeddings = run.embeddings();
        this.split = new LiveDeadSplit(
                Tokens.of(run.manifest().corpus().live()),
                Tokens.of(run.manifest().corpus().dead()));
        this.evolution = Evolution.of(embeddings, split, Evolution.keptForReports(embeddings.size()), kernels);
        this.sampling = Sampling.of(embeddings, evolution.kept(), eventPlaces(), MOST_STEPS);
    }

    Timeline timeline() {
        return new Timeline(
                embeddings.size(),
                embeddings.step(embeddings.size() - 1),
                sampling.steps(),
                evolution.census().map(this::census),
                evolution.events().map(TimelineBuilder::events),
                evolution.stepSizes().map(this::motion),
                evolution.regimes().map(this::regimes),
                evolution.regimes().map(series -> phases(series.phases())),
                evolution.lattice().map(this::lattice),
                evolution.centroid().map(this::centroid),
                PerGroup.of(group -> spread(embeddings, split.tokens(group), true)),
                run.gradients().map(g -> PerGroup.of(group -> spread(g, split.tokens(group), false))),
                run.stepLosses().map(losses -> sampling.values(place -> losses[place])),
                new CloudBuilder(embeddings, split, eventPlaces()).cloud(),
                graph());
    }

    private TreeSet<Integer> eventPlaces() {
        TreeSet<Integer> places = new TreeSet<>();
        evolution.events().all().forEach(event -> places.add(embeddings.place(event.step())));
        return places;
    }

    private static Events events(List<GroupEvent> events) {
        Map<Integer, int[]> counts = new TreeMap<>();
        for (GroupEvent event : events) {
            counts.computeIfAbsent(event.step(), step -> new int[2])[event.kind() == GroupEvent.Kind.FISSION ? 0 : 1]++;
        }
        long names = events.stream().mapToLong(event -> event.whole().size()).sum();
        return new Events(
                counts.keySet().stream().mapToInt(Integer::intValue).toArray(),
                counts.values().stream().mapToInt(count -> count[0]).toArray(),
                counts.values().stream().mapToInt(count -> count[1]).toArray(),
                names > MOST_NAMES
                        ? List.of()
                        : events.stream().map(TimelineBuilder::event).toList());
    }

    private static Event event(GroupEvent event) {
        List<int[]> parts = event.parts().stream()
                .map(Tokens::toArray)
                .sorted(Comparator.<int[]>comparingInt(part -> part.length).reversed())
                .toList();
        return new Event(
                event.step(),
                event.kind().name().toLowerCase(Locale.ROOT),
                parts.stream().mapToInt(part -> part.length).toArray(),
                parts);
    }

    private CensusCourse census(CensusSeries series) {
        int[] all = series.changes();
        int[] places = IntStream.range(0, all.length)
                .filter(i -> i == 0 || changes(series, all[i - 1], all[i]))
                .map(i -> all[i])
                .toArray();
        return new CensusCourse(
                IntStream.of(places).map(embeddings::step).toArray(),
                IntStream.of(places).map(series.distinct()::at).toArray(),
                IntStream.of(places).map(series.blackHoles()::at).toArray(),
                IntStream.of(places).map(series.tokensInBlackHoles()::at).toArray(),
                IntStream.of(places).map(series.singletons()::at).toArray(),
                IntStream.of(places).map(series.largest()::at).toArray(),
                IntStream.of(places)
                        .mapToDouble(series.concentration()::at)
                        .map(Sampling::sevenDigits)
                        .toArray());
    }

    /** The other counts change together with one of these, or with the concentration. */
    private static boolean changes(CensusSeries series, int before, int place) {
        return series.distinct().at(place) != series.distinct().at(before)
                || series.blackHoles().at(place) != series.blackHoles().at(before)
                || series.largest().at(place) != series.largest().at(before)
                || Double.compare(
                                series.concentration().at(place),
                                series.concentration().at(before))
                        != 0;
    }

    private Motion motion(StepSizes sizes) {
        return new Motion(
                sampling.values(sizes.l2().mean()::at),
                sampling.values(sizes.l2().median()::at),
                sampling.values(sizes.l2().percentile90()::at),
                sampling.peaks(sizes.peak()::at),
                sampling.values(sizes.zeroShare()::at));
    }

    private Map<String, double[]> regimes(RegimeSeries series) {
        Map<String, double[]> regimes = new LinkedHashMap<>();
        for (Regime regime : Regime.values()) {
            regimes.put(name(regime), sampling.values(series.tokens().get(regime)::at));
        }
        return regimes;
    }

    private static Map<String, OptionalInt> phases(Phases phases) {
        Map<String, OptionalInt> last = new LinkedHashMap<>();
        last.put(name(Regime.MULTI_CELL), unlessNever(phases.lastMultiCell()));
        last.put(name(Regime.LOCAL), unlessNever(phases.lastLocal()));
        last.put(name(Regime.ADJACENT_CELL), unlessNever(phases.lastAdjacentCell()));
        last.put(name(Regime.SINGLE_AXIS_HOP), unlessNever(phases.lastHop()));
        last.put("any motion", unlessNever(phases.lastMotion()));
        return last;
    }

    private static OptionalInt unlessNever(int step) {
        return step == Phases.NEVER ? OptionalInt.empty() : OptionalInt.of(step);
    }

    private static String name(Regime regime) {
        return regime.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    private Map<String, double[]> lattice(LatticeSeries series) {
        Map<String, double[]> lattice = new LinkedHashMap<>();
        put(lattice, "cells, L1", series.cells().l1());
        put(lattice, "cells, L2", series.cells().l2());
        put(lattice, "cells, L-infinity", series.cells().lInfinity());
        put(lattice, "ULP, L1", series.ulp().l1());
        put(lattice, "ULP, L2", series.ulp().l2());
        put(lattice, "ULP, L-infinity", series.ulp().lInfinity());
        return lattice;
    }

    private void put(Map<String, double[]> lattice, String norm, LatticeSeries.MeanMax figure) {
        lattice.put(norm + ", mean", sampling.values(figure.mean()::at));
        lattice.put(norm + ", max", sampling.peaks(figure.peak()::at));
    }

    private CentroidCourse centroid(CentroidPath path) {
        return new CentroidCourse(
                sampling.values(path.norm()::at),
                sampling.values(path.displacement()::at),
                sampling.values(path.speed()::at));
    }

    /** Before the first update there is no figure of one. */
    private Spread spread(History history, Tokens tokens, boolean ofStates) {
        int n = sampling.size();
        double[] min = new double[n];
        double[] mean = new double[n];
        double[] max = new double[n];
        for (int i = 0; i < n; i++) {
            if (!ofStates && history.step(sampling.place(i)) == 0) {
                min[i] = Double.NaN;
                mean[i] = Double.NaN;
                max[i] = Double.NaN;
                continue;
            }
            Summary norms =
                    RowNorms.of(history.matrix(sampling.place(i)), tokens).norms();
            min[i] = Sampling.sevenDigits(norms.min());
            mean[i] = Sampling.sevenDigits(norms.mean());
            max[i] = Sampling.sevenDigits(norms.max());
        }
        return new Spread(min, mean, max);
    }

    private Optional<Graph> graph() {
        Matrix last = embeddings.last();
        Census census = Census.of(last, split.dead());
        if (census.distinct() == 0 || census.distinct() > MOST_NODES) {
            return Optional.empty();
        }
        List<int[]> nodes = new ArrayList<>(census.blackHoles().stream()
                .map(hole -> hole.tokens().toArray())
                .toList());
        IntStream.of(census.singletonTokens().toArray()).forEach(token -> nodes.add(new int[] {token}));
        Map<Integer, Integer> numberOf = new HashMap<>();
        nodes.forEach(tokens -> numberOf.put(tokens[0], numberOf.size()));
        List<Adjacency.Edge> edges =
                Adjacency.of(last, split.dead(), new Threshold.TwoEpsilon()).edges();
        List<int[]> drawn = edges.stream()
                .limit(MOST_EDGES)
                .map(edge -> new int[] {numberOf.get(edge.a()), numberOf.get(edge.b())})
                .toList();
        return Optional.of(new Graph(nodes, drawn, edges.size() - drawn.size()));
    }
}
