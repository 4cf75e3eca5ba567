package org.lilgatsby.analysis;

import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.factory.DecompositionFactory_DDRM;
import org.ejml.interfaces.decomposition.SingularValueDecomposition_F64;

/**
 * The plane through the mean of some vectors along which they vary most: their first two principal components, from the
 * singular values of the centred vectors. The same vectors in the same order give the same plane, bit for bit; the sign
 * of an axis makes its largest component positive, the first of them in a tie.
 *
 * @param origin the mean
 * @param first unit vector of the largest variance; zero if the vectors are all equal, or not finite
 * @param second unit vector, orthogonal to the first, of the largest remaining variance; zero if none remains
 * @param firstShare share of the variance along the first axis; NaN without variance
 * @param secondShare share along the second; NaN without variance
 */
public record PrincipalPlane(Vector origin, Vector first, Vector second, double firstShare, double secondShare) {
    /** Share of the variance below which the rest is rounding error. */
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
        double[][] residues = residues(vectors);
        Vector origin = vectors.getFirst().minus(new Vector(residues[0]));
        double largest = largest(residues);
        if (!(largest > 0 && largest < Double.POSITIVE_INFINITY)) {
            Vector none = new Vector(new double[origin.size()]);
            return new PrincipalPlane(origin, none, none, Double.NaN, Double.NaN);
        }
        return of(origin, residues, largest);
    }

    private static PrincipalPlane of(Vector origin, double[][] residues, double largest) {
        int width = residues[0].length;
        DMatrixRMaj scaled = new DMatrixRMaj(residues.length, width);
        for (int i = 0; i < residues.length; i++) {
            for (int j = 0; j < width; j++) {
                scaled.set(i, j, residues[i][j] / largest);
            }
        }
        SingularValueDecomposition_F64<DMatrixRMaj> svd =
                DecompositionFactory_DDRM.svd(residues.length, width, false, true, true);
        if (!svd.decompose(scaled)) {
            throw new IllegalStateException(
                    "found no principal components of %d vectors of %d components".formatted(residues.length, width));
        }
        double[] singular = svd.getSingularValues();
        int[] order = descending(singular);
        double total =
                IntStream.of(order).mapToDouble(i -> singular[i] * singular[i]).sum();
        DMatrixRMaj axes = svd.getV(null, true);
        double[] shares = new double[2];
        Vector[] plane = {new Vector(new double[width]), new Vector(new double[width])};
        for (int k = 0; k < Math.min(2, order.length); k++) {
            double share = singular[order[k]] * singular[order[k]] / total;
            if (share > ROUNDING) {
                shares[k] = share;
                plane[k] = pointingUp(axes, order[k], width);
            }
        }
        return new PrincipalPlane(origin, plane[0], plane[1], shares[0], shares[1]);
    }

    /** This plane with axes flipped where they point away from another's, to keep successive pictures from flipping. */
    public PrincipalPlane alongside(PrincipalPlane other) {
        return new PrincipalPlane(
                origin, alongside(first, other.first), alongside(second, other.second), firstShare, secondShare);
    }

    private static Vector alongside(Vector axis, Vector other) {
        return axis.dot(other) < 0 ? axis.dividedBy(-1) : axis;
    }

    /** Whether the vectors vary in two directions. */
    public boolean isSpanned() {
        return secondShare > 0;
    }

    /** Place of a vector along the first axis. */
    public double x(Vector vector) {
        return vector.minus(origin).dot(first);
    }

    /** Place of a vector along the second axis. */
    public double y(Vector vector) {
        return vector.minus(origin).dot(second);
    }

    /**
     * The share of the variance of some vectors about their own mean that lies in this plane: 1 if it shows their
     * distances as they are, 0 if it shows none of them; empty without variance.
     */
    public Optional<Double> shareOf(List<Vector> vectors) {
        double inside = 0;
        double total = 0;
        for (double[] row : residues(vectors)) {
            Vector residue = new Vector(row);
            double x = residue.dot(first);
            double y = residue.dot(second);
            inside += x * x + y * y;
            total += residue.dot(residue);
        }
        boolean varies = total > 0 && total < Double.POSITIVE_INFINITY;
        return varies ? Optional.of(Math.min(1, inside / total)) : Optional.empty();
    }

    /** The centred vectors; the mean is taken relative to the first, so equal vectors give exactly zero. */
    private static double[][] residues(List<Vector> vectors) {
        Vector first = vectors.getFirst();
        double[][] residues =
                vectors.stream().map(v -> v.minus(first).toArray()).toArray(double[][]::new);
        for (int j = 0; j < first.size(); j++) {
            double sum = 0;
            for (double[] residue : residues) {
                sum += residue[j];
            }
            double mean = sum / residues.length;
            for (double[] residue : residues) {
                residue[j] -= mean;
            }
        }
        return residues;
    }

    /** The largest magnitude of any component; NaN if one is. */
    private static double largest(double[][] rows) {
        double largest = 0;
        for (double[] row : rows) {
            for (double component : row) {
                largest = Math.max(largest, Math.abs(component));
            }
        }
        return largest;
    }

    private static int[] descending(double[] values) {
        return IntStream.range(0, values.length)
                .boxed()
                .sorted((a, b) -> Double.compare(values[b], values[a]))
                .mapToInt(Integer::intValue)
                .toArray();
    }

    /** A row of the transposed matrix of axes; EJML does not define its sign. */
    private static Vector pointingUp(DMatrixRMaj axes, int row, int width) {
        double[] axis = new double[width];
        double largest = 0;
        for (int j = 0; j < width; j++) {
            axis[j] = axes.get(row, j);
            largest = Math.abs(axis[j]) > Math.abs(largest) ? axis[j] : largest;
        }
        return new Vector(axis).dividedBy(largest < 0 ? -1 : 1);
    }
}
