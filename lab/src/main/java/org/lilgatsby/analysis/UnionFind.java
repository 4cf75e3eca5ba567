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
        return setsOfAtLeast(1).stream().map(Arrays::stream).toList();
    }

    /** Those of at least so many numbers. Where most numbers are alone, this is much quicker than {@link #sets}. */
    List<int[]> setsOfAtLeast(int least) {
        int n = parent.length;
        int[] sizes = new int[n];
        for (int x = 0; x < n; x++) {
            sizes[leader(x)]++;
        }
        int[] places = new int[n]; // of a leader's set in the list
        List<int[]> sets = new ArrayList<>();
        for (int x = 0; x < n; x++) {
            if (sizes[x] >= least) {
                places[x] = sets.size();
                sets.add(new int[sizes[x]]);
            }
        }
        int[] filled = new int[n];
        for (int x = 0; x < n; x++) {
            int leader = leader(x);
            if (sizes[leader] >= least) {
                sets.get(places[leader])[filled[leader]++] = x;
            }
        }
        return sets;
    }
}
