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
        RowGroups groups = RowGroups.of(matrix, tokens);
        int[] rows = groups.firstRows(tokens);
        Metric.Pairs distances = threshold.metric().within(matrix, rows);
        int n = rows.length;
        List<Edge> edges = new ArrayList<>();
        UnionFind union = new UnionFind(n);
        for (int a = 0; a < n; a++) {
            for (int b = a + 1; b < n; b++) {
                if (distances.distance(a, b) <= limit) {
                    edges.add(new Edge(rows[a], rows[b]));
                    union.join(a, b);
                }
            }
        }
        List<Tokens> components = union.sets().stream()
                .map(set -> Tokens.of(set.map(group -> rows[group]).toArray()))
                .sorted(LARGEST_FIRST)
                .toList();
        return new Adjacency(threshold, limit, edges, components);
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
