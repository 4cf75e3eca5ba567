package org.lilgatsby.analysis;

import java.util.Arrays;

/**
 * The way of a group's centroid through the recorded states. Positions are means in double; distances
 * are L2 norms in the unit of the matrix.
 */
public final class CentroidPath {
    private final int[] steps;
    private final int columns;
    private final double[] positions; // [steps.length, columns]

    CentroidPath(int[] steps, int columns, double[] positions) {
        this.steps = steps;
        this.columns = columns;
        this.positions = positions;
    }

    /** Number of places. */
    public int size() {
        return steps.length;
    }

    /** The centroid at a place. */
    public Centroid at(int place) {
        return new Centroid(new Vector(Arrays.copyOfRange(positions, place * columns, (place + 1) * columns)));
    }

    /** Norm of the centroid. */
    public Series norm() {
        return Series.of(steps.length, place -> {
            double squares = 0;
            for (int j = 0; j < columns; j++) {
                squares += position(place, j) * position(place, j);
            }
            return Math.sqrt(squares);
        });
    }

    /** Distance from where it was at the first place. */
    public Series displacement() {
        return Series.of(steps.length, place -> distance(0, place));
    }

    /** Length of the way from the first place, along every recorded state. */
    public Series pathLength() {
        double[] length = new double[steps.length];
        for (int place = 1; place < steps.length; place++) {
            length[place] = length[place - 1] + distance(place - 1, place);
        }
        return new Series(length);
    }

    /** Displacement over path length: 1 for a straight way, near 0 for one that leads back; NaN before it moved. */
    public Series efficiency() {
        Series length = pathLength();
        return Series.of(steps.length, place -> distance(0, place) / length.at(place));
    }

    /** Distance from the place before, per update; NaN at the first place. */
    public Series speed() {
        return Series.of(
                steps.length,
                place -> place == 0
                        ? Double.NaN
                        : distance(place - 1, place) / (steps[place] - steps[place - 1]));
    }

    /**
     * Cosine of the angle between a step and the step before it; NaN at the first two places and where
     * either step is zero, which has no direction.
     */
    public Series cosine() {
        return Series.of(steps.length, place -> {
            if (place < 2) {
                return Double.NaN;
            }
            double dot = 0;
            for (int j = 0; j < columns; j++) {
                dot += (position(place, j) - position(place - 1, j)) * (position(place - 1, j) - position(place - 2, j));
            }
            return dot / (distance(place - 1, place) * distance(place - 2, place - 1));
        });
    }

    private double distance(int from, int to) {
        double squares = 0;
        for (int j = 0; j < columns; j++) {
            double difference = position(to, j) - position(from, j);
            squares += difference * difference;
        }
        return Math.sqrt(squares);
    }

    private double position(int place, int column) {
        return positions[place * columns + column];
    }
}
