package org.lilgatsby.analysis;

import java.util.Arrays;
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
    /**
     * Looks at every component of the given tokens.
     *
     * @throws IllegalArgumentException if a token is not a row of the matrix, or there are more than 2^31 components
     */
    public static Quantization of(Matrix matrix, Tokens tokens) {
        tokens.requireWithin(matrix.rows());
        long[] bits = new long[Math.multiplyExact(tokens.size(), matrix.columns())];
        int at = 0;
        for (int i = 0; i < tokens.size(); i++) {
            for (int j = 0; j < matrix.columns(); j++) {
                bits[at++] = matrix.bits(tokens.id(i), j);
            }
        }
        Arrays.sort(bits);
        long changed = 0;
        long distinct = 0;
        double min = Double.NaN;
        double max = Double.NaN;
        for (int i = 0; i < bits.length; i++) {
            double value = matrix.format().value(bits[i]);
            distinct += i == 0 || bits[i] != bits[i - 1] ? 1 : 0;
            changed += survivesBf16(value) ? 0 : 1;
            min = value < min || Double.isNaN(min) ? value : min;
            max = value > max || Double.isNaN(max) ? value : max;
        }
        return new Quantization(bits.length, changed, distinct, min, max);
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
