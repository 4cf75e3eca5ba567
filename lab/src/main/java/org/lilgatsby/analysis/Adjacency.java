package org.lilgatsby.analysis;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * The graph of the distinct rows of a group, with an edge between two rows no further apart than a threshold. Each node
 * is named by one token: the black hole's representative or the singleton.
 *
 * @param threshold when two rows are adjacent
 * @param limit the threshold for this group, in the unit of its metric
 * @param edges pairs of adjacent nodes
 * @param components maximal connected sets of nodes: largest first; the smaller first token breaks ties
 */
public record Adjacency(Threshold threshold, double limit, List<Edge> edges, List<Tokens> components) {
    /**
     * Two adjacent nodes.
     *
     * @param a the node with the smaller token
     * @param b the other
     */
    public record Edge(int a, int b) {}

    private static final Comparator<Tokens> LARGEST_FIRST =
            Comparator.comparingInt(Tokens::size).reversed().thenComparingInt(c -> c.id(0));

    /** Copies the lists. */
    public Adjacency {
        edges = List.copyOf(edges);
        components = List.copyOf(components);
    }

    /**
     * The graph of the given tokens.
     *
     * @throws IllegalArgumentException if a token is not a row of the matrix
     */
    public static Adjacency of(Matrix matrix, Tokens tokens, Threshold threshold) {
        double limit = threshold.limit(Centroid.of(matrix, tokens));
        List<Edge> edges = new ArrayList<>();
        List<Tokens> components = connect(matrix, tokens, threshold, limit, (a, b) -> edges.add(new Edge(a, b)));
        return new Adjacency(threshold, limit, edges, components);
    }

    /**
     * The {@link #components} of the graph of the given tokens alone. No edge is kept, so that memory grows with the
     * number of rows.
     *
     * @throws IllegalArgumentException if a token is not a row of the matrix
     */
    public static List<Tokens> componentsOf(Matrix matrix, Tokens tokens, Threshold threshold) {
        return connect(matrix, tokens, threshold, threshold.limit(Centroid.of(matrix, tokens)), (_, _) -> {});
    }

    /** Receives the nodes of each edge. */
    private interface Edges {
        void add(int a, int b);
    }

    private static List<Tokens> connect(Matrix matrix, Tokens tokens, Threshold threshold, double limit, Edges edges) {
        int[] rows = RowGroups.of(matrix, tokens).firstRows(tokens);
        Metric.Pairs distances = threshold.metric().within(matrix, rows);
        UnionFind union = new UnionFind(rows.length);
        for (int a = 0; a < rows.length; a++) {
            for (int b = a + 1; b < rows.length; b++) {
                if (distances.distance(a, b) <= limit) {
                    edges.add(rows[a], rows[b]);
                    union.join(a, b);
                }
            }
        }
        return union.sets().stream()
                .map(set -> Tokens.of(set.map(group -> rows[group]).toArray()))
                .sorted(LARGEST_FIRST)
                .toList();
    }

    /** Number of distinct rows. */
    public int nodes() {
        return components.stream().mapToInt(Tokens::size).sum();
    }

    /** Number of pairs of distinct rows, n (n - 1) / 2. */
    public long possibleEdges() {
        long n = nodes();
        return n * (n - 1) / 2;
    }

    /** Edges as a share of all possible edges; 1 if none is possible, as in every complete graph. */
    public double density() {
        return possibleEdges() == 0 ? 1 : (double) edges.size() / possibleEdges();
    }

    /** Whether every pair is adjacent. */
    public boolean complete() {
        return edges.size() == possibleEdges();
    }

    /** Nodes in the largest component; 0 without a node. */
    public int largestComponent() {
        return components.isEmpty() ? 0 : components.getFirst().size();
    }

    /** Number of nodes without an edge. */
    public int isolated() {
        return (int) components.stream().filter(c -> c.size() == 1).count();
    }
}
