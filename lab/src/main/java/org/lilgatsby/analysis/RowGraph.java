package org.lilgatsby.analysis;

import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * The figures of {@link Adjacency} and {@link Distances} over the distinct rows of a group, in L-infinity, without a
 * list of the pairs: what is kept grows with the number of rows. Rows on a lattice are compared box by box, as long as
 * their distances add up exactly in any order; all others one by one, some rows at a time.
 *
 * @param threshold when two rows are adjacent, in L-infinity
 * @param limit the threshold for this group, in the unit of the matrix
 * @param nodes number of distinct rows
 * @param edges number of adjacent pairs
 * @param components number of connected sets of nodes
 * @param largestComponent nodes in the largest of them; 0 without a node
 * @param isolated nodes without an edge
 * @param distances over every pair of distinct rows
 */
public record RowGraph(
        Threshold threshold,
        double limit,
        int nodes,
        long edges,
        int components,
        int largestComponent,
        int isolated,
        Extremes distances) {
    /** Rows compared with all others at a time. */
    private static final int BLOCK = 32;

    /** Rows that a block is compared with at a time, so that they stay in the processor's cache. */
    private static final int TILE = 512;

    /**
     * Figures of distances or norms, in the unit of the matrix; all NaN without one.
     *
     * @param min the smallest; a NaN counts as the largest
     * @param mean their sum in double, in the order of the rows, over their number
     * @param max the largest
     */
    public record Extremes(double min, double mean, double max) {
        /** Those of the given numbers, none below 0. */
        static Extremes of(double[] numbers) {
            double min = Double.NaN;
            double sum = 0;
            double max = numbers.length == 0 ? Double.NaN : 0;
            for (double number : numbers) {
                min = number < min || Double.isNaN(min) ? number : min;
                sum += number;
                max = Math.max(max, number);
            }
            return new Extremes(min, sum / numbers.length, max);
        }
    }

    /**
     * Knows all n (n - 1) / 2 pairs of n distinct rows. If all have to be compared, all processors take part.
     *
     * @param threshold in L-infinity
     * @throws IllegalArgumentException if a token is not a row of the matrix, or the threshold is in another metric
     */
    public static RowGraph of(Matrix matrix, Tokens tokens, Threshold threshold) {
        return of(DistinctRows.of(matrix, tokens), threshold);
    }

    /**
     * The graph of these rows.
     *
     * @param threshold in L-infinity
     * @throws IllegalArgumentException if the threshold is in another metric
     */
    public static RowGraph of(DistinctRows distinct, Threshold threshold) {
        if (threshold.metric() != Metric.L_INFINITY) {
            throw new IllegalArgumentException("the threshold must be in L-infinity, not in " + threshold.metric());
        }
        double limit = threshold.limit(distinct.centroid());
        Matrix matrix = distinct.matrix();
        Tokens rows = distinct.rows();
        RowPairs pairs = RowLattice.of(matrix, rows)
                .flatMap(lattice -> LatticePairs.of(lattice, limit))
                .orElseGet(() -> inOrder(matrix, rows, limit));
        return graph(threshold, limit, rows.size(), pairs);
    }

    /** Compares all pairs, and takes them in the order of the rows. */
    private static RowPairs inOrder(Matrix matrix, Tokens distinct, double limit) {
        int n = distinct.size();
        Columns columns = new Columns(matrix, distinct);
        Pairs pairs = new Pairs(n, limit);
        double[][] block = new double[Math.min(BLOCK, n)][n];
        for (int from = 0; from < n; from += BLOCK) {
            int first = from;
            int rows = Math.min(BLOCK, n - from);
            IntStream.range(0, Math.ceilDiv(n - first, TILE)).parallel().forEach(tile -> {
                int to = Math.min(first + (tile + 1) * TILE, n);
                for (int row = 0; row < rows; row++) {
                    columns.compare(first + row, Math.max(first + tile * TILE, first + row + 1), to, block[row]);
                }
            });
            for (int row = 0; row < rows; row++) {
                pairs.add(first + row, block[row]);
            }
        }
        return pairs.all();
    }

    private static RowGraph graph(Threshold threshold, double limit, int n, RowPairs pairs) {
        int[] sizes = new int[n];
        int components = 0;
        int largest = 0;
        int isolated = 0;
        for (int node = 0; node < n; node++) {
            int size = ++sizes[pairs.union().leader(node)];
            components += size == 1 ? 1 : 0;
            largest = Math.max(largest, size);
            isolated += pairs.hasEdge()[node] ? 0 : 1;
        }
        long count = (long) n * (n - 1) / 2;
        Extremes distances = count == 0
                ? new Extremes(Double.NaN, Double.NaN, Double.NaN)
                : new Extremes(pairs.min(), pairs.sum() / count, pairs.max());
        return new RowGraph(threshold, limit, n, pairs.edges(), components, largest, isolated, distances);
    }

    /** Bytes of heap that the graph of this many tokens takes at most while it is computed. */
    public static long bytes(int tokens, int columns) {
        long perToken = (long) Double.BYTES * (columns + BLOCK) + columns + 16L * Integer.BYTES + 2L * Long.BYTES;
        return perToken * tokens + (long) Double.BYTES * columns;
    }

    /** Number of pairs of distinct rows, n (n - 1) / 2. */
    public long possibleEdges() {
        return (long) nodes * (nodes - 1) / 2;
    }

    /** Edges as a share of all possible edges; 1 if none is possible, as in every complete graph. */
    public double density() {
        return possibleEdges() == 0 ? 1 : (double) edges / possibleEdges();
    }

    /** Whether every pair is adjacent. */
    public boolean complete() {
        return edges == possibleEdges();
    }

    /** The distinct rows, column by column. */
    private static final class Columns {
        private final double[][] values; // [D][n]

        Columns(Matrix matrix, Tokens rows) {
            int n = rows.size();
            values = new double[matrix.columns()][n];
            double[] row = new double[matrix.columns()];
            for (int node = 0; node < n; node++) {
                matrix.copyRow(rows.id(node), row, 0);
                for (int j = 0; j < row.length; j++) {
                    values[j][node] = row[j];
                }
            }
        }

        /** Sets the distances of a row from others, from {@code from} up to {@code to}. */
        void compare(int row, int from, int to, double[] distances) {
            if (from >= to) {
                return;
            }
            Arrays.fill(distances, from, to, 0);
            for (double[] column : values) {
                double value = column[row];
                for (int other = from; other < to; other++) {
                    distances[other] = Math.max(distances[other], Math.abs(value - column[other]));
                }
            }
        }
    }

    /** What is known of the pairs, taken row after row. */
    private static final class Pairs {
        private final int n;
        private final double limit;
        private final UnionFind union;
        private final boolean[] hasEdge;
        private int components;
        private long edges;
        private double sum;
        private double min = Double.POSITIVE_INFINITY;
        private double max;
        private boolean ordered; // whether a distance is a number

        Pairs(int n, double limit) {
            this.n = n;
            this.limit = limit;
            union = new UnionFind(n);
            hasEdge = new boolean[n];
            components = n;
        }

        /** Takes the distances of a row from all after it. */
        void add(int row, double[] distances) {
            for (int other = row + 1; other < n; other++) {
                double distance = distances[other];
                sum += distance;
                max = Math.max(max, distance);
                if (!Double.isNaN(distance)) {
                    min = Math.min(min, distance);
                    ordered = true;
                }
                if (distance <= limit) {
                    edges++;
                    hasEdge[row] = true;
                    hasEdge[other] = true;
                    if (components > 1 && union.join(row, other)) {
                        components--;
                    }
                }
            }
        }

        RowPairs all() {
            return new RowPairs(edges, union, hasEdge, ordered ? min : Double.NaN, sum, max);
        }
    }
}
