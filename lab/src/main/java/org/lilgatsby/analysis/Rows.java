package org.lilgatsby.analysis;

import java.util.Arrays;

/**
 * Sums over rows of doubles that begin at a place of an array. Terms go to four lanes, component j to lane j mod 4 and
 * a rest of fewer than four to lane 0, joined (0+2)+(1+3): a fixed order that the processor can work on in parallel.
 */
final class Rows {
    private Rows() {}

    /** Sum of a[at+j] * b[bt+j] for j &lt; n. */
    static double dot(double[] a, int at, double[] b, int bt, int n) {
        double s0 = 0;
        double s1 = 0;
        double s2 = 0;
        double s3 = 0;
        int j = 0;
        for (; j + 3 < n; j += 4) {
            s0 += a[at + j] * b[bt + j];
            s1 += a[at + j + 1] * b[bt + j + 1];
            s2 += a[at + j + 2] * b[bt + j + 2];
            s3 += a[at + j + 3] * b[bt + j + 3];
        }
        for (; j < n; j++) {
            s0 += a[at + j] * b[bt + j];
        }
        return (s0 + s2) + (s1 + s3);
    }

    /** Sum of (a[at+j] - b[bt+j])^2 for j &lt; n. */
    static double squaredDistance(double[] a, int at, double[] b, int bt, int n) {
        double s0 = 0;
        double s1 = 0;
        double s2 = 0;
        double s3 = 0;
        int j = 0;
        for (; j + 3 < n; j += 4) {
            double d0 = a[at + j] - b[bt + j];
            double d1 = a[at + j + 1] - b[bt + j + 1];
            double d2 = a[at + j + 2] - b[bt + j + 2];
            double d3 = a[at + j + 3] - b[bt + j + 3];
            s0 += d0 * d0;
            s1 += d1 * d1;
            s2 += d2 * d2;
            s3 += d3 * d3;
        }
        for (; j < n; j++) {
            double d = a[at + j] - b[bt + j];
            s0 += d * d;
        }
        return (s0 + s2) + (s1 + s3);
    }

    /** mean[j] = the mean over the given rows, in their order, of column j of a matrix of rows of n doubles. */
    static void mean(double[] mean, double[] matrix, int[] rows, int n) {
        Arrays.fill(mean, 0);
        for (int row : rows) {
            for (int j = 0; j < n; j++) {
                mean[j] += matrix[row * n + j];
            }
        }
        for (int j = 0; j < n; j++) {
            mean[j] /= rows.length;
        }
    }
}
