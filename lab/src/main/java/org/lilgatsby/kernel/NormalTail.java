package org.lilgatsby.kernel;

/**
 * The smaller tail of the normal distribution, P(X > a) for a in [0, {@link #LARGEST}], in float32, the same bits
 * everywhere: exp(-a^2/2)/(a + SHIFT) times a polynomial of degree 9 in q = (a - SHIFT)/(a + SHIFT), a minimax fit of
 * relative error 7e-9. The form is that of Shepherd and Laframboise (1981) for erfc. With the roundings, its relative
 * error is below 6e-7 where a is below 5, and grows to 5e-6 with the rounding of a^2, where the tail is 1e-35.
 */
final class NormalTail {
    /** Where x is cut off: beyond, the tail is 0 to within 1e-35, and nothing underflows. */
    static final float LARGEST = 12.5f;

    static final float SHIFT = 4f;

    /** 1/sqrt(2*pi): the density at x is this times exp(-x^2/2). */
    static final float DENSITY = 0x1.988454p-2f;

    static final float T9 = -0x1.f9df74p-14f;
    static final float T8 = 0x1.ada9ecp-13f;
    static final float T7 = 0x1.9e84bep-10f;
    static final float T6 = -0x1.cdb218p-9f;
    static final float T5 = -0x1.eda5a8p-8f;
    static final float T4 = 0x1.eed5f4p-5f;
    static final float T3 = -0x1.7dff72p-3f;
    static final float T2 = 0x1.8c6d9ep-2f;
    static final float T1 = -0x1.373e3ap-1f;
    static final float T0 = 0x1.82b4bcp-1f;

    private NormalTail() {}

    /** P(X > a), from a and exp(-a^2/2). */
    static float tail(float a, float exp) {
        float w = 1f / (a + SHIFT);
        float q = Math.fma(w, -2f * SHIFT, 1f);
        float y = Math.fma(T9, q, T8);
        y = Math.fma(y, q, T7);
        y = Math.fma(y, q, T6);
        y = Math.fma(y, q, T5);
        y = Math.fma(y, q, T4);
        y = Math.fma(y, q, T3);
        y = Math.fma(y, q, T2);
        y = Math.fma(y, q, T1);
        y = Math.fma(y, q, T0);
        return exp * (w * y);
    }
}
