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

    /**
     * Every pair of distinct rows of the given tokens, component by component. The pair that is furthest apart in a
     * component has its smallest and its largest value, on either side of zero as well, so no pair need be looked at.
     */
    public static CellExtent within(Matrix matrix, Tokens tokens) {
        tokens.requireWithin(matrix.rows());
        FloatFormat format = matrix.format();
        Ends[] all = ends(matrix.columns());
        Ends[] below = ends(matrix.columns());
        Ends[] above = ends(matrix.columns());
        for (int i = 0; i < tokens.size(); i++) {
            for (int j = 0; j < all.length; j++) {
                long index = format.orderedIndex(matrix.bits(tokens.id(i), j));
                all[j].add(index);
                if (index != 0) {
                    (index < 0 ? below : above)[j].add(index);
                }
            }
        }
        CellExtent extent = NONE;
        for (int j = 0; j < all.length; j++) {
            extent = new CellExtent(
                    Math.max(extent.largest, all[j].cells(format)),
                    Math.max(extent.onOneSide, Math.max(below[j].cells(format), above[j].cells(format))));
        }
        return extent;
    }

    private static Ends[] ends(int columns) {
        Ends[] ends = new Ends[columns];
        for (int j = 0; j < columns; j++) {
            ends[j] = new Ends();
        }
        return ends;
    }

    /** The smallest and the largest of some ordered indices. */
    private static final class Ends {
        private long smallest = Long.MAX_VALUE;
        private long largest = Long.MIN_VALUE;

        void add(long index) {
            smallest = Math.min(smallest, index);
            largest = Math.max(largest, index);
        }

        long cells(FloatFormat format) {
            return largest < smallest ? 0 : format.cells(format.bitsAt(smallest), format.bitsAt(largest));
        }
    }
}
