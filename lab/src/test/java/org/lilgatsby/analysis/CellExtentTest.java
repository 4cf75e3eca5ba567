package org.lilgatsby.analysis;

import static org.junit.jupiter.api.Assertions.assertEquals;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.lilgatsby.bf16.Bf16;

class CellExtentTest {
    private static long bits(double value) {
        return Bf16.fromFloat((float) value) & 0xFFFF;
    }

    private static CellExtent of(double a, double b) {
        return CellExtent.NONE.with(FloatFormat.BF16, bits(a), bits(b));
    }

    @Test
    void aChangeOfSignCountsAllValuesBetween() {
        assertEquals(new CellExtent(2, 2), of(1, 1 + 0x1p-6));
        assertEquals(new CellExtent(2 * 0x3F80, 0), of(1, -1));
        assertEquals(new CellExtent(0x3F80, 0), of(1, 0));
        assertEquals(new CellExtent(0, 0), of(0.0, -0.0));
    }

    @Test
    void bothFiguresAreTheLargestOfTheirKind() {
        CellExtent extent = CellExtent.NONE
                .with(FloatFormat.BF16, bits(1), bits(1 + 0x1p-7))
                .with(FloatFormat.BF16, bits(-0.5), bits(0.5))
                .with(FloatFormat.BF16, bits(-1), bits(-1 - 3 * 0x1p-7));
        assertEquals(new CellExtent(2 * 0x3F00, 3), extent);
    }

    @Test
    void ofRowsEveryPairCounts() {
        Matrix matrix = Matrix.ofFloats(new float[] {1, 1, 1, 1, -1, 2, 1, 2}, 4, 2);
        CellExtent all = CellExtent.within(matrix, Tokens.all(4));
        assertEquals(2L * 0x3F80_0000, all.largest());
        assertEquals(0x80_0000, all.onOneSide());
        assertEquals(CellExtent.NONE, CellExtent.within(matrix, Tokens.of(0, 1)));
    }

    @Property(tries = 50)
    void noPairIsFurtherApartThanTheEndsOfItsComponent(
            @ForAll long seed, @ForAll @IntRange(min = 1, max = 9) int rows) {
        Matrix matrix = Matrices.crowded(seed, rows, 3);
        CellExtent pairs = CellExtent.NONE;
        for (int a = 0; a < rows; a++) {
            for (int b = a + 1; b < rows; b++) {
                for (int j = 0; j < 3; j++) {
                    pairs = pairs.with(FloatFormat.BF16, matrix.bits(a, j), matrix.bits(b, j));
                }
            }
        }
        assertEquals(pairs, CellExtent.within(matrix, Tokens.all(rows)));
    }
}
