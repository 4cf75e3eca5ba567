package org.lilgatsby.analysis;

/** How far two rows are apart. Rows equal bit for bit are at exactly 0 in each. */
public enum Metric {
    /** Square root of the sum of the squared differences of the components; in the unit of the matrix. */
    L2 {
        @Override
        double distance(Matrix matrix, int a, int b) {
            double squares = 0;
            for (int j = 0; j < matrix.columns(); j++) {
                double difference = matrix.value(a, j) - matrix.value(b, j);
                squares += difference * difference;
            }
            return Math.sqrt(squares);
        }
    },
    /** Largest absolute difference of two components; in the unit of the matrix. */
    L_INFINITY {
        @Override
        double distance(Matrix matrix, int a, int b) {
            double largest = 0;
            for (int j = 0; j < matrix.columns(); j++) {
                largest = Math.max(largest, Math.abs(matrix.value(a, j) - matrix.value(b, j)));
            }
            return largest;
        }
    },
    /**
     * Largest cell distance of two components: the L-infinity distance in the lattice of the matrix's format, in cells,
     * always an integer.
     */
    CELLS {
        @Override
        double distance(Matrix matrix, int a, int b) {
            long largest = 0;
            for (int j = 0; j < matrix.columns(); j++) {
                largest = Math.max(largest, matrix.format().cells(matrix.bits(a, j), matrix.bits(b, j)));
            }
            return largest;
        }
    };

    /** The distance of two different rows of a matrix; NaN (L2, L_INFINITY) if a difference is NaN. */
    abstract double distance(Matrix matrix, int a, int b);
}
