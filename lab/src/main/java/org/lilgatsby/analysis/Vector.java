package org.lilgatsby.analysis;

import java.util.Arrays;

/** A vector of doubles, one component per column. Sums run over the components in their order. */
public final class Vector {
    private final double[] components;

    /** A vector of the given components; they are copied. */
    public Vector(double... components) {
        this.components = components.clone();
    }

    /** Number of components. */
    public int size() {
        return components.length;
    }

    /** The component at a place. */
    public double get(int index) {
        return components[index];
    }

    /** The components; a copy. */
    public double[] toArray() {
        return components.clone();
    }

    /** This minus the other. */
    public Vector minus(Vector other) {
        double[] difference = new double[components.length];
        for (int j = 0; j < difference.length; j++) {
            difference[j] = components[j] - other.components[j];
        }
        return new Vector(difference);
    }

    /** Each component divided by the number. */
    public Vector dividedBy(double divisor) {
        double[] quotients = new double[components.length];
        for (int j = 0; j < quotients.length; j++) {
            quotients[j] = components[j] / divisor;
        }
        return new Vector(quotients);
    }

    /** Sum of the products of the components. */
    public double dot(Vector other) {
        double sum = 0;
        for (int j = 0; j < components.length; j++) {
            sum += components[j] * other.components[j];
        }
        return sum;
    }

    /** L2 norm: the square root of the sum of the squares. */
    public double norm() {
        return Math.sqrt(dot(this));
    }

    /** Cosine of the angle to the other: their dot product over both norms; NaN if either norm is 0. */
    public double cosine(Vector other) {
        return dot(other) / (norm() * other.norm());
    }

    /**
     * Angle to the other in degrees; NaN if either norm is 0. After Kahan, from the difference and the sum of the unit
     * vectors: equal vectors have an angle of 0, and small angles keep their digits, which the arc cosine loses.
     */
    public double degrees(Vector other) {
        Vector a = dividedBy(norm());
        Vector b = other.dividedBy(other.norm());
        double apart = a.minus(b).norm();
        double together = a.minus(b.dividedBy(-1)).norm();
        return Math.toDegrees(2 * StrictMath.atan2(apart, together));
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Vector that && Arrays.equals(components, that.components);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(components);
    }

    @Override
    public String toString() {
        return Arrays.toString(components);
    }
}
