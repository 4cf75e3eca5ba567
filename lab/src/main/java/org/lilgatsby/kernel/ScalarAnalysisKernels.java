package org.lilgatsby.kernel;

import static org.lilgatsby.kernel.RowMoves.LARGEST_SQUARES;

import java.util.Arrays;
import java.util.Arrays;
import org.lilgatsby.kernel.RowMoves.Figure;

/** The specification of {@link AnalysisKernels}. */
public final class ScalarAnalysisKernels implements AnalysisKernels {
    static final int UPPER = 0xFFFF_0000;
    static final int MAGNITUDE = 0x7FFF_FFFF;

    /**
     * |difference| / ULP = (|difference| * 2^64) * 2^(70-E): neither factor overflows for any exponent E of a safe row.
     */
    static final float RAISE = 0x1p64f;

    /** The bits of 2^70. */
    static final int LOWER = (70 + Float.MAX_EXPONENT) << 23;

    static final int EXPONENT = 0x7F80_0000;

    /** E = 0 (zero and subnormals) counts as 1. */
    static final int LEAST_EXPONENT = 0x0080_0000;

    @Override
    public int changedRows(boolean[] changed, int[] after, int[] before, int n) {
        int count = 0;
        for (int row = 0; row < changed.length; row++) {
            int from = row * n;
            changed[row] = Arrays.mismatch(after, from, from + n, before, from, from + n) >= 0;
            count += changed[row] ? 1 : 0;
        }
        return count;
    }

    @Override
    public int hash(int[] words, int from, int[] factors) {
        return hash(words, from, factors, 0);
    }

    /** The part of the words from k on. */
    static int hash(int[] words, int from, int[] factors, int k) {
        int hash = 0;
        for (int i = k; i < factors.length; i++) {
            hash += words[from + i] * factors[i];
        }
        return hash;
    }

    @Override
    public void gather(WordPairs pairs, int place, int[] after, int[] before, int from, int n) {
        gather(pairs, place, after, before, from, from + n, 0);
    }

    /** Adds words after the {@code already} ones that the row has. */
    static void gather(WordPairs pairs, int place, int[] after, int[] before, int from, int to, int already) {
        int count = already;
        for (int at = from; at < to; at++) {
            int word = after[at];
            boolean finite = (word & EXPONENT) != EXPONENT && (word << 16 & EXPONENT) != EXPONENT;
            if (word != before[at] || !finite) {
                pairs.put(count++, place, word, before[at]);
            }
        }
        pairs.end(place, count);
    }

    @Override
    public void addRows(double[] sums, int[] words, int[] rows, int n) {
        addRows(sums, words, rows, n, 0);
    }

    /** Adds the words from the given one on. */
    static void addRows(double[] sums, int[] words, int[] rows, int n, int from) {
        for (int row : rows) {
            for (int k = from; k < n; k++) {
                sums[k] += Float.intBitsToFloat(words[row * n + k] << 16);
                sums[n + k] += Float.intBitsToFloat(words[row * n + k] & UPPER);
            }
        }
    }

    @Override
    public void moves(RowMoves moves, WordPairs pairs, int rows) {
        for (int i = 0; i < rows; i++) {
            int end = pairs.words()[i] * pairs.ld();
            Sums sums = new Sums();
            for (int at = i; at < end; at += pairs.ld()) {
                int x = pairs.after()[at];
                int y = pairs.before()[at];
                sums.add(x << 16, y << 16);
                sums.add(x & UPPER, y & UPPER);
            }
            sums.store(moves, i);
        }
    }

    @Override
    public void distances(double[] squares, double[] max, double[] points, int a, int n, int coordinates, int ld) {
        for (int b = a + 1; b < n; b++) {
            double sum = 0;
            double largest = 0;
            for (int j = 0; j < coordinates; j++) {
                double difference = Math.abs(points[j * ld + b] - points[j * ld + a]);
                sum += difference * difference;
                largest = Math.max(largest, difference);
            }
            squares[b] = sum;
            max[b] = largest;
        }
    }

    @Override
    public int furthest(short[] a, int at, short[] b, int bt, int n) {
        int furthest = 0;
        for (int i = 0; i < n; i++) {
            furthest = Math.max(furthest, Math.abs(a[at + i] - b[bt + i]));
        }
        return Math.min(furthest, Short.MAX_VALUE);
    }

    /** The sums of one row. */
    private static final class Sums {
        private float squares;
        private float max;
        private float ulps;
        private float ulpSquares;
        private float ulpMax;
        private int cells;
        private float cellSquares;
        private int cellMax;

        /** Adds a component, given by the bits of its floats before and after. */
        void add(int x, int y) {
            float difference = Math.abs(Float.intBitsToFloat(x) - Float.intBitsToFloat(y));
            int exponent = Math.max(y & EXPONENT, LEAST_EXPONENT);
            float inUlp = Math.abs(difference * RAISE * Float.intBitsToFloat(LOWER - exponent));
            squares += difference * difference;
            max = Math.max(max, difference);
            ulps += inUlp;
            ulpSquares += inUlp * inUlp;
            ulpMax = Math.max(ulpMax, inUlp);
            int distance = Math.abs(index(x) - index(y));
            cells += distance;
            cellSquares += (float) distance * (float) distance;
            cellMax = Math.max(cellMax, distance);
        }

        /** The ordered index; a NaN takes the place its bits give it, beyond the infinities. */
        private static int index(int bits) {
            int sign = bits >> 31;
            return ((bits & MAGNITUDE) >> 16 ^ sign) - sign;
        }

        void store(RowMoves moves, int row) {
            boolean safe = squares >= 1 / LARGEST_SQUARES && squares <= LARGEST_SQUARES
                    && ulpSquares <= LARGEST_SQUARES;
            moves.of(Figure.L2)[row] = safe || max == 0 ? (float) Math.sqrt(squares) : Float.NaN;
            moves.of(Figure.L_INFINITY)[row] = max;
            moves.of(Figure.ULP_L1)[row] = ulps;
            moves.of(Figure.ULP_L2)[row] = (float) Math.sqrt(ulpSquares);
            moves.of(Figure.ULP_L_INFINITY)[row] = ulpMax;
            moves.of(Figure.CELLS_L1)[row] = cells;
            moves.of(Figure.CELL_SQUARES)[row] = cellSquares;
            moves.of(Figure.CELLS_L_INFINITY)[row] = cellMax;
        }
    }
}
