package org.lilgatsby.analysis;

import java.util.Locale;

/** The distance of two rows. Under each metric, rows equal bit for bit are at exactly 0. */
public enum Metric {
    /** Square root of the sum of the squared differences of the components; in the unit of the matrix. */
    L2 {
        @Override
        public double distance(Matrix matrix, int a, Matrix other, int b) {
            double squares = 0;
            for (int j = 0; j < matrix.columns(); j++) {
                double difference = matrix.value(a, j) - other.value(b, j);
                squares += difference * difference;
            }
            return Math.sqrt(squares);
        }
    },
    /** Largest absolute difference of two components; in the unit of the matrix. */
    L_INFINITY {
        @Override
        public double distance(Matrix matrix, int a, Matrix other, int b) {
            double largest = 0;
            for (int j = 0; j < matrix.columns(); j++) {
                largest = Math.max(largest, Math.abs(matrix.value(a, j) - other.value(b, j)));
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
        public double distance(Matrix matrix, int a, Matrix other, int b) {
            long largest = 0;
            for (int j = 0; j < matrix.columns(); j++) {
                largest = Math.max(largest, matrix.format().cells(matrix.bits(a, j), other.bits(b, j)));
            }
            return largest;
        }
    };

    /** The name on the command line: {@code l2}, {@code linf}, {@code cells}. */
    @Override
    public String toString() {
        return this == L_INFINITY ? "linf" : name().toLowerCase(Locale.ROOT);
    }

    /** The distance of two different rows of a matrix; NaN (L2, L_INFINITY) if a difference is NaN. */
    double distance(Matrix matrix, int a, int b) {
        return distance(matrix, a, matrix, b);
    }

    /** The distances of some rows of a matrix from each other, for as many pairs as there may be. */
    Pairs within(Matrix matrix, int... rows) {
        if (this == CELLS) {
            return (a, b) -> distance(matrix, rows[a], rows[b]);
        }
        RowValues values = RowValues.of(matrix, rows);
        return this == L2 ? values::l2 : values::lInfinity;
    }

    /** Distances of rows, by their places. */
    @FunctionalInterface
    interface Pairs {
        /** The distance of two rows. */
        double distance(int a, int b);
    }

    /**
     * The distance of row a of a matrix and row b of another of the same width and format; NaN (L2, L_INFINITY) if a
     * difference is NaN.
     */
    public abstract double distance(Matrix matrix, int a, Matrix other, int b);
}
