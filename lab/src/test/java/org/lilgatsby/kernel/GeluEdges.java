package org.lilgatsby.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** What either gelu gives for zeros, the largest floats, infinities and NaN. */
final class GeluEdges {
    /** Either gelu: writes results and derivatives of n values. */
    interface Gelu {
        void of(float[] out, float[] derivative, float[] x, int n);
    }

    private GeluEdges() {}

    /**
     * Asserts that they are defined.
     *
     * @param tiny the largest magnitude of the result for values far below zero
     */
    static void assertDefined(Gelu gelu, double tiny) {
        float[] x = {
            0f, -0f, Float.MAX_VALUE, -Float.MAX_VALUE, Float.NEGATIVE_INFINITY, Float.POSITIVE_INFINITY, Float.NaN
        };
        float[] out = new float[x.length];
        gelu.of(out, new float[x.length], x, x.length);
        assertEquals(0, Float.compare(0f, out[0]));
        assertEquals(0, Float.compare(-0f, out[1]));
        assertEquals(Float.MAX_VALUE, out[2]);
        assertTrue(out[3] <= 0 && out[3] > -tiny, "gelu of the most negative float is " + out[3]);
        assertTrue(out[4] <= 0 && out[4] > -tiny, "gelu of minus infinity is " + out[4]);
        assertEquals(Float.POSITIVE_INFINITY, out[5]);
        assertTrue(Float.isNaN(out[6]));
    }
}
