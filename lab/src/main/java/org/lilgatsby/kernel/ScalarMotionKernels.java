package org.lilgatsby.kernel;

import static org.lilgatsby.kernel.RowMoves.LARGEST_SQUARES;

import org.lilgatsby.kernel.RowMoves.Figure;

/** The specification of {@link MotionKernels}. */
public final class ScalarMotionKernels implements MotionKernels {
    static final int UPPER = 0xFFFF_0000;
    static final int MAGNITUDE = 0x7FFF_FFFF;

    /** |difference| / ULP = (|difference| * 2^64) * 2^(70-E): neither factor overflows for any exponent E of a safe row. */
    static final float RAISE = 0x1p64f;

    /** The bits of 2^70. */
    static final int LOWER = (70 + Float.MAX_EXPONENT) << 23;

    static final int EXPONENT = 0x7F80_0000;

    /** E = 0 (zero and subnormals) is taken as 1. */
    static final int LEAST_EXPONENT = 0x0080_0000;

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
    public void moves(RowMoves moves, int[] after, int[] before, int[] factors, int rows, int words, int ld) {
        for (int i = 0; i < rows; i++) {
            Sums sums = new Sums();
            int hash = 0;
            for (int k = 0; k < words; k++) {
                int x = after[k * ld + i];
                int y = before[k * ld + i];
                sums.add(x << 16, y << 16);
                sums.add(x & UPPER, y & UPPER);
                hash += x * factors[k];
            }
            sums.store(moves, i);
            moves.hashes()[i] = hash;
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

        /** Adds a component, given as the bits of its float before and after. */
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
            boolean safe = squares >= 1 / LARGEST_SQUARES && squares <= LARGEST_SQUARES && ulpSquares <= LARGEST_SQUARES;
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
