package org.lilgatsby.analysis;

/**
 * The largest cell distance between values compared component by component. Between two values of opposite sign lie all
 * tiny values, tens of thousands of cells in {@link FloatFormat#BF16} even if both are close to zero; so the largest
 * distance between values of the same sign is given too.
 *
 * @param largest over all pairs of values
 * @param onOneSide over pairs of values on the same side of zero
 */
public record CellExtent(long largest, long onOneSide) {
    /** No pair of values. */
    public static final CellExtent NONE = new CellExtent(0, 0);

    /** Includes another pair of values. */
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
