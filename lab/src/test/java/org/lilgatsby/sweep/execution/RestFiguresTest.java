package org.lilgatsby.sweep.execution;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.lilgatsby.experiment.SmallRun;
import org.lilgatsby.kernel.ScalarAnalysisKernels;

/** Figures of when tokens stop, of a run whose steps are in the table. */
class RestFiguresTest {
    /** Two live tokens that move always, and eleven dead ones, of which one moves after step 2. */
    private static float[][] state(int step, int last) {
        float[][] rows = new float[13][];
        for (int token = 0; token < rows.length; token++) {
            boolean live = token < 2;
            int moved = live ? step : token == 2 ? Math.min(step, last) : Math.min(step, 2);
            rows[token] = SmallRun.row(1 + token, 2 + moved / 16f);
        }
        return rows;
    }

    private static SmallRun run(int steps, int last) {
        float[][][] states = new float[steps + 1][][];
        for (int step = 0; step <= steps; step++) {
            states[step] = state(step, last);
        }
        return SmallRun.of("float32-edition", states).dead(2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12);
    }

    @Test
    void saysWhenTokensStop() {
        Map<String, Double> figures = RestFigures.of(run(20, 8).data(), new ScalarAnalysisKernels());
        assertEquals(1.0, figures.get("rest.dead.resting_share"));
        assertEquals(2.0, figures.get("rest.dead.median_end"));
        assertEquals(2.0, figures.get("rest.dead.first_tenth"));
        assertEquals(2.0, figures.get("rest.dead.last_tenth"));
        assertEquals(8.0, figures.get("rest.dead.last"));
        assertEquals(3.0, figures.get("rest.dead.onset"), "ten of eleven stand still from step 3 on");
        assertEquals(9.0, figures.get("rest.dead.still_from"));
        assertEquals(0.0, figures.get("rest.live.resting_share"));
        for (String end : List.of("median_leap", "median_crawl", "median_end", "first_tenth", "last_tenth", "last")) {
            assertEquals(Double.NaN, figures.get("rest.live." + end), "a token that never stops has no last step");
        }
        assertEquals(Double.NaN, figures.get("rest.live.onset"));
        assertEquals(Double.NaN, figures.get("rest.live.still_from"));
    }

    /** The last tenth of 20 steps begins behind step 18; a shorter run has its last step for it. */
    @Test
    void aRestThatBeginsInTheLastTenthIsNone() {
        assertEquals(
                18.0,
                RestFigures.of(run(20, 17).data(), new ScalarAnalysisKernels()).get("rest.dead.still_from"));
        for (SmallRun restless : List.of(run(20, 18), run(8, 8))) {
            Map<String, Double> figures = RestFigures.of(restless.data(), new ScalarAnalysisKernels());
            assertEquals(Double.NaN, figures.get("rest.dead.still_from"));
            assertEquals(2.0, figures.get("rest.dead.median_end"));
        }
        assertEquals(
                10 / 11.0,
                RestFigures.of(run(8, 8).data(), new ScalarAnalysisKernels()).get("rest.dead.resting_share"));
    }

    @Test
    void nothingStopsWithoutAStep() {
        assertEquals(Map.of(), RestFigures.of(run(0, 8).data(), new ScalarAnalysisKernels()));
    }
}
