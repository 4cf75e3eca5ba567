package org.lilgatsby.analysis;

import java.util.Arrays;
import java.util.List;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.factory.DecompositionFactory_DDRM;
import org.ejml.interfaces.decomposition.EigenDecomposition_F64;

/**
 * How the variance of some vectors is distributed over their principal components: the eigenvalues of their covariance,
 * as shares.
 */
public final class Spectrum {
    /** Share of the rows' squares below which deviations from the mean are rounding error. */
    private static final double ROUNDING = 1e-24;

    private final double[] shares;

    private Spectrum(double[] shares) {
        this.shares = shares;
    }

    /** The spectrum of vectors of one size about their mean. */
    public static Spectrum of(List<Vector> vectors) {
        return of(vectors.stream().map(Vector::toArray).toArray(double[][]::new));
    }

    /** The spectrum of the rows, which it overwrites. */
    static Spectrum of(double[][] rows) {
        if (rows.length == 0) {
            return new Spectrum(new double[0]);
        }
        double floor = squares(rows) * ROUNDING;
        center(rows);
        // Inner products of rows and of columns have the same nonzero eigenvalues; the smaller matrix is used.
        double[][] vectors = rows.length <= rows[0].length ? rows : transposed(rows);
        int n = vectors.length;
        DMatrixRMaj products = new DMatrixRMaj(n, n);
        double total = 0;
        for (int a = 0; a < n; a++) {
            for (int b = a; b < n; b++) {
                double product = Rows.dot(vectors[a], 0, vectors[b], 0, vectors[a].length);
                products.set(a, b, product);
                products.set(b, a, product);
            }
            total += products.get(a, a);
        }
        if (!(total > floor && total < Double.POSITIVE_INFINITY)) {
            return new Spectrum(new double[0]);
        }
        for (int i = 0; i < n * n; i++) {
            products.data[i] /= total;
        }
        return new Spectrum(shares(products));
    }

    /**
     * The eigenvalues of a matrix of trace 1, descending. They are found with 1 added to each: the solver stops when
     * the off-diagonal elements are small relative to the diagonal, which may never happen near an eigenvalue of 0.
     */
    private static double[] shares(DMatrixRMaj products) {
        int n = products.getNumRows();
        for (int i = 0; i < n; i++) {
            products.add(i, i, 1);
        }
        EigenDecomposition_F64<DMatrixRMaj> eigen = DecompositionFactory_DDRM.eig(n, false, true);
        if (!eigen.decompose(products)) {
            throw new IllegalStateException("the eigenvalues of a covariance matrix could not be computed");
        }
        double[] ascending = new double[n];
        for (int i = 0; i < n; i++) {
            ascending[i] = Math.max(0, eigen.getEigenvalue(i).getReal() - 1); // below 0 only by rounding
        }
        Arrays.sort(ascending);
        double[] shares = new double[n];
        for (int i = 0; i < n; i++) {
            shares[i] = ascending[n - 1 - i];
        }
        return shares;
    }

    private static double squares(double[][] rows) {
        double sum = 0;
        for (double[] row : rows) {
            sum += Rows.dot(row, 0, row, 0, row.length);
        }
        return sum;
    }

    private static void center(double[][] rows) {
        for (int j = 0; j < rows[0].length; j++) {
            double sum = 0;
            for (double[] row : rows) {
                sum += row[j];
            }
            double mean = sum / rows.length;
            for (double[] row : rows) {
                row[j] -= mean;
            }
        }
    }

    private static double[][] transposed(double[][] rows) {
        double[][] columns = new double[rows[0].length][rows.length];
        for (int i = 0; i < rows.length; i++) {
            for (int j = 0; j < columns.length; j++) {
                columns[j][i] = rows[i][j];
            }
        }
        return columns;
    }

    /**
     * Share of the variance along each principal component, largest first; empty without variance, or if not finite.
     */
    public double[] shares() {
        return shares.clone();
    }

    /** PC1: share of the variance along the first principal component; NaN without variance. */
    public double firstShare() {
        return shares.length == 0 ? Double.NaN : shares[0];
    }

    /** The fewest principal components whose shares add up to at least {@code share}; 0 without variance. */
    public int dimensionsFor(double share) {
        double sum = 0;
        for (int i = 0; i < shares.length; i++) {
            sum += shares[i];
            if (sum >= share) {
                return i + 1;
            }
        }
        return shares.length;
    }
}
