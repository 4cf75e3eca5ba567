package org.lilgatsby.analysis;

import java.util.Arrays;
import java.util.Optional;

/**
 * All pairs of rows on a lattice, two boxes at a time: of many boxes all pairs are equally far apart, and of most
 * others only a few columns decide how far.
 */
final class LatticePairs {
    /** Below it, doubles are whole numbers without a gap. */
    private static final long EXACT = 1L << 53;

    /** Of the components of all pairs one in so many may be compared: where boxes settle little, they cost more. */
    private static final int WORTHWHILE = 64;

    /** Comparisons of components that may be made anyway. */
    private static final long LITTLE = 1 << 22;

    private final BoxTree tree;
    private final long most; // comparisons of components
    private final int limit; // in units of the lattice; -1 if no pair is adjacent
    private final UnionFind union; // of places
    private final boolean[] hasEdge; // by place
    private final boolean[] joined; // by box: all its rows have an edge and are connected
    private final int[] columns;
    private final int[] distances;
    private long compared;
    private int components;
    private long edges;
    private long sum;
    private int bits; // of all distances
    private int min = Integer.MAX_VALUE;
    private int max;

    private LatticePairs(BoxTree tree, int rows, int limit) {
        long all = (long) rows * (rows - 1) / 2 * tree.columns();
        this.tree = tree;
        most = LITTLE + all / WORTHWHILE;
        this.limit = limit;
        union = new UnionFind(rows);
        hasEdge = new boolean[rows];
        joined = new boolean[tree.boxes()];
        columns = new int[tree.columns()];
        distances = new int[rows];
        components = rows;
    }

    /**
     * The figures of all pairs of two or more rows; empty if the sum of their distances in double would depend on the
     * order in which they are added, or if too many pairs would have to be compared.
     */
    static Optional<RowPairs> of(RowLattice lattice, double limit) {
        long rows = lattice.rows();
        BoxTree tree = new BoxTree(lattice);
        if (rows * (rows - 1) / 2 > Long.MAX_VALUE / tree.furthest(0, 0)) {
            return Optional.empty();
        }
        LatticePairs pairs = new LatticePairs(tree, lattice.rows(), units(limit, lattice.unit()));
        pairs.within(0, false);
        return pairs.isWorthwhile() ? Optional.of(pairs.inUnit(lattice.unit())) : Optional.empty();
    }

    /** The most units that are not above a limit; -1 if there are none. */
    private static int units(double limit, double unit) {
        return limit >= 0 ? (int) Math.min(limit / unit, Integer.MAX_VALUE) : -1;
    }

    private RowPairs inUnit(double unit) {
        return new RowPairs(edges, union, hasEdge, min * unit, sum * unit, max * unit);
    }

    /**
     * Whether the distances have added up exactly in double so far, in whatever order, and with few comparisons. All
     * are multiples of the lowest bit that one of them has.
     */
    private boolean isWorthwhile() {
        boolean exact = bits == 0 || sum >>> Integer.numberOfTrailingZeros(bits) < EXACT;
        return exact && compared <= most;
    }

    /** Pairs of rows of one box. */
    private void within(int box, boolean counted) {
        if (tree.size(box) < 2 || !isWorthwhile()) {
            return;
        }
        int furthest = tree.furthest(box, box);
        boolean near = furthest <= limit;
        if (near && !counted) {
            long size = tree.size(box);
            edges += size * (size - 1) / 2;
            join(box);
        }
        if (!tree.isLeaf(box)) {
            within(tree.first(box), near);
            within(tree.second(box), near);
            between(tree.first(box), tree.second(box), near);
            return;
        }
        int count = tree.beyond(box, box, 0, columns);
        for (int place = tree.from(box); place < tree.to(box) - 1; place++) {
            compare(place, place + 1, tree.to(box), 0, count, near);
        }
    }

    /** Pairs of a row of one box and a row of another. */
    private void between(int a, int b, boolean counted) {
        if (!isWorthwhile()) {
            return;
        }
        int nearest = tree.nearest(a, b);
        int furthest = tree.furthest(a, b);
        boolean near = furthest <= limit;
        if (near && !counted) {
            edges += (long) tree.size(a) * tree.size(b);
            join(a);
            join(b);
            join(tree.from(a), tree.from(b));
        }
        if (nearest == furthest) {
            add(nearest, (long) tree.size(a) * tree.size(b));
        } else if (tree.isLeaf(a) && tree.isLeaf(b)) {
            boolean settled = near || nearest > limit;
            int count = tree.beyond(a, b, nearest, columns);
            for (int place = tree.from(a); place < tree.to(a); place++) {
                compare(place, tree.from(b), tree.to(b), nearest, count, settled);
            }
        } else if (tree.isLeaf(b) || !tree.isLeaf(a) && tree.size(a) > tree.size(b)) {
            between(tree.first(a), b, near);
            between(tree.second(a), b, near);
        } else {
            between(a, tree.first(b), near);
            between(a, tree.second(b), near);
        }
    }

    /**
     * Compares the row at a place with others.
     *
     * @param least distance that none of them is nearer than
     * @param count of the columns in which one may be further away
     * @param settled whether it is known which of them are adjacent
     */
    private void compare(int place, int from, int to, int least, int count, boolean settled) {
        int[] distances = this.distances;
        int n = to - from;
        compared += (long) n * count;
        Arrays.fill(distances, 0, n, least);
        for (int i = 0; i < count; i++) {
            int[] column = tree.column(columns[i]);
            int cell = column[place];
            for (int other = 0; other < n; other++) {
                distances[other] = Math.max(distances[other], Math.abs(cell - column[from + other]));
            }
        }
        int any = 0;
        int smallest = Integer.MAX_VALUE;
        int largest = 0;
        long total = 0;
        for (int other = 0; other < n; other++) {
            any |= distances[other];
            smallest = Math.min(smallest, distances[other]);
            largest = Math.max(largest, distances[other]);
            total += distances[other];
        }
        bits |= any;
        min = Math.min(min, smallest);
        max = Math.max(max, largest);
        sum += total;
        if (!settled && smallest <= limit) {
            findEdges(place, from, n);
        }
    }

    private void findEdges(int place, int from, int n) {
        for (int other = 0; other < n; other++) {
            if (distances[other] <= limit) {
                edges++;
                hasEdge[place] = true;
                hasEdge[from + other] = true;
                join(place, from + other);
            }
        }
    }

    private void add(int distance, long pairs) {
        bits |= distance;
        min = Math.min(min, distance);
        max = Math.max(max, distance);
        sum += distance * pairs;
    }

    /** Every row of a box has an edge, and all are connected. */
    private void join(int box) {
        if (joined[box]) {
            return;
        }
        Arrays.fill(joined, box, tree.after(box), true);
        Arrays.fill(hasEdge, tree.from(box), tree.to(box), true);
        for (int place = tree.from(box) + 1; place < tree.to(box); place++) {
            join(tree.from(box), place);
        }
    }

    private void join(int a, int b) {
        if (components > 1 && union.join(a, b)) {
            components--;
        }
    }
}
