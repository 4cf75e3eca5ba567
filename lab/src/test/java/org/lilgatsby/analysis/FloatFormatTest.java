package org.lilgatsby.analysis;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.lilgatsby.bf16.Bf16;

class FloatFormatTest {
    @Test
    void bf16AgreesWithTheConversionOnEveryPattern() {
        for (int i = 0; i < 65536; i++) {
            short bits = (short) i;
            assertEquals((double) Bf16.toFloat(bits), FloatFormat.BF16.value(bits));
            if (!Bf16.isNaN(bits)) {
                assertEquals(Bf16.orderedIndex(bits), FloatFormat.BF16.orderedIndex(bits));
            }
            if (Bf16.isFinite(bits)) {
                assertEquals(Bf16.ulp(bits), FloatFormat.BF16.ulp(bits));
            }
        }
    }

    @Test
    void theUlpOfZeroIsTheSmallestSubnormalAndNeverZero() {
        assertEquals(0x1p-133, FloatFormat.BF16.ulp(0x0000));
        assertEquals(0x1p-133, FloatFormat.BF16.ulp(0x8000));
        assertEquals(0x1p-24, FloatFormat.F16.ulp(0));
        assertEquals(Float.MIN_VALUE, FloatFormat.F32.ulp(0));
        assertEquals(Double.MIN_VALUE, FloatFormat.F64.ulp(0));
        assertThrows(IllegalArgumentException.class, () -> FloatFormat.BF16.ulp(Bf16.POSITIVE_INFINITY));
    }

    @Property
    void neighboursDifferByOneCellAndByOneUlpAwayFromZero(@ForAll int bits) {
        float value = Float.intBitsToFloat(bits);
        if (Float.isFinite(value) && Float.isFinite(Math.nextUp(Math.abs(value)))) {
            float up = Math.nextUp(Math.abs(value));
            int upBits = Float.floatToRawIntBits(up);
            int absBits = Float.floatToRawIntBits(Math.abs(value));
            assertEquals(1, FloatFormat.F32.cells(absBits, upBits));
            assertEquals((double) up - Math.abs(value), FloatFormat.F32.ulp(bits));
        }
    }

    @Property
    void theIndexIsMonotoneAndInvertible(@ForAll double a, @ForAll double b) {
        long bitsA = Double.doubleToRawLongBits(a);
        long bitsB = Double.doubleToRawLongBits(b);
        int expected = a < b ? -1 : a > b ? 1 : 0;
        assertEquals(expected, Long.compare(FloatFormat.F64.orderedIndex(bitsA), FloatFormat.F64.orderedIndex(bitsB)));
        assertTrue(a == FloatFormat.F64.value(FloatFormat.F64.bitsAt(FloatFormat.F64.orderedIndex(bitsA))));
    }

    @Test
    void cellsCrossZeroAndExponentsAndSaturate() {
        short below = Bf16.fromFloat(0.99609375f);
        assertEquals(1, FloatFormat.BF16.cells(below, Bf16.fromFloat(1f)));
        assertEquals(0, FloatFormat.BF16.cells(0x0000, (short) 0x8000));
        assertEquals(2, FloatFormat.BF16.cells(0x0001, (short) 0x8001));
        long max = Double.doubleToRawLongBits(Double.MAX_VALUE);
        long min = Double.doubleToRawLongBits(-Double.MAX_VALUE);
        assertEquals(Long.MAX_VALUE, FloatFormat.F64.cells(max, min));
        long exactly = FloatFormat.F64.bitsAt(1 - Long.MAX_VALUE);
        assertEquals(
                Long.MAX_VALUE,
                FloatFormat.F64.cells(exactly, FloatFormat.F64.bitsAt(2)),
                "2^63 cells, whose negation is itself");
        assertEquals(Long.MAX_VALUE, FloatFormat.F64.cells(FloatFormat.F64.bitsAt(2), exactly));
        assertEquals(
                Long.MAX_VALUE,
                FloatFormat.F64.cells(exactly, FloatFormat.F64.bitsAt(1)),
                "2^63 - 1, no more than there is");
        assertEquals(2 * 0x7BFF, FloatFormat.F16.cells(0x7BFF, (short) 0xFBFF));
    }
}
