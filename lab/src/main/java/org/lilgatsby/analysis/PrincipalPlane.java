package org.lilgatsby.analysis;

import java.util.List;
import java.util.Optional;

/**
 * The plane through the mean of some vectors in which they vary most: their first two principal
 * components. Found by power iteration on the vectors themselves, from a fixed start, so that the
 * same vectors give the same plane; the sign of an axis makes its largest component positive.
 *
 * @param origin the mean
 * @param first unit vector of the largest variance; zero if the vectors are all equal
 * @param second unit vector, at right angles to the first, of the largest variance that is left; zero if none is
 * @param firstShare share of the variance along the first axis; NaN without variance
 * @param secondShare share along the second
 */
public record PrincipalPlane(Vector origin, Vector first, Vector second, double firstShare, double secondShare) {
    private static final int MOST_ITERATIONS = 1_000;
    private static final double CONVERGED = 1e-14;

    /** Share of the variance below which what is left is rounding. */
    private static final double ROUNDING = 1e-28;

    /**
     * The plane of vectors of one size.
     *
     * @throws IllegalArgumentException if there is none
     */
    public static PrincipalPlane of(List<Vector> vectors) {
        if (vectors.isEmpty()) {
            throw new IllegalArgumentException("a principal plane needs at least one vector");
        }
        int width = vectors.getFirst().size();
        double[] sum = new double[width];
        for (Vector vector : vectors) {
            for (int j = 0; j < width; j++) {
                sum[j] += vector.get(j);
            }
        }
        Vector origin = new Vector(sum).dividedBy(vectors.size());
        double[][] residues = vectors.stream().map(v -> v.minus(origin).toArray()).toArray(double[][]::new);
        double total = squares(residues);
        Vector first = axis(residues, 0);
        double afterFirst = remove(residues, first);
        Vector second = axis(residues, total * ROUNDING);
        double afterSecond = remove(residues, second);
        return new PrincipalPlane(origin, first, second, (total - afterFirst) / total, (afterFirst - afterSecond) / total);
    }

    /** Place of a vector along the first axis. */
    public double x(Vector vector) {
        return vector.minus(origin).dot(first);
    }

    /** Place of a vector along the second axis. */
    public double y(Vector vector) {
        return vector.minus(origin).dot(second);
    }

    private static Vector axis(double[][] residues, double floor) {
        Optional<double[]> start = longest(residues, floor);
        if (start.isEmpty()) {
            return new Vector(new double[residues[0].length]);
        }
        double[] axis = start.get();
        for (int i = 0; i < MOST_ITERATIONS; i++) {
            double[] next = normalized(spread(residues, axis));
            double change = distance(axis, next);
            axis = next;
            if (change < CONVERGED) {
                break;
            }
        }
        return new Vector(pointingUp(axis));
    }

    private static Optional<double[]> longest(double[][] residues, double floor) {
        double[] longest = residues[0];
        for (double[] residue : residues) {
            if (dot(residue, residue) > dot(longest, longest)) {
                longest = residue;
            }
        }
        double squares = dot(longest, longest);
        return squares > floor && Double.isFinite(squares) ? Optional.of(normalized(longest)) : Optional.empty();
    }

    /** The covariance times the axis, up to a factor. */
    private static double[] spread(double[][] residues, double[] axis) {
        double[] result = new double[axis.length];
        for (double[] residue : residues) {
            double along = dot(residue, axis);
            for (int j = 0; j < result.length; j++) {
                result[j] += along * residue[j];
            }
        }
        return result;
    }

    /** Takes the part along an axis out of every residue; returns the sum of the squares that are left. */
    private static double remove(double[][] residues, Vector axis) {
        double[] direction = axis.toArray();
        for (double[] residue : residues) {
            double along = dot(residue, direction);
            for (int j = 0; j < residue.length; j++) {
                residue[j] -= along * direction[j];
            }
        }
        return squares(residues);
    }

    private static double squares(double[][] residues) {
        double sum = 0;
        for (double[] residue : residues) {
            sum += dot(residue, residue);
        }
        return sum;
    }

    private static double[] normalized(double[] vector) {
        return new Vector(vector).dividedBy(Math.sqrt(dot(vector, vector))).toArray();
    }

    private static double[] pointingUp(double[] axis) {
        double largest = 0;
        for (double component : axis) {
            largest = Math.abs(component) > Math.abs(largest) ? component : largest;
        }
        return new Vector(axis).dividedBy(largest < 0 ? -1 : 1).toArray();
    }

    private static double distance(double[] a, double[] b) {
        return new Vector(a).minus(new Vector(b)).norm();
    }

    private static double dot(double[] a, double[] b) {
        double sum = 0;
        for (int j = 0; j < a.length; j++) {
            sum += a[j] * b[j];
        }
        return sum;
    }
}
