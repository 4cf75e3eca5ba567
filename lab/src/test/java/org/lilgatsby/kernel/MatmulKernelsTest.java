package org.lilgatsby.kernel;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.lilgatsby.kernel.TestKernels.assertSameBits;
import static org.lilgatsby.kernel.TestKernels.values;

import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MatmulKernelsTest {
    private static final String SIZES = """
            1, 1, 1
            1, 64, 192
            2, 3, 31
            13, 17, 33
            5, 2, 1026
            16, 207, 16
            17, 13, 207
            64, 64, 64
            128, 5, 40
            7, 1100, 100
            9, 70, 700
            5, 513, 97
            7, 519, 97
            7, 7, 2147
            5, 6, 2150
            14, 512, 20
            600, 32, 90
            14, 7, 130
            """;

    private static final String ALL_SIZES = SIZES + "3, 0, 40\n15, 0, 130";

    @Test
    void refusesWhatNoIndexOfATileReaches() {
        float[] one = new float[1];
        int far = VectorTile.FARTHEST + 1;
        assertThrows(
                IndexOutOfBoundsException.class, () -> VectorTile.add(one, 0, 1, one, far, 1, one, 0, 1, 1, 1, 0, 1));
        assertThrows(
                IndexOutOfBoundsException.class, () -> VectorTile.add(one, 0, 1, one, 0, far, one, 0, 1, 1, 2, 0, 1));
        assertThrows(
                IndexOutOfBoundsException.class,
                () -> VectorTile.add(one, 0, 1, one, 0, 1, one, 0, far, 1, 1, 0, 2 * VectorWidth.PANEL));
        assertThrows(
                IndexOutOfBoundsException.class,
                () -> VectorTile.add(one, 0, 1, one, 0, 1, one, 0, 1, VectorTile.MOST_TERMS + 1, 1, 0, 1));
    }

    /** Of five choices, every two in each of their four combinations; {@link #allProductsHaveTheSameBits} has all. */
    @ParameterizedTest
    @CsvSource(textBlock = ALL_SIZES)
    void productsHaveTheSameBits(int rows, int depth, int columns) {
        assertProducts(rows, depth, columns, 0b00000, 0b11001, 0b01010, 0b10011, 0b11100, 0b00101, 0b10110, 0b01111);
    }

    @ParameterizedTest
    @CsvSource(textBlock = ALL_SIZES)
    @Tag("long")
    void allProductsHaveTheSameBits(int rows, int depth, int columns) {
        assertProducts(rows, depth, columns, IntStream.range(0, 32).toArray());
    }

    private static void assertProducts(int rows, int depth, int columns, int... variants) {
        for (int variant : variants) {
            boolean rounded = (variant & 1) != 0;
            boolean transposed = (variant & 2) != 0;
            boolean special = (variant & 4) != 0;
            boolean withResidual = (variant & 8) != 0;
            int outLd = columns + ((variant & 16) != 0 ? 2 : 0);
            int aLd = rounded ? depth + 1 : Math.max(depth, 64);
            SplittableRandom random = new SplittableRandom(variant);
            int ld = (transposed ? depth : columns) + 3;
            float[] w = values(random, 5 + ld * (transposed ? columns : depth), special);
            float[] a = values(random, 2 + rows * aLd, special);
            float[] bias = withResidual ? null : values(random, columns + 7, special);
            float[] residual = withResidual ? values(random, 3 + rows * outLd, special) : null;
            assertSameBits("multiply " + variant, k -> {
                float[] out = values(new SplittableRandom(9), 3 + rows * outLd, false);
                PackedMatrix b = k.packed(depth, columns);
                k.pack(b, w, 5, ld, transposed, rounded);
                k.multiply(out, 3, outLd, residual, a, 2, aLd, b, bias, 7, rows, rounded);
                return out;
            });
            assertSameBits("pack " + variant, k -> {
                PackedMatrix b = k.packed(depth, columns);
                k.pack(b, w, 5, ld, transposed, rounded);
                float[] padding = b.values().clone();
                float[] values = new float[depth * columns];
                for (int i = 0; i < values.length; i++) {
                    int at = b.at(i / columns, i % columns);
                    values[i] = b.values()[at];
                    padding[at] = 0f;
                }
                assertArrayEquals(new float[padding.length], padding, "the last panel is filled up with zeros");
                return values;
            });
        }
    }

    @ParameterizedTest
    @CsvSource(textBlock = SIZES)
    void productsOfRangesOfRowsAreThoseOfAllRows(int rows, int depth, int columns) {
        SplittableRandom random = new SplittableRandom(rows);
        float[] w = values(random, depth * columns, false);
        float[] a = values(random, rows * depth, false);
        int cut = random.nextInt(rows + 1);
        for (Kernels k : TestKernels.all()) {
            PackedMatrix b = k.packed(depth, columns);
            k.pack(b, w, 0, columns, false, true);
            float[] whole = new float[rows * columns];
            k.multiply(whole, 0, columns, null, a, 0, depth, b, null, 0, rows, true);
            float[] pieces = new float[rows * columns];
            k.multiply(pieces, 0, columns, null, a, 0, depth, b, null, 0, cut, true);
            k.multiply(pieces, cut * columns, columns, null, a, cut * depth, depth, b, null, 0, rows - cut, true);
            assertSameBits(k.description() + " cut at row " + cut, whole, pieces);
        }
    }

    @ParameterizedTest
    @CsvSource(textBlock = SIZES)
    void parameterGradientsHaveTheSameBits(int positions, int rows, int columns) {
        for (int variant = 0; variant < 4; variant++) {
            boolean accumulate = (variant & 1) != 0;
            boolean special = (variant & 2) != 0;
            SplittableRandom random = new SplittableRandom(variant);
            float[] x = values(random, 2 + positions * (rows + 1), special);
            float[] dy = values(random, 3 + positions * (columns + 5), special);
            int from = random.nextInt(rows);
            int to = random.nextInt(from, rows + 1);
            assertSameBits("weightGradient", k -> {
                float[] dw = values(new SplittableRandom(9), 4 + rows * (columns + 2), special);
                k.weightGradient(
                        dw, 4, columns + 2, x, 2, rows + 1, dy, 3, columns + 5, positions, from, to, columns,
                        accumulate);
                return dw;
            });
            int first = random.nextInt(columns);
            int end = random.nextInt(first, columns + 1);
            assertSameBits("columnSums", k -> {
                float[] db = values(new SplittableRandom(9), 4 + columns, special);
                k.columnSums(db, 4, dy, 3, columns + 5, positions, first, end, accumulate);
                return db;
            });
        }
    }

    /** Factors are read in place if rows and columns fill tiles. */
    @ParameterizedTest
    @CsvSource(textBlock = """
            33, 0, 64, 64, 64, 64
            12, 0, 20, 64, 64, 64
            12, 40, 64, 192, 64, 192
            7, 0, 60, 64, 16, 16
            8, 3, 63, 64, 8, 8
            5, 4, 24, 71, 128, 137
            1, 66, 70, 70, 64, 64
            40, 0, 256, 256, 64, 64
            0, 0, 8, 8, 64, 64
            """)
    void weightGradientsOfFactorsInPlaceHaveTheSameBits(
            int positions, int from, int to, int xLd, int columns, int dyLd) {
        SplittableRandom random = new SplittableRandom(positions);
        float[] x = values(random, 2 + Math.max(0, (positions - 1) * xLd + to), true);
        float[] dy = values(random, 3 + Math.max(0, (positions - 1) * dyLd + columns), true);
        for (boolean accumulate : new boolean[] {false, true}) {
            assertSameBits("weightGradient", k -> {
                float[] dw = values(new SplittableRandom(9), 4 + to * (columns + 3), false);
                k.weightGradient(dw, 4, columns + 3, x, 2, xLd, dy, 3, dyLd, positions, from, to, columns, accumulate);
                return dw;
            });
        }
    }

    @ParameterizedTest
    @CsvSource(textBlock = SIZES)
    void gradientsOfRangesAreThoseOfTheWhole(int positions, int rows, int columns) {
        SplittableRandom random = new SplittableRandom(rows);
        float[] x = values(random, positions * rows, false);
        float[] dy = values(random, positions * columns, false);
        int row = random.nextInt(rows + 1);
        int column = random.nextInt(columns + 1);
        for (Kernels k : TestKernels.all()) {
            float[] whole = new float[rows * columns];
            k.weightGradient(whole, 0, columns, x, 0, rows, dy, 0, columns, positions, 0, rows, columns, false);
            float[] pieces = new float[rows * columns];
            k.weightGradient(pieces, 0, columns, x, 0, rows, dy, 0, columns, positions, 0, row, columns, false);
            k.weightGradient(pieces, 0, columns, x, 0, rows, dy, 0, columns, positions, row, rows, columns, false);
            assertSameBits(k.description() + " weightGradient cut at row " + row, whole, pieces);

            float[] wholeSums = new float[columns];
            k.columnSums(wholeSums, 0, dy, 0, columns, positions, 0, columns, false);
            float[] pieceSums = new float[columns];
            k.columnSums(pieceSums, 0, dy, 0, columns, positions, 0, column, false);
            k.columnSums(pieceSums, 0, dy, 0, columns, positions, column, columns, false);
            assertSameBits(k.description() + " columnSums cut at column " + column, wholeSums, pieceSums);
        }
    }
}
