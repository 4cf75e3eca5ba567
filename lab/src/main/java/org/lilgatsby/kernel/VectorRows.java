package org.lilgatsby.kernel;

import static org.lilgatsby.kernel.VectorWidth.FLOATS;
import static org.lilgatsby.kernel.VectorWidth.LENGTH;
import static org.lilgatsby.kernel.VectorWidth.PAIR;
import static org.lilgatsby.kernel.VectorWidth.SHORTS;

import java.lang.foreign.MemorySegment;
import java.nio.ByteOrder;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.ShortVector;
import jdk.incubator.vector.VectorOperators;
import org.lilgatsby.bf16.Bf16;

/**
 * Operations on rows that are {@code ld} floats apart. Short rows are processed a pair of vectors at a time, one pair
 * of all rows after the other, since each loop has its cost. The launcher has these methods compiled on their own: in
 * large callers, or in those that round more than once, the JIT would not inline all of their operations, and would
 * keep vectors on the heap.
 */
final class VectorRows {
    private static final ScalarKernels SCALAR = new ScalarKernels();

    private VectorRows() {}

    /**
     * {@link VectorMath#round(float[], int, int)} for each row; rows without gaps, and a few long ones, are rounded as
     * they lie.
     */
    static void round(float[] x, int at, int ld, int rows, int columns) {
        if (ld == columns) {
            VectorMath.round(x, at, rows * columns);
            return;
        }
        int done = rows > columns / LENGTH ? columns - columns % PAIR : 0;
        for (int c = at; c < at + done; c += PAIR) {
            for (int row = 0; row < rows; row++) {
                int i = c + row * ld;
                VectorMath.rounded(FloatVector.fromArray(FLOATS, x, i)).intoArray(x, i);
                VectorMath.rounded(FloatVector.fromArray(FLOATS, x, i + LENGTH)).intoArray(x, i + LENGTH);
            }
        }
        for (int row = 0; row < rows && done < columns; row++) {
            VectorMath.round(x, at + row * ld + done, columns - done);
        }
    }

    /** x[i] = r(x[i] + y[i]) for i &lt; n. */
    static void roundSum(float[] x, int at, float[] y, int yAt, int n) {
        VectorMath.roundSum(x, at, x, at, y, yAt, n);
    }

    /** The bits of r(x[at+i] - y[yAt+i]) for i &lt; n from byte toAt on; without y those of r(x[at+i]). */
    static void toBf16(MemorySegment to, long toAt, float[] x, int at, float[] y, int yAt, int n) {
        int i = 0;
        for (; i <= n - LENGTH; i += LENGTH) {
            FloatVector value = FloatVector.fromArray(FLOATS, x, at + i);
            if (y != null) {
                value = value.sub(FloatVector.fromArray(FLOATS, y, yAt + i));
            }
            IntVector bits = VectorMath.rounded(value).reinterpretAsInts();
            ShortVector upper = (ShortVector)
                    bits.lanewise(VectorOperators.LSHR, 16).convertShape(VectorOperators.I2S, SHORTS, 0);
            upper.intoMemorySegment(to, toAt + (long) Short.BYTES * i, ByteOrder.LITTLE_ENDIAN);
        }
        for (; i < n; i++) {
            float value = y == null ? x[at + i] : x[at + i] - y[yAt + i];
            to.set(Bf16.STORED, toAt + (long) Short.BYTES * i, Bf16.fromFloat(value));
        }
    }

    /** The bits of x[at+i] - y[yAt+i] for i &lt; n from byte toAt on. */
    static void differences(MemorySegment to, long toAt, float[] x, int at, float[] y, int yAt, int n) {
        int i = 0;
        for (; i <= n - LENGTH; i += LENGTH) {
            FloatVector.fromArray(FLOATS, x, at + i)
                    .sub(FloatVector.fromArray(FLOATS, y, yAt + i))
                    .intoMemorySegment(to, toAt + (long) Float.BYTES * i, ByteOrder.LITTLE_ENDIAN);
        }
        SCALAR.differences(to, toAt + (long) Float.BYTES * i, x, at + i, y, yAt + i, n - i);
    }

    /** x[r][c] *= factors[r]. */
    static void times(float[] x, int at, int ld, float[] factors, int factorsAt, int rows, int columns) {
        int pairs = columns - columns % PAIR;
        for (int c = at; c < at + pairs; c += PAIR) {
            for (int r = 0; r < rows; r++) {
                int i = c + r * ld;
                float factor = factors[factorsAt + r];
                FloatVector.fromArray(FLOATS, x, i).mul(factor).intoArray(x, i);
                FloatVector.fromArray(FLOATS, x, i + LENGTH).mul(factor).intoArray(x, i + LENGTH);
            }
        }
        for (int r = 0; r < rows && pairs < columns; r++) {
            float factor = factors[factorsAt + r];
            int c = pairs;
            for (; c <= columns - LENGTH; c += LENGTH) {
                FloatVector.fromArray(FLOATS, x, at + r * ld + c).mul(factor).intoArray(x, at + r * ld + c);
            }
            for (; c < columns; c++) {
                x[at + r * ld + c] *= factor;
            }
        }
    }
}
