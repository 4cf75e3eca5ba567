package org.lilgatsby.experiment;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.lilgatsby.experiment.SmallRun.row;
import static org.lilgatsby.experiment.SmallRun.rows;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.lilgatsby.config.BuiltIn;
import org.lilgatsby.experiment.Findings.Group;
import org.lilgatsby.experiment.Findings.NormAt;
import org.lilgatsby.experiment.Findings.Range;
import org.lilgatsby.experiment.Findings.Received;
import org.lilgatsby.experiment.Findings.Topology;

/** Figures of runs small enough to work out by hand. */
class FindingsTest {
    private static final float[][] POINT = rows(row(3, 4), row(3, 4), row(3, 4), row(3, 4), row(3, 4), row(3, 4));

    /** Live rows 0 to 2 went apart; dead rows 3 and 4 are equal, 5 is one cell of 2^-6 off in the first component. */
    private static final float[][] APART =
            rows(row(0, 0), row(6, 8), row(3, 4), row(2, 4), row(2, 4), row(2.015625f, 4));

    @Test
    void censusOfAllLiveAndDeadRows() {
        Findings f = SmallRun.of("float32-edition", POINT, APART).findings();

        assertEquals(0, f.structure().initial().step());
        assertEquals(1, f.structure().initial().all().blackHoles());
        assertEquals(6, f.structure().initial().all().tokensInBlackHoles());
        assertEquals(1, f.structure().end().step());
        Group dead = f.structure().end().dead();
        assertEquals(3, dead.tokens());
        assertEquals(2, dead.distinct());
        assertEquals(1, dead.blackHoles());
        assertEquals(2, dead.tokensInBlackHoles());
        assertEquals(1, dead.singletons());
        assertEquals(2, dead.largest());
        assertArrayEquals(new int[] {2, 1}, dead.populations());
        assertArrayEquals(new int[] {3, 4}, dead.members().getFirst());
        assertEquals(5.0 / 9, dead.concentration(), 1e-15);
        assertEquals(5, f.structure().end().all().distinct());
        assertEquals(new Range(0, 5, 10), f.structure().end().live().norms());
        assertEquals(Math.sqrt(50 / 3.0), f.structure().end().live().radius(), 1e-15);
    }

    @Test
    void topologyAndLatticeOfTheDeadRows() {
        Findings f = SmallRun.of("float32-edition", POINT, APART).findings();

        Topology t = f.structure().topology().orElseThrow();
        assertEquals(2, t.nodes());
        assertEquals(1, t.edges());
        assertTrue(t.complete());
        assertEquals(Math.hypot((2 + 2 + 2.015625) / 3, 4), t.centroidNorm(), 1e-15);
        assertEquals(t.centroidNorm() / 128, t.epsilon());
        assertEquals(2 * t.epsilon(), t.threshold());
        assertEquals(new Range(0x1p-6, 0x1p-6, 0x1p-6), t.linf());
        assertEquals(1, t.linfUlp());
        assertEquals(1, t.largestCells());
        assertTrue(f.structure().quantization().orElseThrow().bf16());
        assertEquals(3, f.structure().quantization().orElseThrow().distinctComponents());
    }

    @Test
    void centroidAndItsDisplacement() {
        Findings f = SmallRun.of("float32-edition", POINT, APART).findings();

        assertEquals(5, f.structure().centroid().initialNorm());
        assertEquals(0, f.structure().centroid().live());
        assertEquals(
                Math.abs((2 + 2 + 2.015625) / 3 - 3), f.structure().centroid().dead(), 1e-15);
        assertEquals(
                f.structure().centroid().dead() / 2, f.structure().centroid().displacement(), 1e-15);
        assertEquals(
                List.of(0, 1),
                f.structure().centroid().norms().stream().map(NormAt::step).toList());
    }

    @Test
    void centroidNormsAtTheEndOfLoggingIntervalsAndOfTheRun() {
        Findings f = SmallRun.at("embedding-evolution", new int[] {0, 2, 4, 5}, POINT, POINT, POINT, APART)
                .set("training.log_every=4", "training.steps=5")
                .findings();

        assertEquals(
                List.of(0, 4, 5),
                f.structure().centroid().norms().stream().map(NormAt::step).toList());
    }

    @Test
    void whatRoundingDidToTheStart() {
        float[][] drawn = rows(row(1.001f, 0), row(1, 0));
        Findings f = SmallRun.of("float32-edition", drawn).findings();

        assertEquals(1.001f, f.start().drawnNorms().max());
        assertEquals(1, f.start().storedNorms().max());
        assertEquals((1.001f - 1.0) / 2, f.start().centroidShift(), 1e-15);
        assertEquals(1.001f, f.start().common().orElseThrow().norm(), 1e-15);
        assertEquals(1.001f / 2, f.start().common().orElseThrow().mean(), 1e-15);
    }

    @Test
    void gradientsOfTheFirstAndTheLastStepWithoutRowZero() {
        float[][] none = rows(row(0, 0), row(0, 0), row(0, 0), row(0, 0));
        Findings f = SmallRun.of("instrumented", none, none, none)
                .gradients(
                        none,
                        rows(row(3, 4), row(0, 1), row(0, 2), row(0, 4)),
                        rows(row(1, 0), row(1, 0), row(0, 8), row(0, 0)))
                .findings();

        Received dead = f.course().gradients().orElseThrow().dead().orElseThrow();
        assertEquals(1, dead.firstStep());
        assertEquals(new Range(2, 3, 4), dead.first());
        assertEquals(2, dead.lastStep());
        assertEquals(new Range(0, 4, 8), dead.last());
        assertEquals(8, dead.largest());
        assertEquals(2, dead.largestStep());
        assertEquals(2, dead.largestToken());
        assertEquals(
                new Range(1, 3, 5),
                f.course().gradients().orElseThrow().live().orElseThrow().first());
        assertEquals(
                new Range(1, 3, 5), f.course().gradients().orElseThrow().all().first());
    }

    @Test
    void aRunWithoutDeadTokensHasNoTopology() {
        for (String experiment : BuiltIn.names()) {
            Findings f = SmallRun.of(experiment, POINT, APART).dead().findings();

            assertTrue(f.structure().topology().isEmpty(), experiment);
            assertTrue(f.structure().quantization().isEmpty(), experiment);
            assertEquals(0, f.structure().end().dead().tokens(), experiment);
            assertTrue(Double.isNaN(f.structure().end().dead().norms().mean()), experiment);
            assertFalse(f.verdict().supported().orElse(false), experiment);
        }
    }

    @Test
    void aRunWithoutAnUpdateIsNotJudgedByWhatUpdatesDo() {
        for (String experiment : List.of("embedding-evolution", "instrumented", "supermassive-black-hole")) {
            Findings f = SmallRun.of(experiment, POINT).gradients(POINT).findings();

            assertTrue(f.verdict().supported().isEmpty(), experiment);
            assertTrue(f.course().gradients().isEmpty(), experiment);
            assertTrue(f.course().loss().isEmpty(), experiment);
        }
    }

    @Test
    void aConfigurationWithoutConclusionHasTheGeneralPart() {
        Findings f = SmallRun.of("float32-edition", POINT, APART)
                .set("conclusion=none")
                .findings();

        assertTrue(f.conclusion().particulars().isEmpty());
        assertTrue(f.published().isEmpty());
        assertTrue(f.verdict().supported().isEmpty());
        assertEquals(2, f.structure().end().dead().distinct());
    }

    @Test
    void aDivergedRunStillHasFindings() {
        float[][] diverged = rows(row(Float.NaN, 1), row(1, Float.POSITIVE_INFINITY), row(Float.NaN, 1), row(1, 1));
        float[][] start = rows(row(1, 1), row(1, 1), row(1, 1), row(1, 1));
        for (String experiment : BuiltIn.names()) {
            Findings f = SmallRun.of(experiment, start, diverged)
                    .gradients(start, diverged)
                    .findings();

            assertEquals(2, f.structure().end().dead().distinct(), experiment);
        }
    }
}
