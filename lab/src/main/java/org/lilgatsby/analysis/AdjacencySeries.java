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
    /** Edges as a share of all possible edges; 1 where none is possible. */
    public FigureSeries density() {
        return limit.map(place -> complete(place) ? 1 : edges.at(place) / (double) possibleEdges(place));
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
        private final Places kept;
        private final double[] limit;
        private final int[] nodes;
        private final int[] edges;
        private final int[] components;
        private final int[] largest;
        private final int[] isolated;

        Target(Threshold threshold, Places kept) {
            this.threshold = threshold;
            this.kept = kept;
            int size = kept.kept();
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

        /** Sets the figures of a kept place. */
        void put(int index, double ofLimit, int nodeCount, NodeGraph graph) {
            limit[index] = ofLimit;
            nodes[index] = nodeCount;
            edges[index] = graph.edges();
            components[index] = graph.components();
            largest[index] = graph.largest();
            isolated[index] = graph.isolated();
        }

        /** Repeats the previous kept place, since nothing changed. */
        void repeat(int index) {
            limit[index] = limit[index - 1];
            nodes[index] = nodes[index - 1];
            edges[index] = edges[index - 1];
            components[index] = components[index - 1];
            largest[index] = largest[index - 1];
            isolated[index] = isolated[index - 1];
        }

        AdjacencySeries series() {
            return new AdjacencySeries(
                    threshold,
                    new FigureSeries(kept, limit),
                    new CountSeries(kept, nodes),
                    new CountSeries(kept, edges),
                    new CountSeries(kept, components),
                    new CountSeries(kept, largest),
                    new CountSeries(kept, isolated));
        }
    }
}
