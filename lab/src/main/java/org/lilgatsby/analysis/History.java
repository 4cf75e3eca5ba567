package org.lilgatsby.analysis;

import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/**
 * The recorded states of one matrix, in the order of training: W[0] before any update, and the state after each
 * recorded update. Places run from 0 to {@code size() - 1}; {@link #step} gives the number of updates before the matrix
 * at a place, which differs from the place if only every Nth state was recorded.
 *
 * <p>The analyses read each matrix when they reach it and keep none, so their memory does not grow with the recording.
 * They read from several threads at once.
 */
public final class History implements Steps {
    private final int[] steps;
    private final int rows;
    private final int columns;
    private final FloatFormat format;
    private final IntFunction<Matrix> matrices;

    private History(int[] steps, Matrix first, IntFunction<Matrix> matrices) {
        this.steps = steps;
        this.rows = first.rows();
        this.columns = first.columns();
        this.format = first.format();
        this.matrices = matrices;
    }

    /**
     * A tensor [steps.length, rows, columns] that lies in {@code data}, usually a mapped recording.
     *
     * @param steps number of updates before each matrix, strictly ascending
     * @throws IllegalArgumentException if there is no step, the steps do not ascend, or the size differs
     */
    public static History of(MemorySegment data, FloatFormat format, int[] steps, int rows, int columns) {
        long bytes = Math.multiplyExact((long) rows * columns, format.bytes());
        if (data.byteSize() != Math.multiplyExact(bytes, steps.length)) {
            throw new IllegalArgumentException("a %s tensor [%d, %d, %d] takes %d bytes, but %d are given"
                    .formatted(format, steps.length, rows, columns, bytes * steps.length, data.byteSize()));
        }
        return of(steps, place -> Matrix.of(data.asSlice(place * bytes, bytes), format, rows, columns));
    }

    /**
     * Matrices of one shape and format, fetched by place on demand (from one file per step, for example). The function
     * is called from several threads and must return the same matrix each time.
     *
     * @param steps number of updates before each matrix, strictly ascending
     * @throws IllegalArgumentException if there is no step, or the steps do not ascend
     */
    public static History of(int[] steps, IntFunction<Matrix> matrices) {
        if (steps.length == 0) {
            throw new IllegalArgumentException("a history needs at least one recorded step");
        }
        for (int i = 1; i < steps.length; i++) {
            if (steps[i] <= steps[i - 1]) {
                throw new IllegalArgumentException(
                        "recorded steps must ascend: %d follows %d at index %d".formatted(steps[i], steps[i - 1], i));
            }
        }
        return new History(steps.clone(), matrices.apply(0), matrices);
    }

    /** Matrices recorded at every step from 0 on. */
    public static History of(Matrix... matrices) {
        return of(IntStream.range(0, matrices.length).toArray(), place -> matrices[place]);
    }

    @Override
    public int size() {
        return steps.length;
    }

    @Override
    public int step(int place) {
        return steps[place];
    }

    /**
     * The place of the matrix recorded after a number of updates.
     *
     * @throws IllegalArgumentException if it was not recorded
     */
    public int place(int step) {
        int place = Arrays.binarySearch(steps, step);
        if (place < 0) {
            throw new IllegalArgumentException("step " + step + " was not recorded");
        }
        return place;
    }

    /** Rows of every matrix. */
    public int rows() {
        return rows;
    }

    /** Columns of every matrix. */
    public int columns() {
        return columns;
    }

    /** Format of every matrix. */
    public FloatFormat format() {
        return format;
    }

    /**
     * The matrix at a place.
     *
     * @throws IllegalArgumentException if it differs from the first in shape or format
     */
    public Matrix matrix(int place) {
        Matrix matrix = matrices.apply(place);
        if (matrix.rows() != rows || matrix.columns() != columns || matrix.format() != format) {
            throw new IllegalArgumentException("the matrix of step %d is %s [%d, %d], but the first is %s [%d, %d]"
                    .formatted(steps[place], matrix.format(), matrix.rows(), matrix.columns(), format, rows, columns));
        }
        return matrix;
    }

    /** The matrix at the first place. */
    public Matrix first() {
        return matrix(0);
    }

    /** The matrix at the last place. */
    public Matrix last() {
        return matrix(steps.length - 1);
    }
}
