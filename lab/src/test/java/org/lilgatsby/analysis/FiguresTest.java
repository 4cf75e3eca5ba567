package org.lilgatsby.analysis;

import static org.junit.jupiter.api.Assertions.*;
import static org.lilgatsby.analysis.Matrices.row;

import org.junit.jupiter.api.Test;
import org.lilgatsby.bf16.Bf16;
import org.lilgatsby.random.TorchGenerator;

/** Figures of one matrix: centroid, norms, quantisation, ULP; and the gradients of a recording. */
class FiguresTest {
    @Test
    void theCentroidIsComputedInDouble() {
        Matrix start = Matrices.bf16(row(3, 4), row(1, 2), row(100, 100));
        Centroid centroid = Centroid.of(start, Tokens.of(0, 1));
        assertEquals(new Vector(2, 3), centroid.position());
        assertEquals(Math.sqrt(13), centroid.norm());
        Centroid moved = Centroid.of(Matrices.bf16(row(6, 8), row(4, 6), row(0, 0)), Tokens.of(0, 1));
        assertEquals(5.0, moved.displacementFrom(centroid));
        assertEquals(0.0, centroid.displacementFrom(centroid));
        Matrix tenth = Matrices.f32(row(0.1f), row(0.2f), row(0.4f));
        assertEquals(
                (0.1f + (double) 0.2f + 0.4f) / 3,
                Centroid.of(tenth, Tokens.all(3)).norm());
    }

    @Test
    void rowNormsNameTheTokenOfTheLargest() {
        Matrix matrix = Matrices.bf16(row(3, 4), row(0, 0), row(6, 8), row(8, 6));
        assertEquals(new RowNorms(new Summary(3, 0, 5, 5, 10), 3), RowNorms.of(matrix, Tokens.of(0, 1, 3)));
        assertEquals(2, RowNorms.of(matrix, Tokens.all(4)).tokenOfMax(), "the first among equals");
        assertEquals(-1, RowNorms.of(matrix, Tokens.of()).tokenOfMax());
    }

    @Test
    void extremesOfRowNormsAreThoseOfTheirSummary() {
        Matrix matrix =
                Matrices.bf16(row(8, 6), row(Float.NaN, 1), row(3, 4), row(0, 0), row(Float.POSITIVE_INFINITY, 0));
        for (Tokens tokens : new Tokens[] {Tokens.of(), Tokens.of(1), Tokens.of(0, 2, 3, 4), Tokens.all(5)}) {
            Summary norms = RowNorms.of(matrix, tokens).norms();
            assertEquals(
                    new RowGraph.Extremes(norms.min(), norms.mean(), norms.max()),
                    RowNorms.extremes(DistinctRows.of(matrix, tokens)));
        }
    }

    @Test
    void quantizationFindsWhatIsNotOnTheLattice() {
        Matrix bf16 = Matrices.bf16(row(1, -2, 0f), row(1, 1, -0f));
        assertEquals(new Quantization(6, 0, 4, -2, 1), Quantization.of(bf16, Tokens.all(2)));
        Matrix off = Matrices.f32(row(1, 1.001f, Float.NaN), row(1, 3e38f, 1e-45f));
        Quantization quantization = Quantization.of(off, Tokens.all(2));
        assertEquals(new Quantization(6, 3, 5, 1e-45f, 3e38f), quantization);
        assertFalse(quantization.bf16());
        assertTrue(Quantization.of(off, Tokens.of()).bf16());
    }

    @Test
    void quantizationInBf16IsThatOfTheSameValuesInFloat32() {
        assertTrue(quantizedInBothFormats(2048).distinctComponents() > 50_000);
        assertTrue(quantizedInBothFormats(100).distinctComponents() > 5_000);
    }

    private static Quantization quantizedInBothFormats(int rows) {
        TorchGenerator random = new TorchGenerator(5);
        short[] bits = new short[rows * 64];
        float[] values = new float[bits.length];
        for (int i = 0; i < bits.length; i++) {
            float value = Bf16.toFloat((short) random.nextInt());
            values[i] = Float.isNaN(value) ? -0f : value;
            bits[i] = Bf16.fromFloat(values[i]);
        }
        Tokens tokens = Tokens.all(rows);
        Quantization quantization = Quantization.of(Matrix.ofBits(bits, rows, 64), tokens);
        assertEquals(Quantization.of(Matrix.ofFloats(values, rows, 64), tokens), quantization);
        return quantization;
    }

    @Test
    void theUlpScaleHasNoZeroAndLeavesOutWhatHasNoUlp() {
        Matrix matrix = Matrices.bf16(row(1, 0, 2), row(-1, Float.NaN, 0.99f));
        assertEquals(
                new UlpScale(
                        new Summary(5, 0x1p-133, (0x1p-7 + 0x1p-133 + 0x1p-6 + 0x1p-7 + 0x1p-8) / 5, 0x1p-7, 0x1p-6),
                        1),
                UlpScale.of(matrix, Tokens.all(2)));
    }

    @Test
    void gradientsOfStepTAreThoseOfUpdateT() {
        Matrix none = Matrices.f32(row(0, 0), row(0, 0));
        Matrix first = Matrices.f32(row(3, 4), row(1, 0));
        Matrix second = Matrices.f32(row(6, 8), row(0, 2));
        Matrix third = Matrices.f32(row(0, 1), row(0, 1));
        History recording = History.of(none, first, second, third);
        GradientNorms norms = GradientNorms.of(recording, Tokens.all(2));
        assertEquals(1, norms.firstStep());
        assertEquals(RowNorms.of(first, Tokens.all(2)), norms.first());
        assertEquals(3, norms.lastStep());
        assertEquals(10, norms.largest());
        assertEquals(2, norms.largestStep());
        assertEquals(0, norms.largestToken());
        assertTrue(norms.received());
        assertEquals(
                1,
                GradientNorms.of(History.of(new int[] {5, 6}, p -> p == 0 ? third : none), Tokens.of(1))
                        .largest());
        assertThrows(IllegalArgumentException.class, () -> GradientNorms.of(History.of(none), Tokens.all(2)));
        assertFalse(GradientNorms.of(History.of(none, none), Tokens.all(2)).received());
    }

    @Test
    void theMedianOfAnEvenCountIsTheMeanOfTheMiddleTwo() {
        assertEquals(new Summary(4, 1, 4.25, 3.5, 9), Summary.of(new double[] {9, 1, 5, 2}));
        assertEquals(0, Summary.of(new double[0]).count());
    }

    @Test
    void vectorsHaveNormsAndAngles() {
        assertEquals(0.0, new Vector(1, 0).cosine(new Vector(0, 2)));
        assertEquals(-1.0, new Vector(3, 0).cosine(new Vector(-2, 0)));
        assertTrue(Double.isNaN(new Vector(0, 0).cosine(new Vector(1, 0))), "no direction, no angle");
    }
}
