package org.lilgatsby.analysis;

import java.util.Arrays;

/**
 * The true ULP of the components of a group of rows, the yardstick for distances within the group. It is neither the
 * noise sigma of an initialisation nor {@link Centroid#epsilon}.
 *
 * @param ulp over the components that are finite, in the unit of the matrix
 * @param notFinite components that have no ULP
 */
public record UlpScale(Summary ulp, long notFinite) {
    /**
     * The scale of the given tokens' components.
     *
     * @throws IllegalArgumentException if a token is not a row of the matrix
     */
    public static UlpScale of(Matrix matrix, Tokens tokens) {
        tokens.requireWithin(matrix.rows());
        double[] ulps = new double[Math.multiplyExact(tokens.size(), matrix.columns())];
        int finite = 0;
        for (int i = 0; i < tokens.size(); i++) {
            for (int j = 0; j < matrix.columns(); j++) {
                long bits = matrix.bits(tokens.id(i), j);
                if (Double.isFinite(matrix.format().value(bits))) {
                    ulps[finite++] = matrix.format().ulp(bits);
                }
            }
        }
        return new UlpScale(Summary.of(Arrays.copyOf(ulps, finite)), ulps.length - finite);
    }
}
