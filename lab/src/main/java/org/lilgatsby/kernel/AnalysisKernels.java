package org.lilgatsby.kernel;

/**
 * The loops that analyse a bfloat16 recording or matrix. As with {@link Kernels}, the scalar implementation is the
 * specification, and every other one gives the same bits.
 *
 * <p>Rows come as words: two components each, the even one in the lower half. A row of odd length ends
 * in a zero.
 */
public interface AnalysisKernels {
    /** Rows in {@link #moves} come in multiples of this. */
    int ROWS = 16;

    /**
     * Sets changed[r], for each of the rows of {@code n} words, to whether any of its words differs between the two.
     *
     * @return how many rows differ
     */
    int changedRows(boolean[] changed, int[] after, int[] before, int n);

    /**
     * A hash of a row: the sum of the words from {@code from} on, each times its factor, modulo 2^32.
     *
     * @param factors one for each word of the row
     */
    int hash(int[] words, int from, int[] factors);

    /**
     * Fills the row at {@code place} of the pairs with those of the {@code n} words from {@code from} on that count in
     * its move, in order: all that differ, and all with an infinity or a NaN, whose difference is never 0.
     */
    void gather(WordPairs pairs, int place, int[] after, int[] before, int from, int n);

    /**
     * For k &lt; n: sums[k] += the value of the lower half of words[r*n+k], and sums[n+k] += that of the
     * upper half, for each r of the given rows in their order.
     */
    void addRows(double[] sums, int[] words, int[] rows, int n);

    /**
     * Measures the move of the rows at the first {@code rows} places of the pairs.
     *
     * <p>Arithmetic is in float, each operation rounded, sums in ascending order of k, the lower half first; sums of
     * cells are integers until they are stored. A row that moved and whose sum of squares of values is not in [1/L, L],
     * or whose sum of squares of ULP is not at most L, L = {@link RowMoves#LARGEST_SQUARES}, gets NaN as its L2: the
     * caller computes its figures in double.
     *
     * @param moves set for places 0 to {@code rows}-1
     * @param rows a multiple of {@link #ROWS}
     */
    void moves(RowMoves moves, WordPairs pairs, int rows);

    /**
     * Distances of point a from points a+1 to n-1: sums over the coordinates, in ascending order, of the
     * squared difference, and the largest absolute difference. Coordinate j of point i is points[j*ld+i].
     *
     * @param squares set from a+1 to n-1; elements before a+1 and from n to ld-1 are unspecified
     * @param max likewise
     * @param ld a multiple of {@link #ROWS}; the points from n to ld-1 exist and do not matter
     */
    void distances(double[] squares, double[] max, double[] points, int a, int n, int coordinates, int ld);

    /** The largest |a[at+i] - b[bt+i]| for i &lt; n, but at most 32767; 0 for n = 0. */
    int furthest(short[] a, int at, short[] b, int bt, int n);
}
