package org.lilgatsby.analysis;

import java.util.Arrays;

/**
 * The smallest sphere around the rows of a group, by the Frank-Wolfe algorithm with away steps on its dual (Yildirim,
 * Two algorithms for the minimum enclosing ball problem, SIAM J. Optim. 19, 2008): maximise, over weights u of the rows
 * that add up to 1, the weighted mean of |w|^2 minus |the weighted mean of w|^2, which is the squared radius.
 *
 * @param center its center
 * @param radius largest L2 distance of a row from the center, in the unit of the matrix, so the sphere encloses all
 *     rows
 * @param smallest lower bound on the radius of any sphere that encloses all rows; {@code radius} exceeds it by at most
 *     one part in a million
 */
public record EnclosingSphere(Vector center, double radius, double smallest) {
    private static final double TOLERANCE = 1e-6;
    private static final int MOST_STEPS = 1_000_000;

    /**
     * The sphere around the given tokens' rows.
     *
     * @throws IllegalArgumentException if no token is given, one is not a row of the matrix, or a row is not finite
     */
    public static EnclosingSphere of(Matrix matrix, Tokens tokens) {
        tokens.requireWithin(matrix.rows());
        if (tokens.size() == 0) {
            throw new IllegalArgumentException("a sphere needs at least one token to enclose");
        }
        Solver solver = new Solver(matrix, tokens);
        return solver.solve();
    }

    /** Rows are taken relative to the first one: a small cloud far from the origin then loses no digits. */
    private static final class Solver {
        private final double[] origin;
        private final double[][] points;
        private final double[] weights;
        private final double[] center;

        Solver(Matrix matrix, Tokens tokens) {
            origin = matrix.values(tokens.id(0));
            points = new double[tokens.size()][];
            for (int i = 0; i < points.length; i++) {
                points[i] = matrix.values(tokens.id(i));
                for (int j = 0; j < origin.length; j++) {
                    points[i][j] -= origin[j];
                    if (!Double.isFinite(points[i][j])) {
                        throw new IllegalArgumentException(
                                "token %d or %d is not finite in column %d".formatted(tokens.id(i), tokens.id(0), j));
                    }
                }
            }
            weights = new double[points.length];
            center = new double[origin.length];
        }

        EnclosingSphere solve() {
            int start = furthest(points[0]);
            int other = furthest(points[start]);
            weights[start] = 0.5;
            weights[other] += 0.5;
            for (int step = 0; step < MOST_STEPS; step++) {
                placeCenter();
                double value = dual();
                int far = furthest(center);
                int near = nearestWithWeight();
                double outer = squared(far);
                double inner = squared(near);
                if (value <= 0 || Math.sqrt(outer) <= Math.sqrt(value) * (1 + TOLERANCE)) {
                    return result(outer, Math.max(value, 0));
                }
                if (outer - value >= value - inner) {
                    shift(far, (outer - value) / (2 * outer));
                } else {
                    double most = weights[near] / (1 - weights[near]);
                    double best = inner > 0 ? (value - inner) / (2 * inner) : most;
                    shift(near, -Math.min(best, most));
                    if (best >= most) {
                        weights[near] = 0; // all of it is gone; a rounding residue would come up again
                    }
                }
            }
            throw new IllegalStateException("no enclosing sphere was found after " + MOST_STEPS + " steps");
        }

        private EnclosingSphere result(double outer, double value) {
            double[] at = center.clone();
            for (int j = 0; j < at.length; j++) {
                at[j] += origin[j];
            }
            return new EnclosingSphere(new Vector(at), Math.sqrt(outer), Math.sqrt(value));
        }

        /** Moves all weights towards (or, if negative, away from) one row. */
        private void shift(int row, double by) {
            for (int i = 0; i < weights.length; i++) {
                weights[i] *= 1 - by;
            }
            weights[row] = Math.max(0, weights[row] + by);
        }

        private void placeCenter() {
            Arrays.fill(center, 0);
            for (int i = 0; i < points.length; i++) {
                for (int j = 0; j < center.length && weights[i] > 0; j++) {
                    center[j] += weights[i] * points[i][j];
                }
            }
        }

        /** The weighted mean of the squared distances from the center: the dual's value. */
        private double dual() {
            double value = 0;
            for (int i = 0; i < points.length; i++) {
                value += weights[i] > 0 ? weights[i] * squared(i) : 0;
            }
            return value;
        }

        private double squared(int row) {
            return Rows.squaredDistance(points[row], 0, center, 0, center.length);
        }

        private int furthest(double[] from) {
            int furthest = 0;
            double largest = -1;
            for (int i = 0; i < points.length; i++) {
                double distance = Rows.squaredDistance(points[i], 0, from, 0, from.length);
                if (distance > largest) {
                    largest = distance;
                    furthest = i;
                }
            }
            return furthest;
        }

        private int nearestWithWeight() {
            int nearest = -1;
            for (int i = 0; i < points.length; i++) {
                if (weights[i] > 0 && (nearest < 0 || squared(i) < squared(nearest))) {
                    nearest = i;
                }
            }
            return nearest;
        }
    }
}
