package org.lilgatsby.analysis;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/** Disjoint sets of the numbers 0 to n - 1 that grow together; each is led by its smallest number. */
final class UnionFind {
    private final int[] parent;

    UnionFind(int n) {
        parent = IntStream.range(0, n).toArray();
    }

    /** The smallest number in the set that holds {@code x}. */
    int leader(int x) {
        while (parent[x] != x) {
            parent[x] = parent[parent[x]];
            x = parent[x];
        }
        return x;
    }

    /** Joins the sets of two numbers; says whether they were different sets. */
    boolean join(int a, int b) {
        int leaderA = leader(a);
        int leaderB = leader(b);
        parent[Math.max(leaderA, leaderB)] = Math.min(leaderA, leaderB);
        return leaderA != leaderB;
    }

    /** The sets, in the order of their leaders; the numbers of each ascend. */
    List<IntStream> sets() {
        int n = parent.length;
        int[] sizes = new int[n];
        for (int x = 0; x < n; x++) {
            sizes[leader(x)]++;
        }
        int[][] members = new int[n][];
        int[] filled = new int[n];
        List<IntStream> sets = new ArrayList<>();
        for (int x = 0; x < n; x++) {
            int leader = leader(x);
            if (members[leader] == null) {
                members[leader] = new int[sizes[leader]];
                sets.add(Arrays.stream(members[leader]));
            }
            members[leader][filled[leader]++] = x;
        }
        return sets;
    }
}
