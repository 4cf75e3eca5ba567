package org.lilgatsby.kernel;

/**
 * exp in float32 as one polynomial, the same bits everywhere. Argument reduction x = n*ln2 + r with
 * |r| at most ln2/2 (Cody and Waite, two-part ln2), a polynomial of degree 6 in r, scaling by 2^n.
 * Below {@link #LOWEST} the result is 0, above {@link #HIGHEST} infinity; NaN stays NaN.
 * Relative error below 3e-7 in between (measured over all binades by a test).
 */
final class Exp {
    /** Smallest argument with a normal result. */
    static final float LOWEST = -87.33654f;

    /** Largest argument whose result needs no exponent above 2^127. */
    static final float HIGHEST = 88.02969f;

    static final float LOG2_E = 1.44269504f;
    /**
     * Adding this rounds a small float to an integer, which then, plus 127, stands in the low bits: the exponent of
     * 2^n.
     */
    static final float TO_EXPONENT = 0x1.8p23f + 127f;

    static final float LN2_HIGH = 0.693359375f;
    static final float LN2_LOW = -2.12194440e-4f;

    static final float C2 = 0.5f;
    static final float C3 = 0x1.555548p-3f;
    static final float C4 = 0x1.5553e2p-5f;
    static final float C5 = 0x1.12286cp-7f;
    static final float C6 = 0x1.6c16c2p-10f;

    private Exp() {}

    static float exp(float x) {
        if (x < LOWEST) {
            return 0f;
        }
        if (x > HIGHEST) {
            return Float.POSITIVE_INFINITY;
        }
        float shifted = Math.fma(x, LOG2_E, TO_EXPONENT);
        float n = shifted - TO_EXPONENT;
        float r = Math.fma(n, -LN2_LOW, Math.fma(n, -LN2_HIGH, x));
        float y = Math.fma(C6, r, C5);
        y = Math.fma(y, r, C4);
        y = Math.fma(y, r, C3);
        y = Math.fma(y, r, C2);
        y = Math.fma(y, r, 1f);
        y = Math.fma(y, r, 1f);
        return y * Float.intBitsToFloat(Float.floatToRawIntBits(shifted) << 23);
    }
}
