package org.lilgatsby.safetensors;

import java.util.Arrays;

/**
 * The dimensions of a tensor, slowest first (row-major). Rank 0 is a scalar with one element; a dimension may be 0. The
 * number of elements fits in a long.
 */
public final class Shape {
    /** Most dimensions a tensor may have; NumPy and PyTorch stop there too. */
    public static final int MAX_RANK = 64;

    private final long[] dimensions;
    private final long elements;

    private Shape(long[] dimensions) {
        this.dimensions = dimensions;
        this.elements = product(dimensions);
    }

    /**
     * A shape of the given dimensions; none makes a scalar.
     *
     * @throws IllegalArgumentException if a dimension is negative, or there are more than {@link #MAX_RANK}
     * @throws ArithmeticException if the product, taken from the left, exceeds 2^63-1
     */
    public static Shape of(long... dimensions) {
        if (dimensions.length > MAX_RANK) {
            throw new IllegalArgumentException(
                    dimensions.length + " dimensions, at most " + MAX_RANK + " are possible");
        }
        for (long dimension : dimensions) {
            if (dimension < 0) {
                throw new IllegalArgumentException(
                        "negative dimension " + dimension + " in " + Arrays.toString(dimensions));
            }
        }
        return new Shape(dimensions.clone());
    }

    private static long product(long[] dimensions) {
        long product = 1;
        for (long dimension : dimensions) {
            if (dimension != 0 && product > Long.MAX_VALUE / dimension) {
                throw new ArithmeticException(
                        "shape " + Arrays.toString(dimensions) + " has more than 2^63-1 elements");
            }
            product *= dimension;
        }
        return product;
    }

    /** All dimensions, a copy. */
    public long[] dimensions() {
        return dimensions.clone();
    }

    /** Number of dimensions. */
    public int rank() {
        return dimensions.length;
    }

    /** The size along an axis, 0 the slowest. */
    public long dimension(int axis) {
        return dimensions[axis];
    }

    /** Product of all dimensions; 1 for a scalar. */
    public long elements() {
        return elements;
    }

    /**
     * The shape of one slice along the first axis: this shape without its first dimension.
     *
     * @throws IllegalArgumentException for a scalar
     */
    public Shape row() {
        if (dimensions.length == 0) {
            throw new IllegalArgumentException("a scalar has no rows");
        }
        return new Shape(Arrays.copyOfRange(dimensions, 1, dimensions.length));
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Shape shape && Arrays.equals(dimensions, shape.dimensions);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(dimensions);
    }

    /** As in the header: {@code [10001, 128, 64]}. */
    @Override
    public String toString() {
        return Arrays.toString(dimensions);
    }
}
