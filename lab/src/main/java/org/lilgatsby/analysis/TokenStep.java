package org.lilgatsby.analysis;

/**
 * How far one token moved from one state to the next, computed in double.
 *
 * @param token the token
 * @param l2 L2 norm of W[t] - W[t-1], in the unit of the matrix
 * @param lInfinity L-infinity norm of the same
 * @param cells norms of the cell displacement in the lattice of the matrix's format; integers except for the L2 norm
 * @param ulp norms of the displacement in ULP, (W[t] - W[t-1]) / ULP(W[t-1]); NaN from a value that is not finite
 * @param regime the regime of the cell displacement
 */
public record TokenStep(int token, double l2, double lInfinity, Norms cells, Norms ulp, Regime regime) {
    /**
     * Three norms.
     *
     * @param l1 sum over the components
     * @param squares sum of the squares of the components
     * @param lInfinity largest component
     */
    public record Norms(double l1, double squares, double lInfinity) {
        /** Root of the sum of the squares. */
        public double l2() {
            return Math.sqrt(squares);
        }

        private static Norms of(double[] components) {
            double sum = 0;
            double squares = 0;
            double largest = 0;
            for (double component : components) {
                sum += component;
                squares += component * component;
                largest = Math.max(largest, component);
            }
            return new Norms(sum, squares, largest);
        }
    }

    /**
     * The step of a token.
     *
     * @param before the state before; of the shape and format of {@code after}
     * @param after the state after
     */
    public static TokenStep of(Matrix before, Matrix after, int token) {
        FloatFormat format = before.format();
        double[] difference = new double[before.columns()];
        double[] cells = new double[difference.length];
        double[] ulps = new double[difference.length];
        for (int j = 0; j < difference.length; j++) {
            long bits = before.bits(token, j);
            difference[j] = Math.abs(after.value(token, j) - before.value(token, j));
            cells[j] = format.cells(after.bits(token, j), bits);
            ulps[j] = Double.isFinite(format.value(bits)) ? difference[j] / format.ulp(bits) : Double.NaN;
        }
        Norms values = Norms.of(difference);
        Norms inCells = Norms.of(cells);
        Regime regime = Regime.of(inCells.l1, inCells.squares, inCells.lInfinity, difference.length);
        return new TokenStep(token, values.l2(), values.lInfinity, inCells, Norms.of(ulps), regime);
    }
}
