package org.lilgatsby.analysis;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;

/**
 * A matrix [rows, columns] of floats in one {@link FloatFormat}, row-major and little-endian, read in place: the rows
 * of an embedding matrix are its tokens. It may lie in a mapped file and be larger than the heap; nothing is copied,
 * and nothing here writes to it.
 *
 * <p>Rows keep their numbers: the analyses take the whole matrix and the {@link Tokens} to look at, never a submatrix,
 * whose rows would have to be mapped back to tokens.
 */
public final class Matrix {
    static final ValueLayout.OfShort SHORT = ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    static final ValueLayout.OfInt INT = ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    static final ValueLayout.OfLong LONG = ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

    /** Most values of a matrix that are worth a second copy. */
    private static final int MOST_DECODED = 1 << 17;

    private final MemorySegment data;
    private final FloatFormat format;
    private final int rows;
    private final int columns;
    private final double[] decoded; // the values; null if they are read from the data

    private Matrix(MemorySegment data, FloatFormat format, int rows, int columns, double[] decoded) {
        this.data = data;
        this.format = format;
        this.rows = rows;
        this.columns = columns;
        this.decoded = decoded;
    }

    /**
     * The matrix that lies in {@code data}.
     *
     * @param data exactly rows x columns components
     * @throws IllegalArgumentException for a negative or zero dimension, or data of another size
     */
    public static Matrix of(MemorySegment data, FloatFormat format, int rows, int columns) {
        if (rows < 1 || columns < 1) {
            throw new IllegalArgumentException(
                    "a matrix needs at least one row and one column, not [%d, %d]".formatted(rows, columns));
        }
        long bytes = Math.multiplyExact((long) rows * columns, format.bytes());
        if (data.byteSize() != bytes) {
            throw new IllegalArgumentException("a %s matrix [%d, %d] takes %d bytes, but %d are given"
                    .formatted(format, rows, columns, bytes, data.byteSize()));
        }
        return new Matrix(data.asReadOnly(), format, rows, columns, null);
    }

    /** A copy of bfloat16 bits as a matrix. */
    public static Matrix ofBits(short[] bits, int rows, int columns) {
        MemorySegment data = MemorySegment.ofArray(new byte[Math.multiplyExact(bits.length, 2)]);
        MemorySegment.copy(bits, 0, data, SHORT, 0, bits.length);
        return of(data, FloatFormat.BF16, rows, columns);
    }

    /** A copy of floats as a matrix. */
    public static Matrix ofFloats(float[] values, int rows, int columns) {
        MemorySegment data = MemorySegment.ofArray(new byte[Math.multiplyExact(values.length, 4)]);
        MemorySegment.copy(
                values, 0, data, ValueLayout.JAVA_FLOAT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN), 0, values.length);
        return of(data, FloatFormat.F32, rows, columns);
    }

    /**
     * A matrix of which only some rows are known, under their own numbers; all others are zero.
     *
     * @param known the rows that are known, in ascending order of their ids
     * @param ids their numbers
     * @param rows number of rows of the whole matrix
     */
    public static Matrix spread(Matrix known, Tokens ids, int rows) {
        ids.requireWithin(rows);
        long bytes = known.rowBytes();
        MemorySegment all = MemorySegment.ofArray(new byte[Math.toIntExact(Math.multiplyExact(rows, bytes))]);
        for (int i = 0; i < ids.size(); i++) {
            MemorySegment.copy(known.data, i * bytes, all, ids.id(i) * bytes, bytes);
        }
        return of(all, known.format, rows, known.columns);
    }

    /**
     * The same matrix for many analyses to read: a small one gets its values beside its data, so that each analysis
     * does not decode them again. A large one is returned as it is.
     */
    public Matrix decoded() {
        if (decoded != null || (long) rows * columns > MOST_DECODED) {
            return this;
        }
        double[] values = new double[rows * columns];
        for (int row = 0; row < rows; row++) {
            copyRow(row, values, row * columns);
        }
        return new Matrix(data, format, rows, columns, values);
    }

    /** The same values as one row. */
    public Matrix asRow() {
        return new Matrix(data, format, 1, Math.multiplyExact(rows, columns), decoded);
    }

    /** Number of rows (tokens). */
    public int rows() {
        return rows;
    }

    /** Number of columns (the embedding's width D). */
    public int columns() {
        return columns;
    }

    /** How each component is stored. */
    public FloatFormat format() {
        return format;
    }

    /** The value at a place, exactly. */
    public double value(int row, int column) {
        return decoded == null ? format.value(bits(row, column)) : decoded[row * columns + column];
    }

    /** The bits at a place, in the low bits of the result; the bits above the format's width are unspecified. */
    public long bits(int row, int column) {
        long at = offset(row) + (long) column * format.bytes();
        return switch (format.bytes()) {
            case 2 -> data.get(SHORT, at);
            case 4 -> data.get(INT, at);
            default -> data.get(LONG, at);
        };
    }

    /** Whether two rows are equal bit for bit (so -0 differs from +0, and a NaN equals itself). */
    public boolean sameRow(int a, int b) {
        return a == b || row(a).mismatch(row(b)) < 0;
    }

    /** Whether a row equals that of another matrix of the same shape and format bit for bit. */
    public boolean sameRow(int row, Matrix other) {
        return row(row).mismatch(other.row(row)) < 0;
    }

    /** The values of a row. */
    public double[] values(int row) {
        double[] values = new double[columns];
        copyRow(row, values, 0);
        return values;
    }

    /** Copies the values of a row to target[at] and on. */
    void copyRow(int row, double[] target, int at) {
        if (decoded != null) {
            System.arraycopy(decoded, row * columns, target, at, columns);
            return;
        }
        long from = offset(row);
        switch (format) {
            case BF16 -> {
                for (int j = 0; j < columns; j++) {
                    target[at + j] = Float.intBitsToFloat(data.get(SHORT, from + 2L * j) << 16);
                }
            }
            case F32 -> {
                for (int j = 0; j < columns; j++) {
                    target[at + j] = Float.intBitsToFloat(data.get(INT, from + 4L * j));
                }
            }
            case F16, F64 -> {
                for (int j = 0; j < columns; j++) {
                    target[at + j] = value(row, j);
                }
            }
        }
    }

    /** The bytes of a row, as they are stored. */
    MemorySegment row(int row) {
        return data.asSlice(offset(row), rowBytes());
    }

    /** All bytes, row by row. */
    MemorySegment data() {
        return data;
    }

    /** Bytes of a row. */
    long rowBytes() {
        return (long) columns * format.bytes();
    }

    private long offset(int row) {
        return row * rowBytes();
    }
}
