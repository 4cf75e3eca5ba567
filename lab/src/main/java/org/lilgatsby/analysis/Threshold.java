package org.lilgatsby.analysis;

import java.util.Locale;

/** When two rows count as adjacent. A threshold is always named, since five different ones are in use. */
public sealed interface Threshold {
    /** The distance that is compared with the limit. */
    Metric metric();

    /** The limit for a group of rows with the given centroid, in the unit of the metric; it counts as adjacent. */
    double limit(Centroid centroid);

    /** Its name for a label or a column heading. */
    String label();

    /**
     * The notebooks' own: L-infinity distance at most 2 epsilon, with {@link Centroid#epsilon} of the group that is
     * looked at.
     */
    record TwoEpsilon() implements Threshold {
        @Override
        public Metric metric() {
            return Metric.L_INFINITY;
        }

        @Override
        public double limit(Centroid centroid) {
            return 2 * centroid.epsilon();
        }

        @Override
        public String label() {
            return "2 epsilon (epsilon = centroid norm x 2^-7)";
        }
    }

    /**
     * No component further than k cells of the lattice.
     *
     * @param k cells, at least 0
     */
    record Cells(int k) implements Threshold {
        /** @throws IllegalArgumentException if k is negative */
        public Cells {
            if (k < 0) {
                throw new IllegalArgumentException("a threshold in cells cannot be negative: " + k);
            }
        }

        @Override
        public Metric metric() {
            return Metric.CELLS;
        }

        @Override
        public double limit(Centroid centroid) {
            return k;
        }

        @Override
        public String label() {
            return k + (k == 1 ? " cell" : " cells");
        }
    }

    /**
     * A distance of at most a number.
     *
     * @param distance in the unit of the metric, at least 0
     * @param metric how distance is measured
     */
    record Absolute(double distance, Metric metric) implements Threshold {
        /** @throws IllegalArgumentException if the distance is negative or not finite */
        public Absolute {
            if (!(distance >= 0 && distance < Double.POSITIVE_INFINITY)) {
                throw new IllegalArgumentException("a threshold must be a finite number of at least 0: " + distance);
            }
        }

        /** An L-infinity distance of at most a number, in the unit of the matrix. */
        public Absolute(double distance) {
            this(distance, Metric.L_INFINITY);
        }

        @Override
        public double limit(Centroid centroid) {
            return distance;
        }

        @Override
        public String label() {
            return String.format(Locale.ROOT, "%.6e", distance);
        }
    }
}
