package org.lilgatsby.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class ExpTest {
    @Test
    void theErrorIsBelowThreeInTenMillionsOverTheWholeDomain() {
        double worst = 0;
        float at = 0;
        // every 97th float of both signs: 12 million arguments, all binades
        for (int sign = 0; sign < 2; sign++) {
            for (int bits = 0; bits < Float.floatToRawIntBits(88.02969f); bits += 97) {
                float x = Float.intBitsToFloat(bits | sign << 31);
                if (x < Exp.LOWEST || x > Exp.HIGHEST) {
                    break;
                }
                double exact = Math.exp(x);
                double error = Math.abs(Exp.exp(x) - exact) / exact;
                if (error > worst) {
                    worst = error;
                    at = x;
                }
            }
        }
        System.out.printf("exp: worst relative error %.3e at %s%n", worst, at);
        assertTrue(worst < 3e-7, "worst relative error " + worst + " at " + at);
    }

    @Test
    void theEdgesAreDefined() {
        assertEquals(0f, Exp.exp(Math.nextDown(Exp.LOWEST)));
        assertEquals(0f, Exp.exp(Float.NEGATIVE_INFINITY));
        assertEquals(1f, Exp.exp(0f));
        assertEquals(1f, Exp.exp(-0f));
        assertEquals(Float.POSITIVE_INFINITY, Exp.exp(Math.nextUp(Exp.HIGHEST)));
        assertEquals(Float.POSITIVE_INFINITY, Exp.exp(Float.POSITIVE_INFINITY));
        assertTrue(Exp.exp(Exp.LOWEST) >= Float.MIN_NORMAL);
        assertTrue(Float.isFinite(Exp.exp(Exp.HIGHEST)));
        assertTrue(Float.isNaN(Exp.exp(Float.NaN)));
    }
}
