package org.lilgatsby.analysis;

import java.util.Arrays;

/**
 * Rows on a lattice in boxes within boxes: each box is halved in the column in which it is widest. The rows of a box
 * have neighbouring places, and the boxes within a box follow it.
 */
final class BoxTree {
    /** Rows that are not divided further. */
    private static final int LEAF = 64;

    /** Halves of halves; a box that lies deeper is not divided. */
    private static final int DEPTH = 64;

    /** For so many rows there is at most one box. */
    private static final int ROWS_PER_BOX = 8;

    private final RowLattice lattice;
    private final int width;
    private final int[] order; // place to row
    private final int[] scratch;
    private int boxes;

    private final int[] from; // first place of a box
    private final int[] to; // the place after its last
    private final int[] second; // the second box within it, the first being the next one; 0 for a leaf
    private final int[] after; // the box after all boxes within it
    private final int[] low; // [boxes, width]
    private final int[] high;
    private final int[][] values; // [width][places]

    BoxTree(RowLattice lattice) {
        this.lattice = lattice;
        width = lattice.columns();
        order = new int[lattice.rows()];
        scratch = new int[order.length];
        Arrays.setAll(order, row -> row);
        int most = 1 + order.length / ROWS_PER_BOX;
        from = new int[most];
        to = new int[most];
        second = new int[most];
        after = new int[most];
        low = new int[Math.multiplyExact(most, width)];
        high = new int[low.length];
        divide(0, order.length, 0, most);
        values = new int[width][order.length];
        for (int place = 0; place < order.length; place++) {
            int at = order[place] * width;
            for (int j = 0; j < width; j++) {
                values[j][place] = lattice.cells()[at + j];
            }
        }
    }

    /** Makes a box, and those within it while there are fewer than {@code most} boxes in all. */
    private void divide(int begin, int end, int depth, int most) {
        int box = boxes++;
        from[box] = begin;
        to[box] = end;
        bound(box);
        int column = widest(box);
        if (end - begin > LEAF && depth < DEPTH && boxes + 2 <= most && spread(box, column) > 0) {
            int middle = part(begin, end, column, low[box * width + column] + spread(box, column) / 2);
            int share = (int) ((long) (most - boxes) * (middle - begin) / (end - begin));
            divide(begin, middle, depth + 1, boxes + Math.clamp(share, 1, most - boxes - 1));
            second[box] = boxes;
            divide(middle, end, depth + 1, most);
        }
        after[box] = boxes;
    }

    private void bound(int box) {
        int at = box * width;
        int[] cells = lattice.cells();
        System.arraycopy(cells, order[from[box]] * width, low, at, width);
        System.arraycopy(cells, order[from[box]] * width, high, at, width);
        for (int place = from[box] + 1; place < to[box]; place++) {
            int row = order[place] * width;
            for (int j = 0; j < width; j++) {
                low[at + j] = Math.min(low[at + j], cells[row + j]);
                high[at + j] = Math.max(high[at + j], cells[row + j]);
            }
        }
    }

    private int widest(int box) {
        int widest = 0;
        for (int j = 1; j < width; j++) {
            widest = spread(box, j) > spread(box, widest) ? j : widest;
        }
        return widest;
    }

    private int spread(int box, int column) {
        return high[box * width + column] - low[box * width + column];
    }

    /**
     * Puts the rows whose component is at most {@code pivot} before the others; returns the place of the first other.
     */
    private int part(int begin, int end, int column, int pivot) {
        int next = begin;
        int others = 0;
        for (int place = begin; place < end; place++) {
            int row = order[place];
            if (lattice.cells()[row * width + column] <= pivot) {
                order[next++] = row;
            } else {
                scratch[others++] = row;
            }
        }
        System.arraycopy(scratch, 0, order, next, others);
        return next;
    }

    boolean isLeaf(int box) {
        return second[box] == 0;
    }

    int first(int box) {
        return box + 1;
    }

    int second(int box) {
        return second[box];
    }

    /** The box after this one and all within it. */
    int after(int box) {
        return after[box];
    }

    int from(int box) {
        return from[box];
    }

    int to(int box) {
        return to[box];
    }

    int size(int box) {
        return to[box] - from[box];
    }

    /** Number of boxes. */
    int boxes() {
        return boxes;
    }

    /** A distance that no two rows of two boxes are nearer than. */
    int nearest(int a, int b) {
        int atA = a * width;
        int atB = b * width;
        int nearest = 0;
        for (int j = 0; j < width; j++) {
            int gap = Math.max(low[atA + j] - high[atB + j], low[atB + j] - high[atA + j]);
            nearest = Math.max(nearest, gap);
        }
        return nearest;
    }

    /** A distance that no two rows of two boxes are further apart than. */
    int furthest(int a, int b) {
        int atA = a * width;
        int atB = b * width;
        int furthest = 0;
        for (int j = 0; j < width; j++) {
            int span = Math.max(high[atA + j] - low[atB + j], high[atB + j] - low[atA + j]);
            furthest = Math.max(furthest, span);
        }
        return furthest;
    }

    /** Columns in which rows of two boxes may be further apart than {@code distance}: how many, first in the list. */
    int beyond(int a, int b, int distance, int[] columns) {
        int atA = a * width;
        int atB = b * width;
        int count = 0;
        for (int j = 0; j < width; j++) {
            if (Math.max(high[atA + j] - low[atB + j], high[atB + j] - low[atA + j]) > distance) {
                columns[count++] = j;
            }
        }
        return count;
    }

    /** The components of a column, by place. */
    int[] column(int column) {
        return values[column];
    }

    int columns() {
        return width;
    }
}
