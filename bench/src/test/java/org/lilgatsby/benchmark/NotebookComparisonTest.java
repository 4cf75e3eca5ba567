package org.lilgatsby.benchmark;

import static org.junit.jupiter.api.Assertions.*;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.lilgatsby.analysis.Matrix;

class NotebookComparisonTest {
    private static final Matrix W = Matrix.ofBits(new short[] {0, 1, 2, 3, 4, 5, 6, 7}, 4, 2);

    private static SampledRun run(Map<Integer, Matrix> embeddings, double all, double secondHalf) {
        return new SampledRun(new TreeMap<>(embeddings), 10, all, secondHalf);
    }

    @Test
    void countsComponentsWithTheSameBits() {
        Matrix negativeZero = Matrix.ofBits(new short[] {(short) 0x8000, 1, 2, 3, 4, 5, 6, 8}, 4, 2);
        NotebookComparison found =
                NotebookComparison.of(run(Map.of(0, W, 3, W), 4, 0.5), run(Map.of(0, W, 3, negativeZero), 12, 2));
        assertEquals(Map.of(0, 1.0, 3, 0.75), found.equalShares());
        assertEquals(10, found.ours());
        assertEquals(2.5, found.theirs());
        assertEquals(4, found.speed());
        assertEquals(3, found.speedOfAllSteps());
    }

    @Test
    void refusesOtherSteps() {
        assertEquals(
                "W is known after updates [0, 1] of ours, and after [0, 3] of PyTorch's",
                assertThrows(
                                IllegalArgumentException.class,
                                () -> NotebookComparison.of(
                                        run(Map.of(0, W, 1, W), 1, 1), run(Map.of(0, W, 3, W), 1, 1)))
                        .getMessage());
    }

    @Test
    void refusesAnotherShape() {
        Matrix other = Matrix.ofBits(new short[8], 2, 4);
        assertEquals(
                "W is BF16 [4, 2] of ours, and BF16 [2, 4] of PyTorch's",
                assertThrows(
                                IllegalArgumentException.class,
                                () -> NotebookComparison.of(run(Map.of(0, W), 1, 1), run(Map.of(0, other), 1, 1)))
                        .getMessage());
    }

    @Test
    void keepsTheStepsThatTheScriptKeeps() {
        assertEquals(
                List.of(0, 1, 3, 10, 100, 1_000, 10_000),
                IntStream.rangeClosed(0, 99_999)
                        .filter(SampledRun::isSampled)
                        .boxed()
                        .toList());
        assertFalse(SampledRun.isSampled(Integer.MAX_VALUE));
    }

    @Test
    void theSecondHalfOfAnOddNumberHasOneStepMore() {
        assertEquals(3, new SampledRun(new TreeMap<>(), 5, 2, 1).stepsPerSecond());
    }
}
