package org.lilgatsby.analysis;

/**
 * The {@link Adjacency} of a group of tokens at every recorded step.
 *
 * @param threshold when two distinct rows are adjacent
 * @param limit the threshold at each step, in the unit of its metric
 * @param nodes distinct rows
 * @param edges adjacent pairs
 * @param components connected components
 * @param largestComponent nodes in the largest component
 * @param isolated nodes without an edge
 */
public record AdjacencySeries(
        Threshold threshold,
        FigureSeries limit,
        CountSeries nodes,
        CountSeries edges,
        CountSeries components,
        CountSeries largestComponent,
        CountSeries isolated) {
    /** Share of the possible edges that are there; 1 where none is possible. */
    public FigureSeries density() {
        return FigureSeries.of(
                nodes.size(), place -> complete(place) ? 1 : edges.at(place) / (double) possibleEdges(place));
    }

    /** Number of pairs of distinct rows at a place. */
    public long possibleEdges(int place) {
        long n = nodes.at(place);
        return n * (n - 1) / 2;
    }

    /** Whether every pair is adjacent at a place. */
    public boolean complete(int place) {
        return edges.at(place) == possibleEdges(place);
    }

    /** The series that the workers of all chunks fill, each at its own places. */
    static final class Target {
        private final Threshold threshold;
        private final double[] limit;
        private final int[] nodes;
        private final int[] edges;
        private final int[] components;
        private final int[] largest;
        private final int[] isolated;

        Target(Threshold threshold, int size) {
            this.threshold = threshold;
            limit = new double[size];
            nodes = new int[size];
            edges = new int[size];
            components = new int[size];
            largest = new int[size];
            isolated = new int[size];
        }

        /** When two rows are adjacent. */
        Threshold threshold() {
            return threshold;
        }

        /** Sets the figures at a place. */
        void put(int place, double ofLimit, int nodeCount, NodeGraph graph) {
            limit[place] = ofLimit;
            nodes[place] = nodeCount;
            edges[place] = graph.edges();
            components[place] = graph.components();
            largest[place] = graph.largest();
            isolated[place] = graph.isolated();
        }

        /** Nothing changed since the place before. */
        void repeat(int place) {
            limit[place] = limit[place - 1];
            nodes[place] = nodes[place - 1];
            edges[place] = edges[place - 1];
            components[place] = components[place - 1];
            largest[place] = largest[place - 1];
            isolated[place] = isolated[place - 1];
        }

        AdjacencySeries series() {
            return new AdjacencySeries(
                    threshold,
                    new FigureSeries(limit),
                    new CountSeries(nodes),
                    new CountSeries(edges),
                    new CountSeries(components),
                    new CountSeries(largest),
                    new CountSeries(isolated));
        }
    }
}
