package org.lilgatsby.analysis;

import java.util.TreeMap;

/**
 * How many components of some tokens lie in each binade, 2^e up to 2^(e+1) in magnitude.
 *
 * @param components by exponent e; subnormal values have their own
 * @param zeros components that are zero, of either sign
 * @param notFinite infinities and NaN
 */
public record Exponents(TreeMap<Integer, Long> components, long zeros, long notFinite) {
    /** The components of some tokens in one state. */
    public static Exponents of(Matrix matrix, Tokens tokens) {
        TreeMap<Integer, Long> components = new TreeMap<>();
        long zeros = 0;
        long notFinite = 0;
        double[] row = new double[matrix.columns()];
        for (int i = 0; i < tokens.size(); i++) {
            matrix.copyRow(tokens.id(i), row, 0);
            for (double value : row) {
                if (value == 0) {
                    zeros++;
                } else if (Double.isFinite(value)) {
                    components.merge(Math.getExponent(value), 1L, Long::sum);
                } else {
                    notFinite++;
                }
            }
        }
        return new Exponents(components, zeros, notFinite);
    }
}
