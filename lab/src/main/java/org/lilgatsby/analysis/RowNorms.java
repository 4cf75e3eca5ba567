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
        return of(norms(matrix, tokens), tokens);
    }

    /** The norms of the tokens of these rows. */
    public static RowNorms of(DistinctRows rows) {
        return of(rows.perToken(norms(rows.matrix(), rows.rows())), rows.tokens());
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

    private static RowNorms of(double[] norms, Tokens tokens) {
        int largest = -1;
        for (int i = 0; i < norms.length; i++) {
            if (largest < 0 || norms[i] > norms[largest]) {
                largest = i;
            }
        }
        return new RowNorms(Summary.of(norms), largest < 0 ? -1 : tokens.id(largest));
    }
}
