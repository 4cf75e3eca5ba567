package org.lilgatsby.analysis;

import static org.junit.jupiter.api.Assertions.*;
import static org.lilgatsby.analysis.Matrices.row;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import org.junit.jupiter.api.Test;

class MatrixTest {
    @Test
    void readsEveryFormatInPlaceAtAnyAlignment() {
        try (Arena arena = Arena.ofConfined()) {
            for (FloatFormat format : FloatFormat.values()) {
                MemorySegment memory = arena.allocate(1 + 6 * format.bytes(), 8).asSlice(1);
                long[] bits = {0, 1, 0x3C00, 2, 0x7B00, 3};
                for (int i = 0; i < 6; i++) {
                    for (int b = 0; b < format.bytes(); b++) {
                        memory.set(ValueLayout.JAVA_BYTE, i * format.bytes() + b, (byte) (bits[i] >>> 8 * b));
                    }
                }
                Matrix matrix = Matrix.of(memory, format, 3, 2);
                assertEquals(0x3C00, matrix.bits(1, 0));
                assertEquals(format.value(0x7B00), matrix.value(2, 0));
                assertArrayEquals(new double[] {format.value(0x7B00), format.value(3)}, matrix.values(2));
                Matrix decoded = matrix.decoded();
                assertEquals(format.value(0x7B00), decoded.value(2, 0));
                assertEquals(0x3C00, decoded.bits(1, 0));
                assertArrayEquals(matrix.values(2), decoded.values(2));
            }
        }
    }

    @Test
    void rowsAreComparedBitForBit() {
        Matrix matrix = Matrices.f32(row(0f, Float.NaN), row(-0f, Float.NaN), row(0f, Float.NaN));
        assertTrue(matrix.sameRow(0, 2));
        assertFalse(matrix.sameRow(0, 1));
    }

    @Test
    void refusesDimensionsThatDoNotFit() {
        var bits = assertThrows(IllegalArgumentException.class, () -> Matrix.ofBits(new short[5], 2, 3));
        assertEquals("a BF16 matrix [2, 3] takes 12 bytes, but 10 are given", bits.getMessage());
        assertThrows(IllegalArgumentException.class, () -> Matrix.ofBits(new short[0], 0, 3));
    }

    @Test
    void aHistoryNamesItsStepsAndRefusesStrangers() {
        Matrix a = Matrices.bf16(row(1, 2));
        Matrix b = Matrices.bf16(row(3, 4));
        History history = History.of(new int[] {0, 10}, place -> place == 0 ? a : b);
        assertEquals(10, history.step(1));
        assertSame(b, history.last());
        assertThrows(IllegalArgumentException.class, () -> History.of(new int[] {0, 0}, place -> a));
        assertThrows(IllegalArgumentException.class, () -> History.of(new int[0], place -> a));
        History mixed = History.of(a, Matrices.f32(row(1, 2)));
        var stranger = assertThrows(IllegalArgumentException.class, mixed::last);
        assertEquals("the matrix of step 1 is F32 [1, 2], but the first is BF16 [1, 2]", stranger.getMessage());
    }

    @Test
    void aHistoryReadsAMappedTensor() {
        byte[] bytes = new byte[3 * 2 * 2 * 2];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) i;
        }
        History history = History.of(MemorySegment.ofArray(bytes), FloatFormat.BF16, new int[] {0, 1, 2}, 2, 2);
        assertEquals(0x1110, history.matrix(2).bits(0, 0));
        assertEquals(0x0F0E, history.matrix(1).bits(1, 1));
        assertThrows(
                IllegalArgumentException.class,
                () -> History.of(MemorySegment.ofArray(bytes), FloatFormat.BF16, new int[] {0, 1}, 2, 2));
    }
}
