package org.lilgatsby.analysis;

/**
 * L2 distances of the rows of a group from their centroid, in the unit of the matrix; NaN for no token.
 *
 * @param rootMeanSquare root of the mean of the squared distances
 * @param mean their mean
 * @param largest the largest
 */
public record Radius(double rootMeanSquare, double mean, double largest) {
    /**
     * The radius of the given tokens.
     *
     * @throws IllegalArgumentException if a token is not a row of the matrix
     */
    public static Radius of(Matrix matrix, Tokens tokens, Centroid centroid) {
        return of(squaredDistances(matrix, tokens, centroid));
    }

    /** The radius of the tokens of these rows. */
    public static Radius of(DistinctRows rows) {
        return of(rows.perToken(squaredDistances(rows.matrix(), rows.rows(), rows.centroid())));
    }

    private static double[] squaredDistances(Matrix matrix, Tokens tokens, Centroid centroid) {
        tokens.requireWithin(matrix.rows());
        double[] all = new double[tokens.size()];
        double[] center = centroid.position().toArray();
        double[] row = new double[center.length];
        for (int i = 0; i < all.length; i++) {
            matrix.copyRow(tokens.id(i), row, 0);
            double squared = 0;
            for (int j = 0; j < row.length; j++) {
                double offset = row[j] - center[j];
                squared += offset * offset;
            }
            all[i] = squared;
        }
        return all;
    }

    private static Radius of(double[] squaredDistances) {
        double squares = 0;
        double sum = 0;
        double largest = squaredDistances.length == 0 ? Double.NaN : 0;
        for (double squared : squaredDistances) {
            double distance = Math.sqrt(squared);
            squares += squared;
            sum += distance;
            largest = Math.max(largest, distance);
        }
        return new Radius(Math.sqrt(squares / squaredDistances.length), sum / squaredDistances.length, largest);
    }
}
