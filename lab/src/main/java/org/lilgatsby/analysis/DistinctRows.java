package org.lilgatsby.analysis;

/**
 * Some tokens of a matrix, and the rows that they share. Where many tokens share a row, what depends on a row alone is
 * computed once for all of them; figures are bit for bit those of the tokens one by one.
 */
public final class DistinctRows {
    private final Matrix matrix;
    private final Tokens tokens;
    private final RowGroups groups;
    private final Tokens rows;
    private Centroid centroid;

    private DistinctRows(Matrix matrix, Tokens tokens, RowGroups groups) {
        this.matrix = matrix;
        this.tokens = tokens;
        this.groups = groups;
        this.rows = Tokens.of(groups.firstRows(tokens));
    }

    /**
     * The rows of the given tokens.
     *
     * @throws IllegalArgumentException if a token is not a row of the matrix
     */
    public static DistinctRows of(Matrix matrix, Tokens tokens) {
        return new DistinctRows(matrix, tokens, RowGroups.of(matrix, tokens));
    }

    /**
     * Those of some of the tokens.
     *
     * @throws IllegalArgumentException if one is not among the tokens
     */
    public DistinctRows of(Tokens some) {
        return new DistinctRows(matrix, some, groups.of(tokens, some));
    }

    /** The matrix. */
    public Matrix matrix() {
        return matrix;
    }

    /** All tokens. */
    public Tokens tokens() {
        return tokens;
    }

    /** The first token with each row. */
    public Tokens rows() {
        return rows;
    }

    /** The mean of the tokens' rows. */
    public Centroid centroid() {
        if (centroid == null) {
            centroid = Centroid.of(this);
        }
        return centroid;
    }

    RowGroups groups() {
        return groups;
    }

    /** Number of distinct rows. */
    int count() {
        return groups.count();
    }

    /** The figure of each token, in their order, given that of each distinct row. */
    double[] perToken(double[] perRow) {
        double[] all = new double[tokens.size()];
        for (int place = 0; place < all.length; place++) {
            all[place] = perRow[groups.groupOf(place)];
        }
        return all;
    }
}
