package org.lilgatsby.analysis;

import java.util.Arrays;

/** The graph of a point cloud's nodes at a distance limit. Reused from place to place. */
final class NodeGraph {
    private final int[] component;
    private final int[] degree;
    private final int[] size;
    private final int[] queue;
    private boolean[] adjacent = new boolean[0]; // [nodes, nodes]
    private int nodes;
    private int edges;
    private int components;

    NodeGraph(int mostNodes) {
        component = new int[mostNodes];
        degree = new int[mostNodes];
        size = new int[mostNodes];
        queue = new int[mostNodes];
    }

    /** Connects the nodes at a distance of at most the limit; pairs are in the order of {@link PointCloud}. */
    void connect(int nodeCount, double[] distances, double limit) {
        nodes = nodeCount;
        edges = 0;
        Arrays.fill(degree, 0, nodes, 0);
        if (adjacent.length < nodes * nodes) {
            adjacent = new boolean[nodes * nodes];
        }
        int at = 0;
        for (int a = 0; a < nodes; a++) {
            for (int b = a + 1; b < nodes; b++, at++) {
                boolean edge = distances[at] <= limit;
                adjacent[a * nodes + b] = edge;
                adjacent[b * nodes + a] = edge;
                if (edge) {
                    edges++;
                    degree[a]++;
                    degree[b]++;
                }
            }
        }
        findComponents();
    }

    private void findComponents() {
        components = 0;
        Arrays.fill(component, 0, nodes, -1);
        for (int start = 0; start < nodes; start++) {
            if (component[start] >= 0) {
                continue;
            }
            int end = 0;
            component[start] = components;
            queue[end++] = start;
            for (int next = 0; next < end; next++) {
                for (int b = 0; b < nodes; b++) {
                    if (component[b] < 0 && adjacent[queue[next] * nodes + b]) {
                        component[b] = components;
                        queue[end++] = b;
                    }
                }
            }
            size[components++] = end;
        }
    }

    /** Number of edges. */
    int edges() {
        return edges;
    }

    /** Number of connected components. */
    int components() {
        return components;
    }

    /** The component of a node. */
    int componentOf(int node) {
        return component[node];
    }

    /** Nodes in the largest component; 0 without a node. */
    int largest() {
        int largest = 0;
        for (int c = 0; c < components; c++) {
            largest = Math.max(largest, size[c]);
        }
        return largest;
    }

    /** Nodes without an edge. */
    int isolated() {
        int isolated = 0;
        for (int node = 0; node < nodes; node++) {
            isolated += degree[node] == 0 ? 1 : 0;
        }
        return isolated;
    }
}
