package org.lilgatsby.analysis;

/**
 * The shape of the gradients of a group of tokens in one update: their size, how many differ, and how well their
 * directions agree. All in double.
 *
 * @param norms L2 norms of the rows, in the unit of the gradient
 * @param distinct rows that differ bit for bit
 * @param zeros tokens whose gradient is exactly zero; having no direction, they are left out of the cosines
 * @param cosines cosine of the angle between the gradients of each pair of tokens with nonzero gradients
 * @param firstShare PC1: share of the gradients' variance about their mean along its first principal component; NaN
 *     without variance
 * @param dimensions90 fewest principal components that hold 90 % of the variance; 0 without variance
 */
public record GradientShape(
        Summary norms, int distinct, int zeros, Summary cosines, double firstShare, int dimensions90) {
    private static final double MOST_OF_IT = 0.9;

    /**
     * The shape of the given tokens' gradients.
     *
     * @throws IllegalArgumentException if a token is not a row of the matrix
     */
    public static GradientShape of(Matrix gradients, Tokens tokens) {
        tokens.requireWithin(gradients.rows());
        int n = tokens.size();
        double[][] rows = new double[n][];
        double[] norms = new double[n];
        int zeros = 0;
        for (int i = 0; i < n; i++) {
            rows[i] = gradients.values(tokens.id(i));
            norms[i] = Math.sqrt(Rows.dot(rows[i], 0, rows[i], 0, rows[i].length));
            zeros += norms[i] == 0 ? 1 : 0;
        }
        Summary cosines = Summary.of(cosines(rows, norms, n - zeros));
        Spectrum spectrum = Spectrum.of(rows);
        return new GradientShape(
                Summary.of(norms),
                RowGroups.of(gradients, tokens).count(),
                zeros,
                cosines,
                spectrum.firstShare(),
                spectrum.dimensionsFor(MOST_OF_IT));
    }

    private static double[] cosines(double[][] rows, double[] norms, int directed) {
        double[] cosines = new double[directed * (directed - 1) / 2];
        int at = 0;
        for (int a = 0; a < rows.length; a++) {
            for (int b = a + 1; b < rows.length && norms[a] != 0; b++) {
                if (norms[b] != 0) {
                    double cosine = Rows.dot(rows[a], 0, rows[b], 0, rows[a].length) / (norms[a] * norms[b]);
                    cosines[at++] = Math.clamp(cosine, -1, 1); // beyond 1 only by rounding
                }
            }
        }
        return cosines;
    }
}
