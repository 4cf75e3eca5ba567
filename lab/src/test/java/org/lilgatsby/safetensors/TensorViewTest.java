package org.lilgatsby.safetensors;

import static org.junit.jupiter.api.Assertions.*;

import java.lang.foreign.MemorySegment;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

class TensorViewTest {
    private static TensorView view(DType dtype, String hex, long... shape) {
        return new TensorView(
                TensorSpec.of("t", dtype, shape),
                MemorySegment.ofArray(HexFormat.of().parseHex(hex)));
    }

    @Test
    void everyFloatingTypeIsReadAsFloatsAndDoubles() {
        String[] littleEndian = {
            "003c0080ff7b01007c7e",
            "803f00807f7f0100c07f",
            "0000803f00000080ffff7f7f010000000000c07f",
            "000000000000f03f0000000000000080ffffffffffffef7f0100000000000000000000000000f87f"
        };
        DType[] types = {DType.F16, DType.BF16, DType.F32, DType.F64};
        double[][] values = {
            {1, -0.0, 65504, 0x1p-24, Double.NaN},
            {1, -0.0, 0x1.FEp127, 0x1p-133, Double.NaN},
            {1, -0.0, Float.MAX_VALUE, Float.MIN_VALUE, Double.NaN},
            {1, -0.0, Double.MAX_VALUE, Double.MIN_VALUE, Double.NaN},
        };
        for (int t = 0; t < types.length; t++) {
            TensorView view = view(types[t], littleEndian[t], 5);
            assertArrayEquals(values[t], view.toDoubles(), types[t].name());
            float[] floats = new float[5];
            for (int i = 0; i < 5; i++) {
                floats[i] = (float) values[t][i];
            }
            assertArrayEquals(floats, view.toFloats(), types[t].name());
        }
    }

    @Test
    void rangesAreCopiedToTheirPlace() {
        short[] shorts = new short[4];
        view(DType.U16, "010002000300", 3).copyTo(1, shorts, 2, 2);
        assertArrayEquals(new short[] {0, 0, 2, 3}, shorts);
        int[] ints = new int[2];
        view(DType.I32, "01000000ffffffff", 2).copyTo(1, ints, 0, 1);
        assertArrayEquals(new int[] {-1, 0}, ints);
        assertArrayEquals(
                new long[] {0x0807060504030201L},
                view(DType.U64, "0102030405060708", 1).toLongs());
        float[] floats = new float[3];
        view(DType.BF16, "803f0040", 2).toFloats(1, floats, 2, 1);
        assertArrayEquals(new float[] {0, 0, 2}, floats);
        double[] doubles = new double[3];
        view(DType.F32, "0000803f00000040", 2).toDoubles(1, doubles, 0, 1);
        assertArrayEquals(new double[] {2, 0, 0}, doubles);
    }

    @Test
    void rowsAreSlicesAlongTheFirstAxis() {
        TensorView view = view(DType.U16, "010002000300040005000600", 3, 2);
        assertEquals(TensorSpec.of("t", DType.U16, 2), view.row(1).spec());
        assertArrayEquals(new short[] {3, 4}, view.row(1).toShorts());
        assertArrayEquals(new short[] {6}, view.row(2).row(1).toShorts());
        assertThrows(IndexOutOfBoundsException.class, () -> view.row(3));
        assertThrows(IndexOutOfBoundsException.class, () -> view.row(-1));
        assertThrows(IllegalArgumentException.class, () -> view.row(0).row(0).row(0));
    }

    @Test
    void wrongTypesAndRangesAreNamed() {
        TensorView ids = view(DType.I64, "0102030405060708", 1);
        assertEquals(
                "tensor \"t\" is I64; only F16, BF16, F32 and F64 are read as numbers",
                assertThrows(IllegalArgumentException.class, ids::toFloats).getMessage());
        assertThrows(IllegalArgumentException.class, ids::toDoubles);
        assertEquals(
                "tensor \"t\" is I64, not of a 16-bit type",
                assertThrows(IllegalArgumentException.class, ids::toShorts).getMessage());
        assertEquals(
                "elements [1, 1 + 1) of tensor \"t\", which has 1",
                assertThrows(IndexOutOfBoundsException.class, () -> ids.copyTo(1, new long[1], 0, 1))
                        .getMessage());
        assertEquals(
                "elements [1, 1 + 1) of an array of 1",
                assertThrows(IndexOutOfBoundsException.class, () -> ids.copyTo(0, new long[1], 1, 1))
                        .getMessage());
        assertThrows(IndexOutOfBoundsException.class, () -> ids.copyTo(Long.MAX_VALUE, new long[1], 0, 1));
        assertThrows(IndexOutOfBoundsException.class, () -> ids.copyTo(0, new long[1], 0, -1));
        assertEquals(
                "tensor \"t\" takes 8 bytes, but 2 were given",
                assertThrows(IllegalArgumentException.class, () -> view(DType.I64, "0102", 1))
                        .getMessage());
    }
}
