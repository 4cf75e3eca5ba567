package org.lilgatsby.analysis;

/**
 * Rows of float32 where they were drawn. Their figures are those of {@link Matrix#ofFloats}, without the copy.
 *
 * @param values row by row
 * @param columns components of a row
 */
public record FloatRows(float[] values, int columns) {
    /** The mean of all rows, as {@link Centroid#of}. */
    public Centroid centroid() {
        double[] sum = new double[columns];
        for (int row = 0; row < values.length; row += columns) {
            for (int j = 0; j < columns; j++) {
                sum[j] += values[row + j];
            }
        }
        return new Centroid(new Vector(sum).dividedBy(values.length / columns));
    }

    /** The smallest, the mean and the largest norm of all rows, as {@link RowNorms#extremes}. */
    public RowGraph.Extremes norms() {
        double[] norms = new double[values.length / columns];
        for (int row = 0; row < norms.length; row++) {
            double squares = 0;
            for (int i = row * columns; i < (row + 1) * columns; i++) {
                squares += (double) values[i] * values[i];
            }
            norms[row] = Math.sqrt(squares);
        }
        return RowGraph.Extremes.of(norms);
    }
}
