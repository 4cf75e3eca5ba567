package org.lilgatsby.bf16;

import static org.junit.jupiter.api.Assertions.*;

import java.math.BigDecimal;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class Bf16Test {
    /** Nearest bfloat16 by exhaustive definition: candidates are the two lattice points around the value. */
    private static short nearest(float value) {
        if (Float.isNaN(value)) {
            return Bf16.NAN;
        }
        short low = (short) (Float.floatToRawIntBits(value) >>> 16); // towards zero
        if (!Bf16.isFinite(low)) {
            return low;
        }
        BigDecimal v = new BigDecimal(value);
        BigDecimal a = new BigDecimal(Bf16.toFloat(low));
        short high = (short) (low + 1);
        double sign = value < 0 || Float.floatToRawIntBits(value) < 0 ? -1 : 1;
        BigDecimal b = Bf16.isFinite(high)
                ? new BigDecimal(Bf16.toFloat(high))
                : new BigDecimal(sign).multiply(BigDecimal.TWO.pow(128));
        int c = v.subtract(a).abs().compareTo(v.subtract(b).abs());
        return c < 0 ? low : c > 0 ? high : (low & 1) == 0 ? low : high;
    }

    @Test
    void everyPatternSurvivesTheRoundTrip() {
        for (int i = 0; i < 65536; i++) {
            short bits = (short) i;
            float value = Bf16.toFloat(bits);
            assertTrue(Bf16.isRounded(value));
            short back = Bf16.fromFloat(value);
            if (Bf16.isNaN(bits)) {
                assertEquals(Bf16.NAN, back, "NaN stays NaN: " + i);
            } else {
                assertEquals(bits, back);
            }
        }
    }

    @Test
    void everyMidpointAndItsNeighboursRoundToNearestEven() {
        for (int i = 0; i < 65536; i++) {
            if (!Bf16.isFinite((short) i)) {
                continue;
            }
            int middle = (i << 16) | 0x8000;
            for (int d = -2; d <= 2; d++) {
                float value = Float.intBitsToFloat(middle + d);
                assertEquals(nearest(value), Bf16.fromFloat(value), () -> "at " + value);
            }
        }
    }

    @Test
    void overflowGoesToInfinityAndNaNNeverBecomesInfinity() {
        assertEquals(Bf16.POSITIVE_INFINITY, Bf16.fromFloat(Float.MAX_VALUE));
        assertEquals(Bf16.NEGATIVE_INFINITY, Bf16.fromFloat(-Float.MAX_VALUE));
        for (int payload : new int[] {1, 0x8000, 0xFFFF, 0x10000, 0x3FFFFF, 0x7FFFFF}) {
            for (int sign : new int[] {0, 0x8000_0000}) {
                assertEquals(Bf16.NAN, Bf16.fromFloat(Float.intBitsToFloat(sign | 0x7F80_0000 | payload)));
            }
        }
    }

    @Property
    void anyFloatRoundsToTheNearest(@ForAll int bits) {
        float value = Float.intBitsToFloat(bits);
        assertEquals(nearest(value), Bf16.fromFloat(value));
    }

    @Test
    void theLatticeIsMonotoneAndItsNeighboursDifferByOne() {
        short bits = Bf16.NEGATIVE_INFINITY;
        for (int index = -0x7F80; index < 0x7F80; index++) {
            assertEquals(index, Bf16.orderedIndex(bits));
            short next = Bf16.next(bits);
            assertTrue(Bf16.toFloat(next) > Bf16.toFloat(bits));
            assertEquals(1, Bf16.cellDistance(bits, next));
            assertEquals(bits, Bf16.previous(next));
            bits = next;
        }
        assertEquals(0, Bf16.orderedIndex((short) 0x8000));
        assertThrows(IllegalArgumentException.class, () -> Bf16.orderedIndex(Bf16.NAN));
        assertThrows(IllegalArgumentException.class, () -> Bf16.next(Bf16.POSITIVE_INFINITY));
    }

    @Test
    void ulpIsTheGapToTheNextValueAwayFromZeroAndNeverZero() {
        for (int i = 0; i < 0x7F80; i++) {
            short bits = (short) i;
            float ulp = Bf16.ulp(bits);
            assertTrue(ulp > 0);
            assertEquals(ulp, Bf16.ulp((short) (i | 0x8000)));
            if (i < 0x7F7F) {
                assertEquals(ulp, Bf16.toFloat((short) (i + 1)) - Bf16.toFloat(bits));
            }
        }
        assertEquals(Math.scalb(1f, -133), Bf16.ulp((short) 0));
        assertEquals(Math.scalb(1f, -7), Bf16.ulp(Bf16.fromFloat(1f)));
        assertThrows(IllegalArgumentException.class, () -> Bf16.ulp(Bf16.POSITIVE_INFINITY));
    }
}
