package org.lilgatsby.analysis;

/**
 * The mean of a group of rows, in double (the notebooks' own figures were computed in bfloat16 and are true to about
 * 0.4 %).
 *
 * @param position one component per column, in the unit of the matrix; all NaN for no token
 */
public record Centroid(Vector position) {
    /** Tokens per distinct row, from which on it pays to find out whether sums are exact. */
    private static final int REPEATS = 3;

    /**
     * The centroid of the given tokens: each component is the sum over the tokens, in ascending order of their ids,
     * over their number.
     *
     * @throws IllegalArgumentException if a token is not a row of the matrix
     */
    public static Centroid of(Matrix matrix, Tokens tokens) {
        tokens.requireWithin(matrix.rows());
        double[] sum = new double[matrix.columns()];
        double[] row = new double[sum.length];
        for (int i = 0; i < tokens.size(); i++) {
            matrix.copyRow(tokens.id(i), row, 0);
            for (int j = 0; j < sum.length; j++) {
                sum[j] += row[j];
            }
        }
        return new Centroid(new Vector(sum).dividedBy(tokens.size()));
    }

    /**
     * The centroid of the tokens of these rows: where the sums are exact in any order, each row is added once, times
     * its tokens.
     */
    static Centroid of(DistinctRows rows) {
        return rows.count() <= rows.tokens().size() / REPEATS
                        && ColumnBounds.of(rows).areSumsExact(rows.tokens().size())
                ? ofExact(rows)
                : of(rows.matrix(), rows.tokens());
    }

    private static Centroid ofExact(DistinctRows rows) {
        double[] sum = new double[rows.matrix().columns()];
        double[] row = new double[sum.length];
        for (int i = 0; i < rows.count(); i++) {
            rows.matrix().copyRow(rows.rows().id(i), row, 0);
            double tokens = rows.groups().population(i);
            for (int j = 0; j < sum.length; j++) {
                sum[j] += tokens * row[j];
            }
        }
        return new Centroid(new Vector(sum).dividedBy(rows.tokens().size()));
    }

    /** Its L2 norm, in the unit of the matrix. */
    public double norm() {
        return position.norm();
    }

    /** L2 distance from another centroid, in the unit of the matrix. */
    public double displacementFrom(Centroid other) {
        return position.minus(other.position).norm();
    }

    /**
     * The notebooks' epsilon: {@link #norm} x 2^-7, the relative spacing of bfloat16 taken at the centroid's norm. It
     * is not the ULP of a component, which is smaller by the number of binades between the component and the norm.
     */
    public double epsilon() {
        return norm() * 0x1p-7;
    }
}
