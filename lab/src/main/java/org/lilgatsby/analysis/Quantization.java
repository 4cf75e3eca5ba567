package org.lilgatsby.analysis;

import java.util.Arrays;
import java.util.BitSet;
import org.lilgatsby.bf16.Bf16;

/**
 * Whether a group of rows lies on the bfloat16 lattice, and which of its points it uses.
 *
 * @param components how many components were looked at
 * @param changedByBf16 how many of them do not survive the round trip through bfloat16 bit for bit
 * @param distinctComponents how many different components there are, by their bits (-0 and +0 are two)
 * @param min the smallest component that is not NaN; NaN if there is none
 * @param max the largest component that is not NaN; NaN if there is none
 */
public record Quantization(long components, long changedByBf16, long distinctComponents, double min, double max) {
    /** Values of 16 bits. */
    private static final int SHORTS = 1 << Short.SIZE;

    /**
     * Looks at every component of the given tokens.
     *
     * @throws IllegalArgumentException if a token is not a row of the matrix, or there are more than 2^31 components
     */
    public static Quantization of(Matrix matrix, Tokens tokens) {
        tokens.requireWithin(matrix.rows());
        int components = Math.multiplyExact(tokens.size(), matrix.columns());
        Found found = new Found(matrix.format());
        if (matrix.format() == FloatFormat.BF16) {
            mark(matrix, tokens, found);
        } else if (matrix.format().bytes() == Short.BYTES && components >= SHORTS) {
            count(matrix, tokens, found);
        } else {
            sort(matrix, tokens, components, found);
        }
        return new Quantization(components, found.changed, found.distinct, found.min, found.max);
    }

    /** Looks at every component of the tokens of these rows. */
    public static Quantization of(DistinctRows rows) {
        Matrix matrix = rows.matrix();
        if (matrix.format() != FloatFormat.BF16) {
            return of(matrix, rows.tokens());
        }
        int components = Math.multiplyExact(rows.tokens().size(), matrix.columns());
        Found found = new Found(matrix.format());
        mark(matrix, rows.rows(), found);
        return new Quantization(components, found.changed, found.distinct, found.min, found.max);
    }

    /** Of bfloat16 components, none of which changes, it is enough to know which occur. */
    private static void mark(Matrix matrix, Tokens tokens, Found found) {
        BitSet occurs = new BitSet(SHORTS);
        for (int i = 0; i < tokens.size(); i++) {
            for (int j = 0; j < matrix.columns(); j++) {
                occurs.set((short) matrix.bits(tokens.id(i), j) - Short.MIN_VALUE);
            }
        }
        for (int at = occurs.nextSetBit(0); at >= 0; at = occurs.nextSetBit(at + 1)) {
            found.add(at + Short.MIN_VALUE, 1);
        }
    }

    /** Of many components of 16 bits, how often each occurs is known without sorting them. */
    private static void count(Matrix matrix, Tokens tokens, Found found) {
        int[] times = new int[SHORTS];
        for (int i = 0; i < tokens.size(); i++) {
            for (int j = 0; j < matrix.columns(); j++) {
                times[(short) matrix.bits(tokens.id(i), j) - Short.MIN_VALUE]++;
            }
        }
        for (int bits = Short.MIN_VALUE; bits <= Short.MAX_VALUE; bits++) {
            if (times[bits - Short.MIN_VALUE] > 0) {
                found.add(bits, times[bits - Short.MIN_VALUE]);
            }
        }
    }

    private static void sort(Matrix matrix, Tokens tokens, int components, Found found) {
        long[] bits = new long[components];
        int at = 0;
        for (int i = 0; i < tokens.size(); i++) {
            for (int j = 0; j < matrix.columns(); j++) {
                bits[at++] = matrix.bits(tokens.id(i), j);
            }
        }
        Arrays.sort(bits);
        for (int from = 0, to; from < bits.length; from = to) {
            to = from + 1;
            while (to < bits.length && bits[to] == bits[from]) {
                to++;
            }
            found.add(bits[from], to - from);
        }
    }

    /** What is known of components, taken in the ascending order of their bits as a signed number. */
    private static final class Found {
        private final FloatFormat format;
        private long changed;
        private long distinct;
        private double min = Double.NaN;
        private double max = Double.NaN;

        Found(FloatFormat format) {
            this.format = format;
        }

        void add(long bits, int times) {
            double value = format.value(bits);
            distinct++;
            changed += survivesBf16(value) ? 0 : times;
            min = value < min || Double.isNaN(min) ? value : min;
            max = value > max || Double.isNaN(max) ? value : max;
        }
    }

    /** Whether every component survives the round trip through bfloat16 bit for bit. */
    public boolean bf16() {
        return changedByBf16 == 0;
    }

    private static boolean survivesBf16(double value) {
        double roundTrip = Bf16.toFloat(Bf16.fromFloat((float) value));
        return Double.doubleToLongBits(roundTrip) == Double.doubleToLongBits(value);
    }
}
