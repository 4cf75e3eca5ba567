package org.lilgatsby.experiment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.lilgatsby.experiment.SmallRun.row;
import static org.lilgatsby.experiment.SmallRun.rows;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.lilgatsby.config.BuiltIn;
import org.lilgatsby.config.ExperimentConfig;
import org.lilgatsby.recording.Manifest.CorpusFacts;

class PublishedFiguresTest {
    private static final CorpusFacts BOOK = new CorpusFacts(
            "training_corpus",
            false,
            "training_corpus",
            265_905,
            4_713,
            "33bdec3abc8bd4e765d09110a4c78fdcbbf7e619e1c09e23f42722634cbc6952",
            IntStream.range(0, 77).toArray(),
            IntStream.range(77, 128).toArray());

    private static PublishedRun published(ExperimentConfig config) {
        return Experiment.concluding(config).orElseThrow().published().orElseThrow();
    }

    @Test
    void thePublishedSettingDepartsInNothing() {
        for (String name : List.of("embedding-evolution", "primordial-snowball", "float32-edition", "instrumented")) {
            ExperimentConfig config = BuiltIn.load(name, List.of());
            assertEquals(List.of(), published(config).beside(config, BOOK).departures(), name);
        }
    }

    @Test
    void aRepetitionSaysInWhichTextAndSeedItDeparts() {
        ExperimentConfig config = BuiltIn.load("float32-edition", List.of("seed=7", "training.log_every=7"));

        assertEquals(
                List.of("the corpus is the built-in synthetic text, not the published one", "seed is 7, published 42"),
                published(config)
                        .beside(
                                config,
                                new CorpusFacts(
                                        "synthetic", true, "training_corpus", 9, 0, "00", new int[1], new int[1]))
                        .departures());
    }

    @Test
    void aPublishedFigureShowsTheDigitsThatWerePrinted() {
        assertEquals("4.8438", new Published.Value(ComparedFigure.FIRST_LOSS, "4.8438").text());
        assertEquals("8.201394", new Published.Value(ComparedFigure.COMMON_NORM, "8.201394").text());
        assertEquals("6.121443e-02", new Published.Value(ComparedFigure.DEAD_GRADIENT_MEAN, "6.121443e-02").text());
        assertEquals("0", new Published.Value(PrimordialSnowball.DEAD_LINF_MIN, "0").text());
        assertEquals("106.0", new Published.Value(ComparedFigure.STEPS_PER_SECOND, "106.0").text());
    }

    @Test
    void everyPublishedFigureHasItsPlaceInARunOfItsExperiment() {
        float[][] start = rows(row(1, 1), row(1, 1), row(1, 1), row(1, 1.0078125f));
        float[][] zero = rows(row(0, 0), row(0, 0), row(0, 0), row(0, 0));
        for (String name : BuiltIn.names().subList(0, 5)) {
            int steps = BuiltIn.load(name, List.of()).training().steps();
            Findings f = SmallRun.at(name, new int[] {0, 100, steps}, start, start, start)
                    .asItComes()
                    .gradients(zero, start, start)
                    .moments(zero, start, start)
                    .losses(5, 4)
                    .findings();
            f.published()
                    .orElseThrow()
                    .figures()
                    .forEach(p -> assertTrue(Double.isFinite(p.figure().of(f)), name + ": " + p.figure()));
        }
    }

    @Test
    void anUnfinishedRunHasNoFigureOfTheEnd() {
        float[][] start = rows(row(1, 1), row(1, 1), row(1, 1), row(1, 1.0078125f));
        Findings f = SmallRun.of("float32-edition", start, start)
                .set("training.steps=100")
                .losses(5, 4)
                .findings();

        assertTrue(Double.isNaN(ComparedFigure.FINAL_CENTROID_NORM.of(f)));
        assertTrue(Double.isNaN(ComparedFigure.DEAD_DISTINCT.of(f)));
        assertTrue(Double.isNaN(ComparedFigure.LAST_LOSS.of(f)));
        assertEquals(5, ComparedFigure.FIRST_LOSS.of(f));
        assertEquals(1, ComparedFigure.INITIAL_BLACK_HOLES.of(f));
    }

    @Test
    void aFigureIsComparedInItsOwnUnit() {
        assertEquals("none", new Published.Value(ComparedFigure.FINAL_BLACK_HOLES, "2").deviation(2));
        assertEquals("+4", new Published.Value(ComparedFigure.FINAL_BLACK_HOLES, "2").deviation(6));
        assertEquals("under 0.01 %", new Published.Value(ComparedFigure.FIRST_LOSS, "4.8438").deviation(4.84375));
        assertEquals("-28.21 %", new Published.Value(ComparedFigure.DENSITY, "1").deviation(28.0 / 39));
        assertEquals("none", new Published.Value(ComparedFigure.DENSITY, "1").deviation(1));
        assertEquals("-2.27 %", new Published.Value(PrimordialSnowball.DEAD_LINF_MAX, "9.77e-04").deviation(9.5478e-4));
        assertEquals("+5,919.46 %", new Published.Value(ComparedFigure.STEPS_PER_SECOND, "1.00").deviation(60.1946));
        assertEquals("-5.00 %", new Published.Value(ComparedFigure.DISPLACEMENT, "0.40").deviation(0.38));
        assertEquals("none", new Published.Value(ComparedFigure.COMMON_NORM, "8.201394").deviation(8.2013943));
        assertEquals("-", new Published.Value(SupermassiveBlackHole.INITIAL_DISTANCE, "0").deviation(1));
        assertEquals("-", new Published.Value(ComparedFigure.EPSILON, "1").deviation(Double.NaN));
    }

    @Test
    void theLargeModelsPopulationsAddUp() {
        assertEquals(2_100, LargeModel.tokensInBlackHoles());
        assertEquals(0.29573, LargeModel.concentration(), 1e-5);
    }
}
