package org.lilgatsby.experiment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.lilgatsby.experiment.SmallRun.row;
import static org.lilgatsby.experiment.SmallRun.rows;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.lilgatsby.config.BuiltIn;
import org.lilgatsby.experiment.Findings.Range;
import org.lilgatsby.experiment.PrimordialSnowball.DeadRowDistances;
import org.lilgatsby.experiment.PrimordialSnowball.Development;
import org.lilgatsby.experiment.Verdict.Prediction;
import org.lilgatsby.recording.Manifest;

/** What each experiment concludes from runs whose answer is known. */
class ConclusionsTest {
    private static final Optional<Boolean> YES = Optional.of(true);
    private static final Optional<Boolean> NO = Optional.of(false);
    private static final float CELL = 0x1p-7f; // of 1

    /** Rows of one column. */
    private static float[][] column(float... values) {
        float[][] rows = new float[values.length][];
        for (int i = 0; i < values.length; i++) {
            rows[i] = row(values[i]);
        }
        return rows;
    }

    private static List<Optional<Boolean>> judged(Verdict verdict) {
        return verdict.predictions().stream().map(Prediction::holds).toList();
    }

    @Test
    void aSnowballThatStaysTwoBlackHolesWithinTwoUlp() {
        float[][] start = column(1, 1, 1, 1, 1, 1, 1 + CELL, 1 + CELL);
        float[][] end = column(2, 3, 4, 5, 1, 1, 1 + 2 * CELL, 1 + 2 * CELL);
        Findings f = SmallRun.of("primordial-snowball", start, end).findings();

        assertEquals(YES, f.verdict().supported());
        DeadRowDistances geometry = ((PrimordialSnowball.Particulars)
                        f.conclusion().particulars().orElseThrow())
                .geometry()
                .orElseThrow();
        assertEquals(new Range(0, 2 * CELL * 4 / 6.0, 2 * CELL), geometry.linf());
        assertEquals(2 * CELL / 1e-5, geometry.linfOverSigma());
        assertEquals(2, geometry.widest().orElseThrow().overUlp());
        assertEquals(1, geometry.widest().orElseThrow().overTwoUlp());
        assertEquals(new Range(CELL, CELL, CELL), geometry.ulp());
    }

    @Test
    void aSnowballThreeUlpWideIsNotTight() {
        float[][] start = column(1, 1, 1, 1, 1, 1, 1 + CELL, 1 + CELL);
        float[][] end = column(2, 3, 4, 5, 1, 1, 1 + 3 * CELL, 1 + 3 * CELL);

        assertEquals(
                List.of(YES, YES, NO),
                judged(SmallRun.of("primordial-snowball", start, end).findings().verdict()));
    }

    @Test
    void aSnowballThatCollapsedDoesNotStaySeveralBlackHoles() {
        float[][] start = column(1, 1, 1, 1, 1, 1, 1 + CELL, 1 + CELL);
        float[][] end = column(2, 3, 4, 5, 1, 1, 1, 1);
        Findings f = SmallRun.of("primordial-snowball", start, end).findings();

        assertEquals(List.of(YES, NO, YES), judged(f.verdict()));
        assertEquals(NO, f.verdict().supported());
        assertTrue(
                ((PrimordialSnowball.Particulars) f.conclusion().particulars().orElseThrow())
                        .geometry()
                        .orElseThrow()
                        .widest()
                        .isEmpty());
    }

    @Test
    void whatBecameOfBlackHolesInAWord() {
        assertEquals(Development.CONSOLIDATION, Development.of(15, 2));
        assertEquals(Development.COLLAPSE, Development.of(15, 1));
        assertEquals(Development.STABLE, Development.of(1, 1));
        assertEquals(Development.FRAGMENTATION, Development.of(1, 3));
        assertEquals(Development.DISPERSAL, Development.of(2, 0));
        assertEquals(Development.NONE, Development.of(0, 0));
    }

    @Test
    void aSingularStartWhoseDeadTokensStayedWhereTheyWere() {
        float[][] start = column(1, 1, 1, 1);
        float[][] end = column(1.25f, 0.75f, 1, 1);
        Findings f = SmallRun.of("embedding-evolution", start, end).findings();

        EmbeddingEvolution.Particulars evolution =
                (EmbeddingEvolution.Particulars) f.conclusion().particulars().orElseThrow();
        assertEquals(YES, f.verdict().supported());
        assertEquals(0, evolution.dead().orElseThrow().largestMove());
        assertEquals(new Range(0.25, 0.25, 0.25), evolution.dead().orElseThrow().liveDistance());
        assertEquals(Double.POSITIVE_INFINITY, evolution.expansion());
        assertTrue(evolution.hypotheses().getFirst().supported().isEmpty());
    }

    @Test
    void aSingularStartWhoseDeadTokensMovedTogether() {
        float[][] start = column(1, 1, 1, 1);
        float[][] end = column(1.25f, 1.25f, 1.5f, 1.5f);

        assertEquals(
                List.of(YES, YES, NO, YES),
                judged(SmallRun.of("embedding-evolution", start, end).findings().verdict()));
    }

    @Test
    void aNormalStartThatExpandsWithAWanderingCentroid() {
        Findings f = SmallRun.of(
                        "embedding-evolution", column(-1, -2, 1, 2), column(-2, -3, 1.25f, 2), column(-1, -3, 1.5f, 2))
                .set("initialization.mode=normal")
                .findings();

        EmbeddingEvolution.Particulars evolution =
                (EmbeddingEvolution.Particulars) f.conclusion().particulars().orElseThrow();
        double first = -1.75 / 4;
        double second = 1.25 / 4;
        assertEquals(1.75 / 4 + 1.25 / 4, evolution.walk().orElseThrow().pathLength(), 1e-15);
        assertEquals(
                (first + second) * (first + second) / (first * first + second * second),
                evolution.walk().orElseThrow().diffusion(),
                1e-15);
        assertEquals(List.of(YES, YES, NO, YES), judged(f.verdict()));
        assertTrue(evolution.hypotheses().getLast().supported().isEmpty());
        assertTrue(f.start().common().isEmpty());
    }

    @Test
    void deadTokensWithAndWithoutGradients() {
        float[][] zero = column(0, 0, 0, 0);
        Findings with = SmallRun.of("instrumented", zero, zero)
                .gradients(zero, column(1, 1, 0, 0.5f))
                .findings();
        Findings without = SmallRun.of("instrumented", zero, zero)
                .gradients(zero, column(1, 1, 0, 0))
                .findings();
        Findings unknown = SmallRun.of("instrumented", zero, zero).findings();

        assertEquals(YES, with.verdict().supported());
        assertTrue(
                with.verdict().because().contains("5.000000e-01, token 3 at step 1"),
                with.verdict().because());
        assertEquals(NO, without.verdict().supported());
        assertTrue(unknown.verdict().supported().isEmpty());
        assertEquals("gradients were not recorded", unknown.verdict().because());
    }

    @Test
    void aBlackHoleThatLiveTokensLeaveAndDeadOnesFreezeIn() {
        float[][] start = column(1, 1, 1, 1);
        float[][] end = column(2, 3, 1, 1);
        Findings f = SmallRun.at("supermassive-black-hole", new int[] {0, 1, 100}, start, end, end)
                .gradients(start, column(2, 2, 1, 1), start)
                .moments(start, start, column(1, -3, 0, 0))
                .findings();

        SupermassiveBlackHole.Particulars hole =
                (SupermassiveBlackHole.Particulars) f.conclusion().particulars().orElseThrow();
        assertEquals(YES, f.verdict().supported());
        assertEquals(6, hole.initialDistances().identical());
        assertEquals(0, hole.initialDistances().distance().max());
        assertEquals(1, hole.finalDistances().identical());
        assertEquals(2, hole.finalDistances().distance().max());
        assertEquals(1, hole.adam().orElseThrow().momentum());
        assertTrue(hole.dead().orElseThrow().always());
        assertEquals(0, hole.dead().orElseThrow().lastMotion());
        assertEquals(2, hole.dead().orElseThrow().escaped());
    }

    @Test
    void aBlackHoleThatBreaksUpAndKeepsALiveToken() {
        float[][] start = column(1, 1, 1, 1);
        float[][] end = column(1, 3, 1, 1.5f);
        Findings f = SmallRun.of("supermassive-black-hole", start, start, end)
                .gradients(start, start, start)
                .findings();

        SupermassiveBlackHole.Particulars hole =
                (SupermassiveBlackHole.Particulars) f.conclusion().particulars().orElseThrow();
        assertEquals(List.of(NO, NO, NO, NO), judged(f.verdict()));
        assertFalse(hole.dead().orElseThrow().always());
        assertEquals(OptionalInt.of(2), hole.dead().orElseThrow().firstStepApart());
        assertEquals(2, hole.dead().orElseThrow().lastMotion());
        assertEquals(1, hole.dead().orElseThrow().escaped());
        assertTrue(hole.adam().isEmpty());
    }

    @Test
    void aFloat32StartWithTheLargeModelsShape() {
        int[] populations = {12, 10, 5, 4, 2, 2, 2, 2};
        float[][] end = new float[80][];
        for (int i = 0; i < 40; i++) {
            end[i] = row(10 + i);
        }
        int at = 40;
        for (int hole = 0; hole < populations.length; hole++) {
            for (int i = 0; i < populations[hole]; i++) {
                end[at++] = row(1 + hole % 2 * CELL, hole / 2 * CELL * 0.25f);
            }
        }
        end[at] = row(1, 4 * CELL * 0.25f);
        for (int i = 0; i < 40; i++) {
            end[i] = row(10 + i, 0);
        }
        Findings f = SmallRun.of("float32-edition", end, end).findings();

        assertEquals(List.of(YES, YES, YES), judged(f.verdict()), f.verdict().because());
    }

    @Test
    void withoutAnUpdateNothingIsJudged() {
        for (String experiment : BuiltIn.names()) {
            Findings f = SmallRun.of(experiment, column(1, 2, 3, 4)).findings();
            assertEquals(Optional.empty(), f.verdict().supported(), experiment);
            assertEquals(List.of(), f.verdict().predictions(), experiment);
        }
    }

    /** 6 black holes to the large model's 13, and [19, 14, 3, 3, 3, 2]: what the notebook itself found. */
    @Test
    void thePublishedRunIsWithinTheBoundsThatWeSet() {
        int[] populations = {19, 14, 3, 3, 3, 2, 1, 1, 1, 1, 1, 1, 1};
        float[][] end = new float[102][];
        int at = 0;
        for (int i = 0; i < 51; i++) {
            end[at++] = row(10 + i, 0);
        }
        for (int group = 0; group < populations.length; group++) {
            for (int i = 0; i < populations[group]; i++) {
                end[at++] = row(1 + group % 2 * CELL, group / 2 * CELL * 0.125f);
            }
        }
        Findings f = SmallRun.of("float32-edition", end, end).findings();

        assertEquals(List.of(YES, YES, YES), judged(f.verdict()), f.verdict().because());
        String because = f.verdict().because();
        assertTrue(because.contains("within a factor of 3, our own bound (6 black holes)"), because);
    }

    /** Between 1/1024 and -1/1024 lie 29,952 cells of bfloat16, and no reader would think of so small a move. */
    @Test
    void aChangeOfSignIsSaidWhereItsCellsAre() {
        float[][] start = rows(row(1, 1), row(1, 1), row(0x1p-10f, 1), row(0x1p-10f, 1));
        float[][] end = rows(row(2, 1), row(1, 3), row(-0x1p-10f, 1 + CELL), row(-0x1p-10f, 1 + CELL));
        Verdict verdict =
                SmallRun.of("embedding-evolution", start, end).findings().verdict();

        assertTrue(
                verdict.because()
                        .contains("(up to 29,952 cells across zero, all tiny values counted; 1 cell where the "
                                + "sign stays; L2 "),
                verdict.because());
    }

    @Test
    void anUnfinishedRunHasNoVerdict() {
        float[][] start = column(1, 1, 1, 1);
        for (String experiment : BuiltIn.names()) {
            for (int[] dead : List.of(new int[] {2, 3}, new int[0])) {
                SmallRun run = SmallRun.of(experiment, start, column(2, 3, 1, 1))
                        .set("training.steps=3000")
                        .dead(dead)
                        .gradients(start, start);
                Findings unfinished = run.findings();
                Findings failed = run.state(Manifest.State.FAILED).findings();

                assertEquals(Findings.Status.UNFINISHED, unfinished.identity().status(), experiment);
                assertEquals(Optional.empty(), unfinished.verdict().supported(), experiment);
                assertEquals(List.of(), unfinished.verdict().predictions(), experiment);
                assertEquals(
                        "the run is unfinished, at 1 of 3,000 steps",
                        unfinished.verdict().because(),
                        experiment);
                assertEquals(
                        "the run failed, after 1 of 3,000 steps",
                        failed.verdict().because(),
                        experiment);
                if (unfinished.conclusion().particulars().orElseThrow()
                        instanceof EmbeddingEvolution.Particulars evolution) {
                    evolution.hypotheses().forEach(verdict -> assertTrue(verdict.missing(), verdict.because()));
                }
            }
        }
    }

    @Test
    void aRunThatFailedAtItsLastStepHasNoVerdict() {
        Findings failed = SmallRun.of("float32-edition", column(1, 2, 3, 3), column(1, 2, 3, 3))
                .state(Manifest.State.FAILED)
                .findings();

        assertEquals("the run failed, after 1 of 1 step", failed.verdict().because());
    }

    @Test
    void aRunThatIsOnlyToBeSealedHasItsVerdict() {
        Findings f = SmallRun.of("float32-edition", column(1, 2, 3, 3), column(1, 2, 3, 3))
                .state(Manifest.State.INTERRUPTED)
                .findings();

        assertEquals(NO, f.verdict().supported());
    }

    @Test
    void oneDeadPointHasNoPairThatCouldBeAdjacent() {
        Findings f = SmallRun.of("float32-edition", column(1, 2, 3, 3), column(1, 2, 3, 3))
                .findings();

        assertEquals(List.of(Optional.empty(), NO, NO), judged(f.verdict()));
        assertTrue(Double.isNaN(f.structure().topology().orElseThrow().linf().max()));
        assertEquals(0, f.structure().topology().orElseThrow().linfUlp());
    }
}
