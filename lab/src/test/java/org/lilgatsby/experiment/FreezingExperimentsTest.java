package org.lilgatsby.experiment;

import static org.junit.jupiter.api.Assertions.*;
import static org.lilgatsby.experiment.SmallRun.row;
import static org.lilgatsby.experiment.SmallRun.rows;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.lilgatsby.analysis.HopCounts;

/** The verdicts on freezing follow from figures that can be counted by hand. */
class FreezingExperimentsTest {

    /** Two live tokens and two dead ones; each state is the four values of their only component. */
    private static Findings findings(String experiment, float[]... states) {
        return run(experiment, states).findings();
    }

    private static SmallRun run(String experiment, float[]... states) {
        return SmallRun.of(
                experiment,
                Arrays.stream(states)
                        .map(values -> rows(row(values[0]), row(values[1]), row(values[2]), row(values[3])))
                        .toArray(float[][][]::new));
    }

    private static float[][] states(int steps, int deadUntil, int liveUntil) {
        return IntStream.rangeClosed(0, steps)
                .mapToObj(step -> new float[] {
                    1 + Math.min(step, liveUntil), 2 + Math.min(step, liveUntil),
                    1 + Math.min(step, deadUntil), 3 + Math.min(step, deadUntil)
                })
                .toArray(float[][]::new);
    }

    private static List<Optional<Boolean>> holds(Findings findings) {
        return findings.verdict().predictions().stream()
                .map(Verdict.Prediction::holds)
                .toList();
    }

    private static Optional<Boolean> yes(boolean holds) {
        return Optional.of(holds);
    }

    @Test
    void flannelAsksForDeadRestAndLiveMotion() {
        assertEquals(List.of(yes(true), yes(true)), holds(findings("flannel", states(20, 18, 20))));
        assertEquals(List.of(yes(false), yes(true)), holds(findings("flannel", states(20, 19, 20))));
        assertEquals(List.of(yes(true), yes(false)), holds(findings("flannel", states(20, 5, 5))));
    }

    @Test
    void crucibleAsksForTheOrderOfStepsAndForAnEnd() {
        // dead tokens leap by 1 up to step 3, crawl by two cells at step 4, hop by one at step 5
        float[][] states = IntStream.rangeClosed(0, 10)
                .mapToObj(step -> {
                    float at = 1 + Math.min(step, 3) + (step >= 4 ? 0.0625f : 0) + (step >= 5 ? 0.03125f : 0);
                    return new float[] {1 + step, 2 + step, at, at};
                })
                .toArray(float[][]::new);
        Findings found = findings("crucible", states);
        Crucible.Particulars crucible =
                (Crucible.Particulars) found.conclusion().particulars().orElseThrow();
        Rest dead = crucible.dead().orElseThrow();
        assertEquals(4, dead.medianLeap(), "two cells are more than the root of a width of 1");
        assertEquals(4, dead.medianCrawl());
        assertEquals(5, dead.medianEnd());
        assertEquals(5, dead.stillness().last());
        assertEquals(List.of(yes(false), yes(true), yes(true)), holds(found));
        assertEquals(yes(false), found.verdict().supported());
    }

    /** Tokens that move up to the end have not stopped together, though their last steps are the same. */
    @Test
    void crucibleDoesNotTakeTheEndOfTheRunForAnEndOfMotion() {
        Findings found = findings("crucible", states(20, 20, 20));
        Crucible.Particulars crucible =
                (Crucible.Particulars) found.conclusion().particulars().orElseThrow();
        assertEquals(2, crucible.dead().orElseThrow().moving());
        Verdict.Prediction together = found.verdict().predictions().get(1);
        assertEquals(yes(false), together.holds());
        assertEquals("0 of 20 steps, but more than one in ten move in the last tenth", together.figures());
    }

    /** The last step of a token that goes on is the last one recorded, which says nothing of when it stops. */
    @Test
    void whatGoesOnHasNoLastStep() {
        String told =
                findings("flannel", states(20, 5, 20)).conclusion().sections().toString();
        assertTrue(told.contains("one in ten by step 5, half by step 5, nine in ten by step 5, all by step 5"), told);
        assertTrue(
                told.contains("one in ten in the last tenth, half in the last tenth, nine in ten in the last tenth, "
                        + "all in the last tenth"),
                told);
        assertTrue(told.contains("of any size step 5"), told);
        assertTrue(told.contains("of any size in the last tenth"), told);
    }

    private static List<String> headlines(Findings findings) {
        return findings.conclusion().headlines().stream()
                .map(fact -> fact.value() + " " + fact.label())
                .toList();
    }

    @Test
    void headlinesAnswerTheQuestionOfTheExperiment() {
        assertEquals(
                List.of(
                        "100.0 % of 2 dead tokens rest in the last tenth of the run",
                        "0.0 % of 2 live tokens rest in the last tenth of the run",
                        "step 5 median last step of dead tokens",
                        "not yet median last step of live tokens"),
                headlines(findings("flannel", states(20, 5, 20))));
        assertEquals(
                List.of(
                        "step 3 median last step of dead tokens with L2 above the root of the width, in cells",
                        "step 3 median last step of dead tokens with L-infinity above a cell",
                        "step 3 median last step of dead tokens",
                        "step 3 last step of nine in ten dead tokens",
                        "7 recorded steps at the end in which no dead token moves, of 10"),
                headlines(findings("crucible", states(10, 3, 10))));
        assertEquals(
                List.of(
                        "2.500000e-01 first minimum of the dead tokens' mean radius, at step 1",
                        "5.000000e-01 largest from there on, at step 2",
                        "step 3 more than 90.0 % of the dead tokens still, for good"),
                headlines(findings(
                        "goldilocks",
                        new float[] {0, 0, 0.5f, 1.5f},
                        new float[] {1, 1, 0.75f, 1.25f},
                        new float[] {2, 2, 0.5f, 1.5f},
                        new float[] {3, 3, 0.5f, 1.5f})));
        assertEquals(
                List.of(
                        "step 0 lift-off of the dead rows from the origin, for good",
                        "1.200000e+01 norm of their centroid at the end",
                        "1.000000e+00 largest distance of a dead row from it"),
                headlines(findings("duckling-record", states(10, 10, 10))));
        float[][] zeros = rows(row(0), row(0), row(0), row(0));
        float[][] ones = rows(row(1), row(1), row(1), row(1));
        assertEquals(
                List.of(
                        "100.0 % of the predicted steps of dead tokens happen",
                        "100.0 % of the steps of dead tokens are predicted",
                        "0 steps predicted that did not happen",
                        "0 steps that were not predicted"),
                headlines(run("thimble", new float[] {1, 1, 1, 0x1p-8f}, new float[] {1, 1, 1, 0x1p-9f})
                        .moments(zeros, ones)
                        .findings()));
    }

    @Test
    void goldilocksAsksForAMinimumGrowthAndRest() {
        float[] radii = {0.5f, 0.25f, 0.5f, 0.5f, 0.5f};
        float[][] states = new float[radii.length][];
        for (int i = 0; i < radii.length; i++) {
            states[i] = new float[] {i, i, 1 - radii[i], 1 + radii[i]};
        }
        assertEquals(List.of(yes(true), yes(true), yes(true)), holds(findings("goldilocks", states)));
        float[][] growing =
                IntStream.range(0, 5).mapToObj(i -> new float[] {i, i, -i, i}).toArray(float[][]::new);
        assertEquals(List.of(yes(false), yes(true), yes(false)), holds(findings("goldilocks", growing)));
    }

    @Test
    void ducklingAsksForACentroidFartherThanItsCloud() {
        assertEquals(List.of(yes(true), yes(true)), holds(findings("duckling-record", states(20, 20, 20))));
        Findings around = findings("duckling-record", new float[] {1, 1, 1, -1}, new float[] {1, 1, 2, -1});
        assertEquals(List.of(yes(false), yes(false)), holds(around));
    }

    @Test
    void thimbleCountsStepsAgainstTheirPrediction() {
        // the moments of SmallRun are both this: m = v = 1, so that Adam's step is about the learning rate of 0.001
        float[][] ones = rows(row(1), row(1), row(1), row(1));
        float[][] zeros = rows(row(0), row(0), row(0), row(0));
        // an ULP of 1 is 2^-7, of 2^-8 it is 2^-15: the one dead token should stay, the other move, and neither does
        SmallRun still = run("thimble", new float[] {1, 1, 1, 0x1p-8f}, new float[] {1, 1, 1, 0x1p-8f});
        Thimble.Particulars found = (Thimble.Particulars)
                still.moments(zeros, ones).findings().conclusion().particulars().orElseThrow();
        assertEquals(Optional.of(new HopCounts(0, 1, 0, 1)), found.hops());
        assertTrue(still.findings().verdict().missing(), "none moved, so that there is no recall");
        SmallRun moved = run("thimble", new float[] {1, 1, 1, 0x1p-8f}, new float[] {1, 1, 1, 0x1p-9f});
        assertEquals(
                List.of(yes(true), yes(true)), holds(moved.moments(zeros, ones).findings()));
        assertTrue(
                run("thimble", states(3, 3, 3)).findings().verdict().because().contains("momentum"));
    }

    @Test
    void withoutDeadTokensThereIsNothingToJudge() {
        for (String experiment : List.of("flannel", "thimble", "crucible", "goldilocks", "duckling-record")) {
            Findings found = run(experiment, states(3, 3, 3)).dead().findings();
            assertTrue(found.verdict().missing(), experiment);
            assertTrue(found.verdict().because().contains("no token is dead"), experiment);
        }
    }
}
