package org.lilgatsby.analysis;

/**
 * L2 norms of the rows of a group: of tokens in an embedding matrix, or of gradients in a gradient matrix. Squares are
 * summed in double, column by column.
 *
 * @param norms over the rows, in the unit of the matrix
 * @param tokenOfMax the token with the largest norm, the smallest id among equals; -1 for an empty group
 */
public record RowNorms(Summary norms, int tokenOfMax) {
    /**
     * The norms of the given tokens' rows.
     *
     * @throws IllegalArgumentException if a token is not a row of the matrix
     */
    public static RowNorms of(Matrix matrix, Tokens tokens) {
        double[] norms = norms(matrix, tokens);
        int largest = norms.length == 0 ? -1 : 0;
        for (int i = 1; i < norms.length; i++) {
            if (norms[i] > norms[largest]) {
                largest = i;
            }
        }
        return new RowNorms(Summary.of(norms), largest < 0 ? -1 : tokens.id(largest));
    }

    /** The smallest, the mean and the largest norm of the tokens of these rows, without sorting them. */
    public static RowGraph.Extremes extremes(DistinctRows rows) {
        return RowGraph.Extremes.of(rows.perToken(norms(rows.matrix(), rows.rows())));
    }

    private static double[] norms(Matrix matrix, Tokens tokens) {
        tokens.requireWithin(matrix.rows());
        double[] norms = new double[tokens.size()];
        double[] row = new double[matrix.columns()];
        for (int i = 0; i < norms.length; i++) {
            matrix.copyRow(tokens.id(i), row, 0);
            double squares = 0;
            for (double component : row) {
                squares += component * component;
            }
            norms[i] = Math.sqrt(squares);
        }
        return norms;
    }
}
