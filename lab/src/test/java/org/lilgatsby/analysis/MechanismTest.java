package org.lilgatsby.analysis;

import static org.junit.jupiter.api.Assertions.*;
import static org.lilgatsby.analysis.Matrices.row;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

/** Gradients, logits and the mean hidden state: small matrices with the expected results in the table. */
class MechanismTest {
    @Test
    void gradientsOfOneDirection() {
        // lengths 5, 10, 5 along (3, 4) and back, and one of nothing
        GradientShape shape =
                GradientShape.of(Matrices.bf16(row(3, 4), row(6, 8), row(-3, -4), row(0, 0)), Tokens.all(4));
        assertEquals(new Summary(4, 0, 5, 5, 10), shape.norms());
        assertEquals(4, shape.distinct());
        assertEquals(1, shape.zeros());
        assertEquals(3, shape.cosines().count());
        assertEquals(-1, shape.cosines().min(), 1e-15);
        assertEquals(1, shape.cosines().max(), 1e-15);
        assertEquals(-1.0 / 3, shape.cosines().mean(), 1e-15);
        assertEquals(1, shape.firstShare(), 1e-15);
        assertEquals(1, shape.dimensions90());
    }

    @Test
    void equalGradientsHaveNoVarianceAndNoGradientHasNoDirection() {
        GradientShape equal =
                GradientShape.of(Matrices.f32(row(0.1f, 0.7f), row(0.1f, 0.7f), row(0.1f, 0.7f)), Tokens.all(3));
        assertEquals(1, equal.distinct());
        assertEquals(1, equal.cosines().min(), 1e-15);
        assertTrue(Double.isNaN(equal.firstShare()), "what rounding leaves about the mean is no variance");
        assertEquals(0, equal.dimensions90());
        GradientShape none = GradientShape.of(Matrices.bf16(row(0, 0), row(0, 0)), Tokens.all(2));
        assertEquals(0, none.norms().max());
        assertEquals(2, none.zeros());
        assertEquals(0, none.cosines().count());
        assertTrue(Double.isNaN(none.firstShare()));
        assertEquals(0, GradientShape.of(Matrices.bf16(row(1, 1)), Tokens.of()).distinct());
    }

    @Test
    void onlyTheTokensAskedForCount() {
        Matrix gradients = Matrices.bf16(row(100, 0), row(0, 1), row(0, 1), row(-100, 7));
        GradientShape shape = GradientShape.of(gradients, Tokens.of(1, 2));
        assertEquals(1, shape.norms().max());
        assertEquals(1, shape.distinct());
    }

    @Test
    void theSpectrumOfAnEllipse() {
        // variances 16, 4 and 0 about the mean (7, 1, 2)
        Spectrum spectrum = Spectrum.of(
                List.of(new Vector(11, 1, 2), new Vector(3, 1, 2), new Vector(7, 3, 2), new Vector(7, -1, 2)));
        assertArrayEquals(new double[] {0.8, 0.2, 0}, spectrum.shares(), 1e-15);
        assertEquals(0.8, spectrum.firstShare(), 1e-15);
        assertEquals(1, spectrum.dimensionsFor(0.5));
        assertEquals(2, spectrum.dimensionsFor(0.9));
        assertEquals(0, Spectrum.of(List.of()).dimensionsFor(0.9));
    }

    @Property(tries = 100)
    void theSpectrumIsThatOfThePrincipalPlaneFromEitherSide(
            @ForAll long seed,
            @ForAll @IntRange(min = 2, max = 12) int rows,
            @ForAll @IntRange(min = 1, max = 12) int columns) {
        SplittableRandom random = new SplittableRandom(seed);
        List<Vector> vectors = IntStream.range(0, rows)
                .mapToObj(i -> new Vector(random.doubles(columns, -1, 1).toArray()))
                .toList();
        Spectrum spectrum = Spectrum.of(vectors);
        PrincipalPlane plane = PrincipalPlane.of(vectors);
        assertEquals(1, Arrays.stream(spectrum.shares()).sum(), 1e-12);
        assertEquals(plane.firstShare(), spectrum.firstShare(), 1e-6);
        assertEquals(spectrum.shares().length, Math.min(rows, columns));
    }

    /** Gradients that differ in one direction only: the case in which an eigenvalue solver may find no end. */
    @Test
    void theSpectrumOfOneDirectionIsFoundWhateverItsSize() {
        SplittableRandom random = new SplittableRandom(4);
        for (int i = 0; i < 1_500; i++) {
            double[] direction = random.doubles(64, -1, 1).toArray();
            double scale = Math.scalb(1.0, -random.nextInt(60));
            List<Vector> vectors = random.ints(51, -1, 2)
                    .mapToObj(by -> new Vector(
                            Arrays.stream(direction).map(d -> by * d * scale).toArray()))
                    .toList();
            assertEquals(1, Spectrum.of(vectors).firstShare(), 1e-12);
        }
    }

    @Test
    void aPredictionThatKnowsNothing() {
        LogitShape shape = LogitShape.of(new double[] {7, 7, 7, 7}, Tokens.of(1));
        assertEquals(0, shape.spread());
        assertEquals(2, shape.entropyBits(), 1e-15);
        assertEquals(0, shape.gini(), 1e-15);
        assertEquals(0.25, shape.top1(), 1e-15);
        assertEquals(1, shape.top5(), 1e-15);
        assertEquals(0.25, shape.deadMass(), 1e-15);
        assertEquals(0, shape.deadSpread());
    }

    @Test
    void aPredictionThatIsCertain() {
        LogitShape shape = LogitShape.of(new double[] {1000, 0, -1000, 0, 0}, Tokens.of(1, 2));
        assertEquals(2000, shape.spread());
        assertEquals(0, shape.entropyBits());
        assertEquals(0.8, shape.gini(), 1e-15, "1 - 1/vocabulary");
        assertEquals(1, shape.top1());
        assertEquals(1000, shape.deadSpread());
        assertEquals(0, shape.deadMass());
        assertTrue(Double.isNaN(LogitShape.of(new double[] {1}, Tokens.of()).deadSpread()));
    }

    @Test
    void aPredictionOfHalfAndQuarters() {
        double[] logits = {Math.log(2), Math.log(4), Math.log(2)};
        LogitShape shape = LogitShape.of(logits, Tokens.of());
        assertEquals(1.5, shape.entropyBits(), 1e-15);
        assertEquals(0.5, shape.top1(), 1e-15);
        assertEquals((-2 * 0.25 + 2 * 0.5) / 3, shape.gini(), 1e-15);
    }

    @Property(tries = 100)
    void shiftingAllLogitsChangesNothing(@ForAll long seed, @ForAll @IntRange(min = -300, max = 300) int shift) {
        double[] logits =
                new SplittableRandom(seed).ints(40, -30, 30).asDoubleStream().toArray();
        LogitShape shape = LogitShape.of(logits, Tokens.of(3, 5));
        LogitShape moved =
                LogitShape.of(Arrays.stream(logits).map(l -> l + shift).toArray(), Tokens.of(3, 5));
        assertEquals(shape.entropyBits(), moved.entropyBits(), 1e-9);
        assertEquals(shape.gini(), moved.gini(), 1e-12);
        assertTrue(shape.entropyBits() >= 0 && shape.entropyBits() <= Math.log(40) / Math.log(2) + 1e-12);
        assertTrue(shape.top1() <= shape.top5() && shape.top5() <= shape.top10() && shape.top10() <= 1 + 1e-12);
        assertTrue(shape.gini() >= -1e-15 && shape.gini() <= 1 - 1.0 / 40);
    }

    @Test
    void deadTokensArePushedAwayFromTheMeanHiddenState() {
        History hidden = History.of(
                Matrices.f32(row(0, 0)), Matrices.f32(row(3, 4)), Matrices.f32(row(-4, 3)), Matrices.f32(row(1, 0)));
        History w = History.of(
                Matrices.bf16(row(9, 9), row(5, 5)), Matrices.bf16(row(9, 9), row(2, 1)),
                Matrices.bf16(row(7, 7), row(2, 1)), Matrices.bf16(row(7, 7), row(2, 3)));
        HiddenSeries series = HiddenSeries.of(hidden, w, Tokens.of(1), Places.all(4));
        assertTrue(Double.isNaN(series.norm().at(0)), "no update precedes the first state");
        assertEquals(5, series.norm().at(1));
        assertTrue(Double.isNaN(series.turn().at(1)));
        assertEquals(0, series.turn().at(2));
        assertEquals(1, series.sinceFirst().at(1));
        assertEquals(0.6, series.sinceFirst().at(3), 1e-15);
        assertEquals(-1, series.alignment().at(1), 1e-15, "straight away from it");
        assertTrue(Double.isNaN(series.alignment().at(2)), "standing still has no direction");
        assertEquals(0, series.alignment().at(3));
        History shorter = History.of(Matrices.f32(row(0, 0)));
        assertThrows(IllegalArgumentException.class, () -> HiddenSeries.of(shorter, w, Tokens.of(1), Places.all(4)));
        HiddenSeries last = HiddenSeries.of(hidden, w, Tokens.of(1), Places.of(3));
        assertEquals(series.turn().at(3), last.turn().at(3));
        assertEquals(series.alignment().at(3), last.alignment().at(3));
    }
}
