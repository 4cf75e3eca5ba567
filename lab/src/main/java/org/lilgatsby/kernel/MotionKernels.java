package org.lilgatsby.kernel;

/**
 * The loops of reading a bfloat16 recording or matrix. As with {@link Kernels}, the scalar implementation is the
 * specification, and every other gives the same bits.
 *
 * <p>Rows come as words: two components each, the even one in the lower half. A row of odd length ends
 * in a zero.
 */
public interface MotionKernels {
    /** Rows in {@link #moves} come in multiples of this. */
    int ROWS = 16;

    /**
     * For k &lt; n: sums[k] += the value of the lower half of words[r*n+k], and sums[n+k] += that of the
     * upper half, for each r of the given rows in their order.
     */
    void addRows(double[] sums, int[] words, int[] rows, int n);

    /**
     * Measures the move of {@code rows} rows from {@code before} to {@code after}. Both matrices are
     * transposed: word k of row i is at k*ld + i.
     *
     * <p>Arithmetic is in float, each operation rounded, sums in ascending order of k, the lower half
     * first; sums of cells are integers until they are stored. A row that moved and whose sum of squares of values is
     * not in [1/L, L], or whose sum of squares of ULP is not at most L, L = {@link RowMoves#LARGEST_SQUARES},
     * gets NaN as its L2: its figures are for the caller to compute in double.
     *
     * <p>The hash of row i is the sum of its later words, word k times factors[k], modulo 2^32, so that
     * equal rows have equal hashes.
     *
     * @param moves set for rows 0 to {@code rows}-1
     * @param rows a multiple of {@link #ROWS}
     */
    void moves(RowMoves moves, int[] after, int[] before, int[] factors, int rows, int words, int ld);

    /**
     * Distances of point a from points a+1 to n-1: sums over the coordinates, in ascending order, of the
     * squared difference, and the largest absolute difference. Coordinate j of point i is points[j*ld+i].
     *
     * @param squares set from a+1 to n-1; what lies before and up to ld is unspecified
     * @param max likewise
     * @param ld a multiple of {@link #ROWS}; the points from n to ld-1 exist and do not matter
     */
    void distances(double[] squares, double[] max, double[] points, int a, int n, int coordinates, int ld);

    /** The largest |a[at+i] - b[bt+i]| for i &lt; n, but at most 32767; 0 for n = 0. */
    int furthest(short[] a, int at, short[] b, int bt, int n);
}
