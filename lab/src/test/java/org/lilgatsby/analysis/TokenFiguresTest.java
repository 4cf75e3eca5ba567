package org.lilgatsby.analysis;

import static org.junit.jupiter.api.Assertions.*;
import static org.lilgatsby.analysis.Matrices.row;

import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.lilgatsby.analysis.Escape.Departure;
import org.lilgatsby.kernel.ScalarAnalysisKernels;

/** Figures of single tokens: their change from the start, their steps, and their escape by the size of a step. */
class TokenFiguresTest {
    private static final ScalarAnalysisKernels KERNELS = new ScalarAnalysisKernels();

    /**
     * Three tokens in a plane, recorded five times.
     *
     * <pre>
     * token  W[0]     W[1]     W[2]     W[3]     W[4]       steps (L2)
     * 0      (0, 0)   (3, 4)   (3, 4)   (0, 0)   (6, 8)     5, 0, 5, 10
     * 1      (1, 1)   (1, 1)   (1, 1)   (1, 1)   (1, 1)     0, 0, 0, 0
     * 2      (0, 0)   (-0, 0)  (1, 0)   (1, 1)   (0, 1)     0, 1, 1, 1
     * </pre>
     */
    private static final History HISTORY = History.of(
            Matrices.bf16(row(0, 0), row(1, 1), row(0, 0)),
            Matrices.bf16(row(3, 4), row(1, 1), row(-0f, 0)),
            Matrices.bf16(row(3, 4), row(1, 1), row(1, 0)),
            Matrices.bf16(row(0, 0), row(1, 1), row(1, 1)),
            Matrices.bf16(row(6, 8), row(1, 1), row(0, 1)));

    private static final Tokens ALL = Tokens.all(3);

    @ParameterizedTest
    @CsvSource({
        // place, token, L2, L-infinity
        "0, 0, 0, 0",
        "1, 0, 5, 4",
        "2, 0, 5, 4",
        "3, 0, 0, 0",
        "4, 0, 10, 8",
        "0, 1, 0, 0",
        "4, 1, 0, 0",
        "1, 2, 0, 0",
        "2, 2, 1, 1",
        "3, 2, 1.4142135623730951, 1",
        "4, 2, 1, 1",
    })
    void theChangeFromTheStart(int place, int token, double l2, double lInfinity) {
        assertEquals(
                new TokenChange(token, l2, lInfinity),
                TokenChange.of(HISTORY.first(), HISTORY.matrix(place), ALL).get(token));
    }

    @Test
    void theChangeAfterOneStepIsThatStep() {
        for (int token = 0; token < 3; token++) {
            TokenChange change =
                    TokenChange.of(HISTORY.first(), HISTORY.matrix(1), ALL).get(token);
            TokenStep step = TokenStep.of(HISTORY.first(), HISTORY.matrix(1), token);
            assertEquals(step.l2(), change.l2());
            assertEquals(step.lInfinity(), change.lInfinity());
        }
        assertEquals(
                1, TokenChange.of(HISTORY.first(), HISTORY.last(), Tokens.of(2)).size());
        assertThrows(
                IllegalArgumentException.class,
                () -> TokenChange.of(HISTORY.first(), Matrices.f32(row(0, 0), row(1, 1), row(0, 0)), ALL));
        assertThrows(
                IllegalArgumentException.class, () -> TokenChange.of(HISTORY.first(), HISTORY.last(), Tokens.of(3)));
    }

    @Test
    void theStepsOfEachToken() {
        assertEquals(
                List.of(
                        new TokenSteps(0, 4, 1, 3, 5, 10),
                        new TokenSteps(1, 4, 4, 1, 0, 0),
                        new TokenSteps(2, 4, 1, 2, 0.75, 1)),
                TokenSteps.of(HISTORY, ALL, KERNELS));
        assertEquals(
                0.25, TokenSteps.of(HISTORY, Tokens.of(2), KERNELS).getFirst().stillShare());
        TokenSteps none = TokenSteps.of(History.of(HISTORY.first()), Tokens.of(0), KERNELS)
                .getFirst();
        assertEquals(new TokenSteps(0, 0, 0, 0, Double.NaN, Double.NaN), none);
        assertTrue(Double.isNaN(none.stillShare()));
    }

    /** Over tokens and steps alike there are as many that stood still, whichever is counted first. */
    @Test
    void chunksAndPassesDoNotShowAndTheZerosAreThoseOfTheStepSizes() {
        SplittableRandom random = new SplittableRandom(4);
        Matrix[] matrices = new Matrix[700];
        float[][] values = new float[3][2];
        for (int t = 0; t < matrices.length; t++) {
            matrices[t] = Matrices.bf16(values[0].clone(), values[1].clone(), values[2].clone());
            for (float[] row : values) {
                row[random.nextInt(2)] += random.nextInt(3) * 0.5f - 0.5f;
            }
        }
        History history = History.of(matrices);
        List<TokenSteps> steps = TokenSteps.of(history, ALL, KERNELS);
        assertEquals(steps, TokenSteps.of(history, ALL, KERNELS, 700), "one token after another");
        StepSizes sizes = Evolution.of(history, LiveDeadSplit.ofDead(Tokens.of(1), 3), KERNELS)
                .stepSizes()
                .all();
        double byStep = IntStream.range(1, 700)
                .mapToDouble(sizes.zeroShare()::at)
                .average()
                .orElseThrow();
        double byToken =
                steps.stream().mapToDouble(TokenSteps::stillShare).average().orElseThrow();
        assertEquals(byStep, byToken, 1e-12);
        assertEquals(2, steps.getFirst().distinctSpeeds(), "0 and 0.5");
        List<StepEscape> longer = StepEscape.of(history, ALL, new Threshold.Absolute(0, Metric.L2), KERNELS);
        for (int token = 0; token < 3; token++) {
            assertEquals(
                    steps.get(token).steps() - steps.get(token).still(),
                    longer.get(token).steps(),
                    "a step above 0 is one that is not still");
        }
    }

    @ParameterizedTest
    @CsvSource({
        // threshold, metric, token, first, for good, steps; -1 for never
        "4.5, L2, 0, 1, 3, 3",
        "5, L2, 0, 4, 4, 1",
        "4.5, L_INFINITY, 0, 4, 4, 1",
        "10, L2, 0, -1, -1, 0",
        "0, L2, 1, -1, -1, 0",
        "0, L2, 2, 2, 2, 3",
        "1, L2, 2, -1, -1, 0",
        "0, CELLS, 2, 2, 2, 3",
        "128, CELLS, 1, -1, -1, 0",
    })
    void anEscapeIsAStepLongerThanTheThreshold(
            double threshold, Metric metric, int token, int first, int forGood, int steps) {
        StepEscape found = StepEscape.of(HISTORY, ALL, new Threshold.Absolute(threshold, metric), KERNELS)
                .get(token);
        assertEquals(new StepEscape(token, new Departure(first, forGood), steps), found);
    }

    @Test
    void anEscapeNamesUpdatesAndIsFollowedThroughChunks() {
        Matrix[] matrices = new Matrix[700];
        int[] steps = IntStream.range(0, 700).map(t -> 10 * t).toArray();
        float at = 0;
        for (int t = 0; t < matrices.length; t++) {
            float step = t == 100 || t > 300 && t != 600 ? 2 : 1; // out at 100, from 301 to 599, from 601 on
            at += at < 64 ? step : -step;
            matrices[t] = Matrices.bf16(row(at));
        }
        StepEscape found = StepEscape.of(
                        History.of(steps, place -> matrices[place]), Tokens.of(0), new Threshold.Absolute(1), KERNELS)
                .getFirst();
        assertEquals(1000, found.departure().first());
        assertEquals(6010, found.departure().forGood());
    }
}
