package org.lilgatsby.analysis;

/**
 * Copies of some rows of a matrix, for what compares each with each other.
 *
 * @param rows [rows][columns]
 */
record RowValues(double[][] rows) {
    /** The given rows, in this order. */
    static RowValues of(Matrix matrix, int... rows) {
        double[][] values = new double[rows.length][];
        for (int i = 0; i < rows.length; i++) {
            values[i] = matrix.values(rows[i]);
        }
        return new RowValues(values);
    }

    /** L2 distance of two of them, as {@link Metric#L2} has it. */
    double l2(int a, int b) {
        double[] x = rows[a];
        double[] y = rows[b];
        double squares = 0;
        for (int j = 0; j < x.length; j++) {
            double difference = x[j] - y[j];
            squares += difference * difference;
        }
        return Math.sqrt(squares);
    }

    /** L-infinity distance of two of them, as {@link Metric#L_INFINITY} has it. */
    double lInfinity(int a, int b) {
        double[] x = rows[a];
        double[] y = rows[b];
        double largest = 0;
        for (int j = 0; j < x.length; j++) {
            largest = Math.max(largest, Math.abs(x[j] - y[j]));
        }
        return largest;
    }
}
