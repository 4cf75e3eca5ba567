package org.lilgatsby.analysis;

/**
 * The largest distance in cells between values that are compared one by one. Between two values of opposite sign lie
 * all the tiny ones, tens of thousands of cells in {@link FloatFormat#BF16} however near zero both are; so the largest
 * distance is also given without them.
 *
 * @param largest over all pairs of values
 * @param onOneSide over those that both lie on one side of zero
 */
public record CellExtent(long largest, long onOneSide) {
    /** No pair of values. */
    public static final CellExtent NONE = new CellExtent(0, 0);

    /** This and another pair of values. */
    public CellExtent with(FloatFormat format, long bitsA, long bitsB) {
        long cells = format.cells(bitsA, bitsB);
        long a = format.orderedIndex(bitsA);
        long b = format.orderedIndex(bitsB);
        boolean oneSide = Long.signum(a) == Long.signum(b);
        return new CellExtent(Math.max(largest, cells), oneSide ? Math.max(onOneSide, cells) : onOneSide);
    }

    /** Every pair of distinct rows of the given tokens, component by component. */
    public static CellExtent within(Matrix matrix, Tokens tokens) {
        int[] rows = Census.of(matrix, tokens).representatives();
        CellExtent extent = NONE;
        for (int a = 0; a < rows.length; a++) {
            for (int b = a + 1; b < rows.length; b++) {
                for (int j = 0; j < matrix.columns(); j++) {
                    extent = extent.with(matrix.format(), matrix.bits(rows[a], j), matrix.bits(rows[b], j));
                }
            }
        }
        return extent;
    }
}
