package org.lilgatsby.analysis;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.lilgatsby.kernel.AnalysisKernels;

/**
 * Which distinct rows of a matrix lie near each other on its lattice, for every distance up to a limit. Nodes are the
 * distinct rows, black holes and singletons, each named by one token; the distance of two nodes is the largest cell
 * distance of their components (L-infinity). Rows that differ only in the sign of zeros are 0 cells apart, but still
 * two nodes.
 *
 * @param limit largest distance looked at, in cells
 * @param nodes number of distinct rows
 * @param compared pairs of them that had to be compared; all others are known to be further apart
 * @param levels the graph for each k from 1 to the limit, an edge where two nodes are at most k cells apart
 * @param near the nodes that have a neighbour within the limit, by ascending token
 */
public record Neighbours(int limit, int nodes, long compared, List<Level> levels, List<Near> near) {
    /** Largest limit: memory grows with it. */
    public static final int MAX_LIMIT = 100;

    /**
     * The graph at one distance.
     *
     * @param cells k: nodes at most k cells apart are adjacent
     * @param edges pairs of adjacent nodes
     * @param nodesWithNeighbour nodes with at least one edge
     * @param tokensWithNeighbour tokens that have these rows
     * @param components connected sets of two or more nodes: largest first; the smaller first token breaks ties
     */
    public record Level(
            int cells, long edges, int nodesWithNeighbour, int tokensWithNeighbour, List<Component> components) {
        /** Copies the list. */
        public Level {
            components = List.copyOf(components);
        }

        /** Nodes in the largest component of two or more; 0 if there is none. */
        public int largestComponent() {
            return components.isEmpty() ? 0 : components.getFirst().nodes().size();
        }
    }

    /**
     * A connected set of two or more nodes.
     *
     * @param nodes a token for each
     * @param blackHoles how many of them are black holes
     * @param tokens tokens that have all these rows
     */
    public record Component(Tokens nodes, int blackHoles, int tokens) {}

    /**
     * A node that has a neighbour.
     *
     * @param token the node's
     * @param population tokens that have this row; more than 1 for a black hole
     * @param nearest distance to the nearest other node, in cells
     * @param neighbours nodes within the limit
     * @param toBlackHole distance to the nearest other node that is a black hole, in cells; -1 if none is within the
     *     limit
     */
    public record Near(int token, int population, int nearest, int neighbours, int toBlackHole) {}

    private static final Comparator<Component> LARGEST_FIRST = Comparator.<Component>comparingInt(
                    component -> component.nodes().size())
            .reversed()
            .thenComparingInt(c -> c.nodes().id(0));

    /** Copies the lists. */
    public Neighbours {
        levels = List.copyOf(levels);
        near = List.copyOf(near);
    }

    /**
     * Finds the neighbours among the distinct rows of a census. This takes far less time than comparing all pairs,
     * unless the rows are near each other in every column; its memory is a few numbers per node and per cell of the
     * limit.
     *
     * @param census of that matrix
     * @param limit from 1 to {@value #MAX_LIMIT} cells
     * @throws IllegalArgumentException if the limit is outside its range, or the census has tokens that the matrix
     *     lacks
     */
    public static Neighbours of(Matrix matrix, Census census, int limit, AnalysisKernels kernels) {
        if (limit < 1 || limit > MAX_LIMIT) {
            throw new IllegalArgumentException(
                    "neighbours can be searched within 1 to %d cells, not %d".formatted(MAX_LIMIT, limit));
        }
        Graphs graphs = new Graphs(census, limit);
        Tokens.of(IntStream.of(graphs.tokens).sorted().toArray()).requireWithin(matrix.rows());
        long compared = NearPairs.find(matrix, kernels, graphs.tokens, limit, graphs);
        List<Level> levels =
                IntStream.rangeClosed(1, limit).mapToObj(graphs::level).toList();
        return new Neighbours(limit, graphs.tokens.length, compared, levels, graphs.near());
    }

    /** The graph at a distance from 1 to the limit. */
    public Level level(int cells) {
        return levels.get(cells - 1);
    }

    /** The node of this token, if it has a neighbour within the limit. */
    public Optional<Near> near(int token) {
        int at = Collections.binarySearch(near, new Near(token, 0, 0, 0, 0), Comparator.comparingInt(Near::token));
        return at < 0 ? Optional.empty() : Optional.of(near.get(at));
    }

    /** Number of pairs of nodes, n (n - 1) / 2. */
    public long possibleEdges() {
        return (long) nodes * (nodes - 1) / 2;
    }

    /** The graphs while pairs are found. */
    private static final class Graphs implements NearPairs.Sink {
        private final int limit;
        private final int[] tokens;
        private final int[] populations;
        private final UnionFind[] unions; // by k - 1; joined at k means joined at all above
        private final long[] edges; // by distance
        private final int[] nearest;
        private final int[] toBlackHole;
        private final int[] neighbours;

        Graphs(Census census, int limit) {
            this.limit = limit;
            tokens = census.representatives();
            populations = census.populations();
            unions = new UnionFind[limit];
            Arrays.setAll(unions, k -> new UnionFind(tokens.length));
            edges = new long[limit + 1];
            nearest = new int[tokens.length];
            Arrays.fill(nearest, Integer.MAX_VALUE);
            toBlackHole = nearest.clone();
            neighbours = new int[tokens.length];
        }

        @Override
        public void add(int[] pairs, int count) {
            for (int i = 0; i < 3 * count; i += 3) {
                int cells = pairs[i + 2];
                edges[cells]++;
                see(pairs[i], pairs[i + 1], cells);
                see(pairs[i + 1], pairs[i], cells);
                for (int k = Math.max(cells, 1); k <= limit && unions[k - 1].join(pairs[i], pairs[i + 1]); k++) {
                    // joined at k; once joined at one distance, also joined at all larger ones
                }
            }
        }

        private void see(int node, int other, int cells) {
            neighbours[node]++;
            nearest[node] = Math.min(nearest[node], cells);
            if (populations[other] > 1) {
                toBlackHole[node] = Math.min(toBlackHole[node], cells);
            }
        }

        Level level(int k) {
            long pairs = Arrays.stream(edges, 0, k + 1).sum();
            int nodes = 0;
            int behind = 0;
            for (int node = 0; node < tokens.length; node++) {
                nodes += nearest[node] <= k ? 1 : 0;
                behind += nearest[node] <= k ? populations[node] : 0;
            }
            List<Component> components = new ArrayList<>();
            for (int[] members : unions[k - 1].setsOfAtLeast(2)) {
                components.add(component(members));
            }
            components.sort(LARGEST_FIRST);
            return new Level(k, pairs, nodes, behind, components);
        }

        private Component component(int[] nodes) {
            return new Component(
                    Tokens.of(IntStream.of(nodes)
                            .map(node -> tokens[node])
                            .sorted()
                            .toArray()),
                    (int) IntStream.of(nodes)
                            .filter(node -> populations[node] > 1)
                            .count(),
                    IntStream.of(nodes).map(node -> populations[node]).sum());
        }

        List<Near> near() {
            return IntStream.range(0, tokens.length)
                    .filter(node -> neighbours[node] > 0)
                    .mapToObj(node -> new Near(
                            tokens[node],
                            populations[node],
                            nearest[node],
                            neighbours[node],
                            toBlackHole[node] == Integer.MAX_VALUE ? -1 : toBlackHole[node]))
                    .sorted(Comparator.comparingInt(Near::token))
                    .toList();
        }
    }
}
