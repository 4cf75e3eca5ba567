package org.lilgatsby.experiment.analyses.structure;

import java.io.IOException;
import org.lilgatsby.analysis.AdjacencySeries;
import org.lilgatsby.analysis.Metric;
import org.lilgatsby.experiment.analyses.AnalysisContext;
import org.lilgatsby.experiment.analyses.AnalysisTable;
import org.lilgatsby.experiment.analyses.Selection;

/** The table of a graph of adjacent rows. */
final class AdjacencyTable {
    private AdjacencyTable() {}

    /** @param threshold which of the thresholds of the geometry */
    static AnalysisTable of(AnalysisContext run, Selection selection, int threshold) throws IOException {
        AdjacencySeries graph = run.geometry(selection).adjacency().get(threshold);
        Metric metric = graph.threshold().metric();
        String unit = metric == Metric.CELLS ? "cells" : "W";
        String inWords = metric == Metric.L2
                ? "largest L2 distance of adjacent rows"
                : "largest L-infinity distance of adjacent rows";
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
}
