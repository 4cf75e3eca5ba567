package org.lilgatsby.analysis;

/**
 * The main component of the graph of all distinct rows: the component with the most dead tokens. A row that was reached
 * is not compared again, and a comparison of two rows stops as soon as one component differs by more than the limit, so
 * few comparisons run to the end. Reused from place to place.
 */
final class MainComponent {
    private final Metric metric;
    private final int rows;
    private final int columns;
    private final double[] values; // [rows, columns]: values, or places on the lattice
    private final int[] unreached; // labels
    private final int[] reached; // labels, component after component
    private final boolean[] isMain; // by label
    private int remaining;
    private int end;

    MainComponent(HistoryState frame, Metric metric) {
        this.metric = metric;
        rows = frame.rows();
        columns = frame.columns();
        values = new double[Math.multiplyExact(rows, columns)];
        unreached = new int[rows];
        reached = new int[rows];
        isMain = new boolean[rows];
    }

    /**
     * Finds it in the current state of a frame.
     *
     * @param labels which rows are equal
     * @param deadWith number of dead tokens with each label
     * @param limit largest distance of adjacent rows, in the metric's unit
     */
    void update(HistoryState frame, Labels labels, int[] deadWith, double limit) {
        remaining = 0;
        for (int row = 0; row < rows; row++) {
            isMain[row] = false;
            if (labels.of(row) == row) {
                unreached[remaining++] = row;
                read(frame, row);
            }
        }
        end = 0;
        int mostDead = 0;
        int from = 0;
        int to = 0;
        for (int start = 0; start < rows; start++) {
            if (labels.of(start) == start && deadWith[start] > 0 && take(start)) {
                int first = end - 1;
                int found = reach(first, limit, deadWith);
                if (found > mostDead) {
                    mostDead = found;
                    from = first;
                    to = end;
                }
            }
        }
        for (int i = from; i < to; i++) {
            isMain[reached[i]] = true;
        }
    }

    /** Whether a label is in the main component. */
    boolean contains(int label) {
        return isMain[label];
    }

    private void read(HistoryState frame, int row) {
        if (metric == Metric.CELLS) {
            frame.indices(row, values);
        } else {
            frame.widen(row, values);
        }
    }

    /** Takes a label out of the unreached ones; false if it was reached before. */
    private boolean take(int label) {
        for (int i = 0; i < remaining; i++) {
            if (unreached[i] == label) {
                take(i, label);
                return true;
            }
        }
        return false;
    }

    private void take(int at, int label) {
        unreached[at] = unreached[--remaining];
        reached[end++] = label;
    }

    /** Reaches everything from the label at a place of {@code reached}; returns the dead tokens in it. */
    private int reach(int first, double limit, int[] deadWith) {
        int dead = 0;
        for (int next = first; next < end; next++) {
            dead += deadWith[reached[next]];
            int at = reached[next] * columns;
            for (int i = 0; i < remaining; ) {
                if (isWithin(limit, at, unreached[i] * columns)) {
                    take(i, unreached[i]); // the last one moves here and is examined next
                } else {
                    i++;
                }
            }
        }
        return dead;
    }

    private boolean isWithin(double limit, int a, int b) {
        if (metric == Metric.L2) {
            return Math.sqrt(Rows.squaredDistance(values, a, values, b, columns)) <= limit;
        }
        for (int j = 0; j < columns; j++) {
            if (!(Math.abs(values[a + j] - values[b + j]) <= limit)) {
                return false;
            }
        }
        return true;
    }
}
