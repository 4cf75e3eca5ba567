package org.lilgatsby.experiment.analyses;

import java.io.IOException;
import java.util.Set;
import java.util.stream.Collectors;
import org.lilgatsby.analysis.Adjacency;
import org.lilgatsby.analysis.AdjacencySeries;
import org.lilgatsby.analysis.BlackHole;
import org.lilgatsby.analysis.Census;
import org.lilgatsby.analysis.CensusSeries;
import org.lilgatsby.analysis.CountSeries;
import org.lilgatsby.analysis.DistanceSeries;
import org.lilgatsby.analysis.Distances;
import org.lilgatsby.analysis.EventRates;
import org.lilgatsby.analysis.FigureSeries;
import org.lilgatsby.analysis.Group;
import org.lilgatsby.analysis.GroupEvent;
import org.lilgatsby.analysis.Histogram;
import org.lilgatsby.analysis.Matrix;
import org.lilgatsby.analysis.Metric;
import org.lilgatsby.analysis.Quantization;
import org.lilgatsby.analysis.RisesAndFalls;
import org.lilgatsby.analysis.Tokens;
import org.lilgatsby.analysis.Vector;
import org.lilgatsby.experiment.Figures;
import org.lilgatsby.experiment.analyses.Analysis.Scope;

/** Which tokens share a row, and how far apart the other rows are. */
final class StructureAnalyses {
    private static final int RANKS = 8;
    private static final String LARGEST = "largest L-infinity distance of adjacent rows";

    private StructureAnalyses() {}

    /** The analysis {@code census}. */
    public static final class CensusAnalysis extends DefinedAnalysis {
        /** For the catalog. */
        public CensusAnalysis() {
            super(
                    "census",
                    "Which rows are equal bit for bit (-0 and +0 are different), and how many groups do they "
                            + "form?",
                    Scope.OVER_TIME,
                    true,
                    AnalysisContext::withoutEmbeddings,
                    StructureAnalyses::census);
        }
    }

    /** The analysis {@code ranks}. */
    public static final class RanksAnalysis extends DefinedAnalysis {
        /** For the catalog. */
        public RanksAnalysis() {
            super(
                    "ranks",
                    "How many tokens share the most common row, the second most common, and so on?",
                    Scope.OVER_TIME,
                    true,
                    AnalysisContext::withoutEmbeddings,
                    StructureAnalyses::ranks);
        }
    }

    /** The analysis {@code black-holes}. */
    public static final class BlackHolesAnalysis extends DefinedAnalysis {
        /** For the catalog. */
        public BlackHolesAnalysis() {
            super(
                    "black-holes",
                    "Which tokens share a row?",
                    Scope.ONE_STATE,
                    true,
                    AnalysisContext::withoutEmbeddings,
                    StructureAnalyses::blackHoles);
        }
    }

    /** The analysis {@code census-means}. */
    public static final class CensusMeansAnalysis extends DefinedAnalysis {
        /** For the catalog. */
        public CensusMeansAnalysis() {
            super(
                    "census-means",
                    "What are the counts of the census on average over all recorded states?",
                    Scope.WHOLE,
                    true,
                    AnalysisContext::withoutEmbeddings,
                    StructureAnalyses::means);
        }
    }

    /** The analysis {@code rises-and-falls}. */
    public static final class RisesAndFallsAnalysis extends DefinedAnalysis {
        /** For the catalog. */
        public RisesAndFallsAnalysis() {
            super(
                    "rises-and-falls",
                    "In how many steps did the number of black holes, C, rise and fall? (Published \"fissions\" "
                            + "count its rises; events and rates count groups that split.)",
                    Scope.WHOLE,
                    true,
                    AnalysisContext::withoutEmbeddings,
                    StructureAnalyses::risesAndFalls);
        }
    }

    /** The analysis {@code settled}. */
    public static final class SettledAnalysis extends DefinedAnalysis {
        /** For the catalog. */
        public SettledAnalysis() {
            super(
                    "settled",
                    "From which step on does a count no longer change?",
                    Scope.WHOLE,
                    true,
                    AnalysisContext::withoutEmbeddings,
                    StructureAnalyses::settled);
        }
    }

    /** The analysis {@code rates}. */
    public static final class RatesAnalysis extends DefinedAnalysis {
        /** For the catalog. */
        public RatesAnalysis() {
            super(
                    "rates",
                    "How often do groups of equal rows split and join, per token and update?",
                    Scope.WHOLE,
                    true,
                    AnalysisContext::withoutEmbeddings,
                    StructureAnalyses::rates);
        }
    }

    /** The analysis {@code transitions}. */
    public static final class TransitionsAnalysis extends DefinedAnalysis {
        /** For the catalog. */
        public TransitionsAnalysis() {
            super(
                    "transitions",
                    "What did each step that changed them do to the black holes: evaporation, condensation, "
                            + "coalescence, fragmentation?",
                    Scope.WHOLE,
                    false,
                    AnalysisContext::withoutEmbeddings,
                    StructureAnalyses::transitions);
        }
    }

    /** The analysis {@code events}. */
    public static final class EventsAnalysis extends DefinedAnalysis {
        /** For the catalog. */
        public EventsAnalysis() {
            super(
                    "events",
                    "Which groups of equal rows split or joined at which step, and who was in them?",
                    Scope.WHOLE,
                    false,
                    AnalysisContext::withoutEmbeddings,
                    StructureAnalyses::events);
        }
    }

    /** The analysis {@code adjacency}. */
    public static final class AdjacencyAnalysis extends DefinedAnalysis {
        /** For the catalog. */
        public AdjacencyAnalysis() {
            super(
                    "adjacency",
                    "How many distinct rows lie within 2 epsilon of each other (L-infinity; epsilon = "
                            + "centroid norm x 2^-7), or within a threshold?",
                    Scope.OVER_TIME,
                    true,
                    Set.of(AnalysisParameters.Name.THRESHOLD, AnalysisParameters.Name.METRIC),
                    AnalysisContext::withoutPairs,
                    (run, s) -> adjacency(run, s, 0));
        }
    }

    /** The analysis {@code cell-adjacency}. */
    public static final class CellAdjacencyAnalysis extends DefinedAnalysis {
        /** For the catalog. */
        public CellAdjacencyAnalysis() {
            super(
                    "cell-adjacency",
                    "How many distinct rows are lattice neighbours, no component further than one cell?",
                    Scope.OVER_TIME,
                    true,
                    AnalysisContext::withoutPairs,
                    (run, s) -> adjacency(run, s, 1));
        }
    }

    /** The analysis {@code components}. */
    public static final class ComponentsAnalysis extends DefinedAnalysis {
        /** For the catalog. */
        public ComponentsAnalysis() {
            super(
                    "components",
                    "Which distinct rows are connected within 2 epsilon, or within a threshold?",
                    Scope.ONE_STATE,
                    true,
                    Set.of(AnalysisParameters.Name.THRESHOLD, AnalysisParameters.Name.METRIC),
                    AnalysisContext::withoutPairs,
                    StructureAnalyses::components);
        }
    }

    /** The analysis {@code distances}. */
    public static final class DistancesAnalysis extends DefinedAnalysis {
        /** For the catalog. */
        public DistancesAnalysis() {
            super(
                    "distances",
                    "How far are the tokens of all pairs apart by L2 norm; equal rows at exactly 0?",
                    Scope.OVER_TIME,
                    true,
                    AnalysisContext::withoutPairs,
                    (run, s) -> distances(run, s, run.geometry(s).l2()));
        }
    }

    /** The analysis {@code distances-linf}. */
    public static final class DistancesLinfAnalysis extends DefinedAnalysis {
        /** For the catalog. */
        public DistancesLinfAnalysis() {
            super(
                    "distances-linf",
                    "How far are the tokens of all pairs apart by L-infinity norm; equal rows at exactly 0?",
                    Scope.OVER_TIME,
                    true,
                    AnalysisContext::withoutPairs,
                    (run, s) -> distances(run, s, run.geometry(s).lInfinity()));
        }
    }

    /** The analysis {@code distance-entropy}. */
    public static final class DistanceEntropyAnalysis extends DefinedAnalysis {
        /** For the catalog. */
        public DistanceEntropyAnalysis() {
            super(
                    "distance-entropy",
                    "How evenly are the distances of all pairs spread between the smallest and the " + "largest?",
                    Scope.OVER_TIME,
                    true,
                    Set.of(AnalysisParameters.Name.BINS),
                    AnalysisContext::withoutPairs,
                    StructureAnalyses::entropy);
        }
    }

    /** The analysis {@code distance-histogram}. */
    public static final class DistanceHistogramAnalysis extends DefinedAnalysis {
        /** For the catalog. */
        public DistanceHistogramAnalysis() {
            super(
                    "distance-histogram",
                    "How are the L-infinity distances of all pairs spread over binades?",
                    Scope.ONE_STATE,
                    false,
                    AnalysisContext::withoutPairs,
                    StructureAnalyses::histogram);
        }
    }

    /** Of the name bf16. */
    public static final class Bf16Analysis extends DefinedAnalysis {
        /** For the catalog. */
        public Bf16Analysis() {
            super(
                    "bf16",
                    "Does every component survive the round trip through bfloat16, and which values occur?",
                    Scope.ONE_STATE,
                    true,
                    AnalysisContext::withoutEmbeddings,
                    StructureAnalyses::quantization);
        }
    }

    private static AnalysisTable census(AnalysisContext run, Selection selection) throws IOException {
        CensusSeries census = run.evolution(selection).census().get(selection.group());
        return run.overTime(selection)
                .add("distinct", "", "distinct rows", census.distinct())
                .add("black_holes", "", "C, groups of two or more equal rows", census.blackHoles())
                .add("tokens_in_them", "", "P, tokens in black holes", census.tokensInBlackHoles())
                .add("mean_size", "", "P / C, tokens in a black hole on average", census.meanSize())
                .add("singletons", "", "tokens whose row equals no other", census.singletons())
                .add("largest", "", "tokens behind the most common row", census.largest())
                .add(
                        "concentration",
                        "",
                        "sum of the squared shares of the groups of equal rows; 1 for a single one",
                        census.concentration())
                .table();
    }

    private static AnalysisTable ranks(AnalysisContext run, Selection selection) throws IOException {
        CensusSeries census = run.evolution(selection).census().get(selection.group());
        AnalysisTable.OverTime table = run.overTime(selection);
        for (int rank = 1; rank <= RANKS; rank++) {
            table.add(
                    "rank_" + rank,
                    "",
                    "tokens behind the row of this rank; 0 if there is none",
                    census.demographics().rank(rank - 1));
        }
        return table.table();
    }

    private static AnalysisTable blackHoles(AnalysisContext run, Selection selection) throws IOException {
        Matrix matrix = run.oneMatrix(selection);
        AnalysisTable.Rows table = new AnalysisTable.Rows()
                .column("rank", "", "1 for the largest")
                .column("population", "", "tokens in it")
                .column("norm", "W", "L2 norm of its row")
                .column("tokens", "", "their ids");
        int rank = 1;
        for (BlackHole hole : Census.of(matrix, run.tokens(selection)).blackHoles()) {
            double norm = new Vector(matrix.values(hole.representative())).norm();
            table.row(rank++, hole.population(), norm, Figures.ids(hole.tokens().toArray()));
        }
        return table.table();
    }

    private static AnalysisTable means(AnalysisContext run, Selection selection) throws IOException {
        CensusSeries census = run.evolution(selection).census().get(selection.group());
        AnalysisTable.Rows table = new AnalysisTable.Rows()
                .column("count", "", "what is counted")
                .column("mean", "", "its mean over all recorded states, each of the same weight")
                .column("min", "", "smallest")
                .column("max", "", "largest");
        means(table, "distinct rows", census.distinct());
        means(table, "black holes", census.blackHoles());
        means(table, "tokens in black holes", census.tokensInBlackHoles());
        means(table, "singletons", census.singletons());
        means(table, "largest", census.largest());
        means(table, "mean size, where there is a black hole", census.meanSize().means());
        means(table, "concentration", census.concentration().means());
        return table.table();
    }

    private static void means(AnalysisTable.Rows table, String name, CountSeries counts) {
        table.row(name, counts.mean(), (double) counts.min(), (double) counts.max());
    }

    private static void means(AnalysisTable.Rows table, String name, FigureSeries.Means means) {
        table.row(name, means.mean(), means.min(), means.max());
    }

    private static AnalysisTable risesAndFalls(AnalysisContext run, Selection selection) throws IOException {
        AnalysisTable.Rows table = new AnalysisTable.Rows()
                .column("tokens", "", "whose black holes are counted")
                .column("first", "", "C in the first recorded state")
                .column("rises", "", "steps in which C rose, by however much")
                .column("risen", "", "by how much in all of them together")
                .column("falls", "", "steps in which C fell")
                .column("fallen", "", "by how much in all of them together")
                .column("last", "", "C in the last recorded state: first + risen - fallen");
        for (Group group : Group.values()) {
            RisesAndFalls found =
                    run.evolution(selection).census().get(group).blackHoles().risesAndFalls();
            table.row(
                    Names.of(group),
                    found.first(),
                    found.rises(),
                    found.risen(),
                    found.falls(),
                    found.fallen(),
                    found.last());
        }
        return table.table();
    }

    private static AnalysisTable settled(AnalysisContext run, Selection selection) throws IOException {
        CensusSeries census = run.evolution(selection).census().get(selection.group());
        AnalysisTable.Rows table = new AnalysisTable.Rows()
                .column("count", "", "what is counted")
                .column("value", "", "its last value")
                .column("since_step", "", "the first step from which on it no longer changes");
        settled(run, selection, table, "distinct rows", census.distinct());
        settled(run, selection, table, "black holes", census.blackHoles());
        settled(run, selection, table, "tokens in black holes", census.tokensInBlackHoles());
        settled(run, selection, table, "largest", census.largest());
        return table.table();
    }

    private static void settled(
            AnalysisContext run, Selection selection, AnalysisTable.Rows table, String name, CountSeries counts)
            throws IOException {
        table.row(name, counts.last(), run.evolution(selection).step(counts.settledFrom()));
    }

    private static AnalysisTable rates(AnalysisContext run, Selection selection) throws IOException {
        AnalysisTable.Rows table = new AnalysisTable.Rows()
                .column("tokens", "", "whose rows are watched; only tokens of the group count")
                .column("fissions", "", "groups of equal rows that split")
                .column("mergers", "", "groups of equal rows that formed or grew")
                .column("fission_rate", "", "fissions per token and update")
                .column("merger_rate", "", "mergers per token and update");
        for (Group group : Group.values()) {
            EventRates rates = EventRates.of(
                    run.evolution(selection).events().get(group),
                    run.split().tokens(group).size(),
                    run.lastStep());
            table.row(Names.of(group), rates.fissions(), rates.mergers(), rates.fissionRate(), rates.mergerRate());
        }
        return table.table();
    }

    private static AnalysisTable transitions(AnalysisContext run, Selection selection) throws IOException {
        AnalysisTable.Rows table = new AnalysisTable.Rows()
                .column(
                        "kind",
                        "",
                        "evaporation (P fell, C did not rise), condensation (P rose, C did not fall), coalescence "
                                + "(C fell, P did not), fragmentation (C rose, P did not)")
                .column("step", "", "the update at which it happened")
                .column("black_holes", "", "change of C")
                .column("tokens_in_them", "", "change of P");
        for (CensusSeries.Transition transition :
                run.evolution(selection).census().get(selection.group()).transitions()) {
            int step = run.evolution(selection).step(transition.place());
            if (shows(selection, step)) {
                table.row(Names.of(transition.kind()), step, transition.blackHoles(), transition.tokensInBlackHoles());
            }
        }
        return table.table();
    }

    private static AnalysisTable events(AnalysisContext run, Selection selection) throws IOException {
        AnalysisTable.Rows table = new AnalysisTable.Rows()
                .column("kind", "", "fission or merger")
                .column("step", "", "the update at which it happened")
                .column("population", "", "tokens in the group before its fission, or after its merger")
                .column("parts", "", "ids of the tokens in each part that it fell into or was made of");
        for (GroupEvent event : run.evolution(selection).events().get(selection.group())) {
            if (shows(selection, event.step())) {
                String parts = event.parts().stream()
                        .map(Tokens::toArray)
                        .map(Figures::ids)
                        .collect(Collectors.joining(" | "));
                table.row(Names.of(event.kind()), event.step(), event.whole().size(), parts);
            }
        }
        return table.table();
    }

    private static boolean shows(Selection selection, int step) {
        return selection.step().isEmpty() || selection.step().getAsInt() == step;
    }

    private static AnalysisTable adjacency(AnalysisContext run, Selection selection, int threshold) throws IOException {
        AdjacencySeries graph = run.geometry(selection).adjacency().get(threshold);
        Metric metric = graph.threshold().metric();
        String unit = metric == Metric.CELLS ? "cells" : "W";
        String inWords = metric == Metric.L2 ? "largest L2 distance of adjacent rows" : LARGEST;
        return run.overTime(selection)
                .add("limit", unit, inWords, graph.limit())
                .add("nodes", "", "distinct rows", graph.nodes())
                .add("edges", "", "adjacent pairs", graph.edges())
                .add("possible", "", "pairs", graph::possibleEdges)
                .add("density", "", "edges divided by possible edges", graph.density())
                .add("components", "", "connected components", graph.components())
                .add("largest", "", "nodes in the largest component", graph.largestComponent())
                .add("isolated", "", "nodes without an edge", graph.isolated())
                .add("complete", "", "whether every pair is adjacent", graph::complete)
                .table();
    }

    private static AnalysisTable components(AnalysisContext run, Selection selection) throws IOException {
        Adjacency graph =
                Adjacency.of(run.oneMatrix(selection), run.tokens(selection), AnalysisContext.threshold(selection));
        AnalysisTable.Rows table = new AnalysisTable.Rows()
                .column("component", "", "1 for the largest")
                .column("nodes", "", "distinct rows in it")
                .column("tokens", "", "one id for each of them, the smallest");
        int number = 1;
        for (Tokens component : graph.components()) {
            table.row(number++, component.size(), Figures.ids(component.toArray()));
        }
        return table.table();
    }

    private static AnalysisTable distances(AnalysisContext run, Selection selection, DistanceSeries distances) {
        return run.overTime(selection)
                .add(
                        "min",
                        "W",
                        "smallest distance of two tokens",
                        distances.allPairs().min())
                .add(
                        "mean",
                        "W",
                        "mean over all pairs of tokens",
                        distances.allPairs().mean())
                .add("median", "W", "median over the same", distances.allPairs().median())
                .add("max", "W", "largest", distances.allPairs().max())
                .add(
                        "std",
                        "W",
                        "standard deviation over all pairs of tokens, divided by their number",
                        distances.allPairs().deviation())
                .add(
                        "distinct_min",
                        "W",
                        "smallest distance of two distinct rows",
                        distances.distinctPairs().min())
                .add(
                        "distinct_mean",
                        "W",
                        "mean over all pairs of distinct rows",
                        distances.distinctPairs().mean())
                .table();
    }

    private static AnalysisTable entropy(AnalysisContext run, Selection selection) throws IOException {
        DistanceSeries l2 = run.geometry(selection).l2();
        DistanceSeries lInfinity = run.geometry(selection).lInfinity();
        return run.overTime(selection)
                .add(
                        "l2",
                        "bits",
                        ("Shannon entropy, to base 2, of the L2 distances of all pairs of tokens in %,d bins of equal "
                                        + "width from the smallest to the largest")
                                .formatted(l2.bins()),
                        l2.entropy())
                .add("linf", "bits", "the same of the L-infinity distances", lInfinity.entropy())
                .add("bins", "", "how many bins; their logarithm to base 2 is the most there can be", p -> l2.bins())
                .table();
    }

    private static AnalysisTable histogram(AnalysisContext run, Selection selection) throws IOException {
        Histogram histogram = Distances.of(run.oneMatrix(selection), run.tokens(selection), Metric.L_INFINITY)
                .histogram();
        AnalysisTable.Rows table = new AnalysisTable.Rows()
                .column("from", "W", "lower edge of the bin, in it")
                .column("to", "W", "upper edge, not in it; zeros are a bin of their own")
                .column("pairs", "", "pairs of tokens with an L-infinity distance in the bin");
        table.row(0.0, 0.0, histogram.zeros());
        for (Histogram.Bin bin : histogram.bins()) {
            table.row(Math.scalb(1.0, bin.exponent()), Math.scalb(1.0, bin.exponent() + 1), bin.count());
        }
        if (histogram.notFinite() > 0) {
            table.row(Double.NaN, Double.NaN, histogram.notFinite());
        }
        return table.table();
    }

    private static AnalysisTable quantization(AnalysisContext run, Selection selection) throws IOException {
        Quantization found = Quantization.of(run.oneMatrix(selection), run.tokens(selection));
        return new AnalysisTable.Rows()
                .column("survives", "", "whether every component survives the round trip through bfloat16 bit for bit")
                .column("components", "", "components examined")
                .column("changed", "", "components that do not survive")
                .column("distinct_values", "", "different components, by their bits")
                .column("min", "W", "smallest component")
                .column("max", "W", "largest component")
                .row(
                        found.bf16(),
                        found.components(),
                        found.changedByBf16(),
                        found.distinctComponents(),
                        found.min(),
                        found.max())
                .table();
    }
}
