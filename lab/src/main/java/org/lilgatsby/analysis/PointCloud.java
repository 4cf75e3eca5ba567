package org.lilgatsby.analysis;

import java.util.Arrays;
import org.lilgatsby.kernel.AnalysisKernels;

/**
 * The distinct rows of a group of tokens at one place of a history, and all distances between them, in L2, L-infinity
 * and, if wanted, cells. Reused from place to place.
 */
final class PointCloud {
    private final int[] tokens;
    private final int columns;
    private final boolean withCells;
    private final int ld;
    private final double[] points; // transposed: [columns, ld]
    private final double[] row;
    private final double[] squares;
    private final double[] max;
    private final int[] nodeOf; // [rows]: the node of a label
    private final int[] representatives;
    private final int[] populations;
    private final double[] l2;
    private final double[] lInfinity;
    private final double[] cells;
    private int nodes;
    private boolean measured;

    PointCloud(HistoryState frame, Tokens tokens, boolean withCells) {
        this.tokens = tokens.toArray();
        this.withCells = withCells;
        columns = frame.columns();
        ld = Math.ceilDiv(Math.max(tokens.size(), 1), AnalysisKernels.ROWS) * AnalysisKernels.ROWS;
        points = new double[Math.multiplyExact(columns, ld)];
        row = new double[Math.multiplyExact(frame.rows(), columns)];
        squares = new double[ld];
        max = new double[ld];
        nodeOf = new int[frame.rows()];
        representatives = new int[tokens.size()];
        populations = new int[tokens.size()];
        int pairs = Math.toIntExact((long) tokens.size() * (tokens.size() - 1) / 2);
        l2 = new double[pairs];
        lInfinity = new double[pairs];
        cells = new double[withCells ? pairs : 0];
    }

    /** Takes the present state of a frame whose rows have been labelled. */
    void update(HistoryState frame, Labels labels) {
        measured = true;
        Arrays.fill(nodeOf, -1);
        nodes = 0;
        for (int token : tokens) {
            int label = labels.of(token);
            if (nodeOf[label] < 0) {
                nodeOf[label] = nodes;
                representatives[nodes] = token;
                populations[nodes++] = 0;
            }
            populations[nodeOf[label]]++;
        }
        for (int node = 0; node < nodes; node++) {
            frame.widen(representatives[node], row);
            place(node);
        }
        measure(frame.kernels(), l2, lInfinity);
        if (withCells) {
            for (int node = 0; node < nodes; node++) {
                frame.indices(representatives[node], row);
                place(node);
            }
            measure(frame.kernels(), null, cells);
        }
    }

    private void place(int node) {
        int from = representatives[node] * columns;
        for (int j = 0; j < columns; j++) {
            points[j * ld + node] = row[from + j];
        }
    }

    private void measure(AnalysisKernels kernels, double[] roots, double[] largest) {
        int at = 0;
        for (int a = 0; a < nodes; a++) {
            kernels.distances(squares, max, points, a, nodes, columns, ld);
            for (int b = a + 1; b < nodes; b++, at++) {
                largest[at] = max[b];
                if (roots != null) {
                    roots[at] = Math.sqrt(squares[b]);
                }
            }
        }
    }

    /** Whether any state was taken yet. */
    boolean measured() {
        return measured;
    }

    /** Number of distinct rows. */
    int nodes() {
        return nodes;
    }

    /** Number of pairs of distinct rows: the distances are at the first places, (0,1), (0,2) ... (1,2) ... */
    int pairs() {
        return nodes * (nodes - 1) / 2;
    }

    /** Tokens behind a node. */
    int population(int node) {
        return populations[node];
    }

    /** The node of a row's label; -1 if no token of the group has it. */
    int nodeOf(int label) {
        return nodeOf[label];
    }

    /** Pairs of tokens with equal rows. */
    long identicalPairs() {
        long pairs = 0;
        for (int node = 0; node < nodes; node++) {
            pairs += (long) populations[node] * (populations[node] - 1) / 2;
        }
        return pairs;
    }

    /** The distances in a metric; CELLS only if they were wanted. */
    double[] distances(Metric metric) {
        return switch (metric) {
            case L2 -> l2;
            case L_INFINITY -> lInfinity;
            case CELLS -> cells;
        };
    }
}
