package org.lilgatsby.analysis;

import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import org.lilgatsby.kernel.AnalysisKernels;
import org.lilgatsby.kernel.WordPairs;

/**
 * The state at one place of a history during a read from beginning to end, and what changed since the previous place.
 * Rows are held as words of 32 bits: one float32 component, or two bfloat16 components, the even one in the lower half
 * (a row of odd length ends in a zero).
 */
final class HistoryState {
    private static final int UPPER = 0xFFFF_0000;

    private final AnalysisKernels kernels;
    private final FloatFormat format;
    private final int rows;
    private final int columns;
    private final int words;
    private final int[] factors; // of the hash: odd, and different for each word
    private final boolean[] changed;
    private int[] present;
    private int[] before;
    private Matrix matrix;
    private Matrix matrixBefore;
    private int changedRows;

    private HistoryState(History history, AnalysisKernels kernels) {
        this.kernels = kernels;
        format = history.format();
        rows = history.rows();
        columns = history.columns();
        words = format == FloatFormat.BF16 ? Math.ceilDiv(columns, 2) : columns;
        present = new int[Math.multiplyExact(rows, words)];
        before = new int[present.length];
        changed = new boolean[rows];
        factors = new int[words];
        Arrays.setAll(factors, k -> (k + 1) * 0x9E37_79B1 | 1);
    }

    /**
     * A frame for the matrices of a history.
     *
     * @throws IllegalArgumentException for a format that recordings do not use
     */
    static HistoryState of(History history, AnalysisKernels kernels) {
        if (history.format() != FloatFormat.BF16 && history.format() != FloatFormat.F32) {
            throw new IllegalArgumentException("a history is analysed in BF16 or F32, not in " + history.format());
        }
        return new HistoryState(history, kernels);
    }

    /** Takes the matrix as the first state; nothing has changed in it. */
    void start(Matrix first) {
        read(first);
        Arrays.fill(changed, false);
        changedRows = 0;
    }

    /** Moves on to the next state. */
    void advance(Matrix next) {
        int[] older = before;
        before = present;
        present = older;
        read(next);
        changedRows = kernels.changedRows(changed, present, before, words);
    }

    private void read(Matrix next) {
        matrixBefore = matrix;
        matrix = next;
        if (matrix.rowBytes() % Integer.BYTES == 0) {
            MemorySegment.copy(matrix.data(), Matrix.INT, 0, present, 0, present.length);
            return;
        }
        for (int row = 0; row < rows; row++) {
            for (int k = 0; k < words; k++) {
                int upper = 2 * k + 1 < columns ? (int) matrix.bits(row, 2 * k + 1) << 16 : 0;
                present[row * words + k] = (int) matrix.bits(row, 2 * k) & 0xFFFF | upper;
            }
        }
    }

    /** Number of rows. */
    int rows() {
        return rows;
    }

    /** Number of columns. */
    int columns() {
        return columns;
    }

    /** Words of a row. */
    int words() {
        return words;
    }

    /** Format of the matrices. */
    FloatFormat format() {
        return format;
    }

    /** Number of rows whose bits differ from those at the previous place. */
    int changedRows() {
        return changedRows;
    }

    /** Whether a row's bits differ from those at the previous place. */
    boolean changed(int row) {
        return changed[row];
    }

    /** Whether the bits of any of the given rows differ from those at the previous place. */
    boolean changedAny(int[] ofRows) {
        for (int row : ofRows) {
            if (changed[row]) {
                return true;
            }
        }
        return false;
    }

    /** The hash of every row. */
    int[] hashes() {
        int[] hashes = new int[rows];
        Arrays.setAll(hashes, this::hash);
        return hashes;
    }

    /** A number that equal rows share. */
    int hash(int row) {
        return kernels.hash(present, row * words, factors);
    }

    /** Whether two rows are equal bit for bit. */
    boolean sameRow(int a, int b) {
        return Arrays.mismatch(present, a * words, (a + 1) * words, present, b * words, (b + 1) * words) < 0;
    }

    /** Adds the words that count in a row's move to a place of the pairs. */
    void gather(WordPairs pairs, int place, int row) {
        kernels.gather(pairs, place, present, before, row * words, words);
    }

    /** Writes the present values of a row to values[row * columns] and on. */
    void widen(int row, double[] values) {
        widen(row, values, row * columns);
    }

    /** Writes the present values of a row to the beginning of an array. */
    void widenRow(int row, double[] values) {
        widen(row, values, 0);
    }

    private void widen(int row, double[] values, int at) {
        for (int j = 0; j < columns; j++) {
            int word = format == FloatFormat.BF16
                    ? present[row * words + j / 2] << 16 * (1 - j % 2) & UPPER
                    : present[row * words + j];
            values[at + j] = Float.intBitsToFloat(word);
        }
    }

    /** The present matrix. */
    Matrix matrix() {
        return matrix;
    }

    /** The matrix at the previous place. */
    Matrix matrixBefore() {
        return matrixBefore;
    }

    /** Room for {@link #addRows}. */
    double[] newSums() {
        return new double[format == FloatFormat.BF16 ? 2 * words : words];
    }

    /** Adds the values of the given rows to sums, which are in the order that {@link #ofColumn} undoes. */
    void addRows(double[] sums, int[] ofRows) {
        if (format == FloatFormat.BF16) {
            kernels.addRows(sums, present, ofRows, words);
            return;
        }
        for (int row : ofRows) {
            for (int j = 0; j < columns; j++) {
                sums[j] += Float.intBitsToFloat(present[row * words + j]);
            }
        }
    }

    /** The sum of a column. */
    double ofColumn(double[] sums, int column) {
        return format == FloatFormat.BF16 ? sums[column % 2 * words + column / 2] : sums[column];
    }

    /** Writes the ordered indices of a row to indices[row * columns] and on. */
    void indices(int row, double[] indices) {
        for (int j = 0; j < columns; j++) {
            indices[row * columns + j] = format.orderedIndex(matrix.bits(row, j));
        }
    }

    /** Writes the cells that each component of a row moved since the previous place, with their sign. */
    void displacement(int row, long[] cells) {
        for (int j = 0; j < columns; j++) {
            cells[j] = format.orderedIndex(bits(present, row, j)) - format.orderedIndex(bits(before, row, j));
        }
    }

    /** Writes W[t] - W[t-1] of a row, component by component. */
    void difference(int row, double[] values) {
        for (int j = 0; j < columns; j++) {
            values[j] = format.value(bits(present, row, j)) - format.value(bits(before, row, j));
        }
    }

    private long bits(int[] state, int row, int column) {
        return format == FloatFormat.BF16
                ? state[row * words + column / 2] >>> 16 * (column % 2)
                : state[row * words + column];
    }

    /** The centroid of the given rows. */
    Centroid centroid(int[] ofRows) {
        double[] sums = newSums();
        addRows(sums, ofRows);
        double[] mean = new double[columns];
        Arrays.setAll(mean, j -> ofColumn(sums, j) / ofRows.length);
        return new Centroid(new Vector(mean));
    }

    /** The kernels used to read the frame's rows. */
    AnalysisKernels kernels() {
        return kernels;
    }
}
