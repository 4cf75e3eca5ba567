package org.lilgatsby.random;

import static org.junit.jupiter.api.Assertions.*;

import org.junit.jupiter.api.Test;

/** Against the JDK's double functions, on the values that the generator can pass (multiples of 2^-24 in [0, 1]). */
class CephesFloatTest {
    private static final int STRIDE = 97; // prime: visits every residue of the low bits

    @Test
    void logarithmOfUniforms() {
        for (int i = 1; i <= 1 << 24; i += STRIDE) {
            float x = i * 0x1p-24f;
            double exact = StrictMath.log(x);
            assertEquals(exact, CephesFloat.log(x), Math.abs(exact) * 0x1p-22, "log " + x);
        }
        assertEquals(0f, CephesFloat.log(1));
        assertEquals((float) StrictMath.log(0x1p-24), CephesFloat.log(0x1p-24f));
    }

    @Test
    void sineAndCosineOfATurn() {
        for (int i = 0; i <= 1 << 24; i += STRIDE) {
            float x = (float) (2 * Math.PI) * (i * 0x1p-24f);
            assertEquals(StrictMath.sin(x), CephesFloat.sin(x), 0x1p-22, "sin " + x);
            assertEquals(StrictMath.cos(x), CephesFloat.cos(x), 0x1p-22, "cos " + x);
        }
        assertEquals(0f, CephesFloat.sin(0));
        assertEquals(1f, CephesFloat.cos(0));
    }
}
