package org.lilgatsby.random;

/**
 * The float32 logarithm, sine and cosine of S. L. Moshier's Cephes library ({@code logf.c}, {@code sinf.c}), with
 * products fused into the sums that follow them, as PyTorch's AVX2 kernel for normal values computes them. The order of
 * operations is part of the result: it makes the normals those of PyTorch bit for bit, on every machine. Relative error
 * below 2^-22 except near the zeros of sine and cosine, where the error is below 2^-22 absolute.
 */
final class CephesFloat {
    private static final float SQRT_HALF = 0.707106781186547524f;

    /** ln 2 in two parts, the first short enough for exact products with an exponent. */
    private static final float LN2_HIGH = 0.693359375f;

    private static final float LN2_LOW = -2.12194440e-4f;

    private static final float FOUR_OVER_PI = 1.27323954473516f;

    /** pi/4 in three parts. */
    private static final float PI_4_HIGH = 0.78515625f;

    private static final float PI_4_MIDDLE = 2.4187564849853515625e-4f;
    private static final float PI_4_LOW = 3.77489497744594108e-8f;

    private CephesFloat() {}

    /** ln x for a normal positive float. */
    static float log(float x) {
        int bits = Float.floatToRawIntBits(x);
        float exponent = (bits >>> 23) - 126;
        float fraction = Float.intBitsToFloat((bits & 0x007F_FFFF) | 0x3F00_0000); // in [0.5, 1)
        float m = fraction - 1;
        if (fraction < SQRT_HALF) {
            exponent -= 1;
            m += fraction;
        }
        float z = m * m;
        float p = 7.0376836292e-2f;
        p = Math.fma(p, m, -1.1514610310e-1f);
        p = Math.fma(p, m, 1.1676998740e-1f);
        p = Math.fma(p, m, -1.2420140846e-1f);
        p = Math.fma(p, m, 1.4249322787e-1f);
        p = Math.fma(p, m, -1.6668057665e-1f);
        p = Math.fma(p, m, 2.0000714765e-1f);
        p = Math.fma(p, m, -2.4999993993e-1f);
        p = Math.fma(p, m, 3.3333331174e-1f);
        p = Math.fma(p * m, z, exponent * LN2_LOW);
        p = Math.fma(-0.5f, z, p);
        return Math.fma(exponent, LN2_HIGH, m + p);
    }

    /** sin x for x in [0, 2 pi]. */
    static float sin(float x) {
        int octant = octant(x);
        float r = reduce(x, octant);
        float magnitude = (octant & 2) == 0 ? sinPolynomial(r) : cosPolynomial(r);
        return (octant & 4) == 0 ? magnitude : -magnitude;
    }

    /** cos x for x in [0, 2 pi]. */
    static float cos(float x) {
        int octant = octant(x);
        float r = reduce(x, octant);
        float magnitude = (octant & 2) == 0 ? cosPolynomial(r) : sinPolynomial(r);
        return (octant + 2 & 4) == 0 ? magnitude : -magnitude;
    }

    /** The multiple of pi/4 nearest to x among the even ones: 0, 2, 4, 6 or 8. */
    private static int octant(float x) {
        return (int) (x * FOUR_OVER_PI) + 1 & ~1;
    }

    /** x - octant * pi/4, in about [-pi/4, pi/4]. */
    private static float reduce(float x, int octant) {
        float r = Math.fma(octant, -PI_4_HIGH, x);
        r = Math.fma(octant, -PI_4_MIDDLE, r);
        return Math.fma(octant, -PI_4_LOW, r);
    }

    private static float sinPolynomial(float r) {
        float z = r * r;
        float p = -1.9515295891e-4f;
        p = Math.fma(p, z, 8.3321608736e-3f);
        p = Math.fma(p, z, -1.6666654611e-1f);
        return Math.fma(p * z, r, r);
    }

    private static float cosPolynomial(float r) {
        float z = r * r;
        float p = 2.443315711809948e-5f;
        p = Math.fma(p, z, -1.388731625493765e-3f);
        p = Math.fma(p, z, 4.166664568298827e-2f);
        return Math.fma(p * z, z, -0.5f * z) + 1;
    }
}
