package org.lilgatsby.analysis;

import static org.junit.jupiter.api.Assertions.*;
import static org.lilgatsby.analysis.Matrices.row;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.lilgatsby.analysis.CensusSeries.Transition;
import org.lilgatsby.kernel.ScalarAnalysisKernels;

/** Figures derived from the counts of the census: mean size, means over time, rises and falls, transitions. */
class CountsOverTimeTest {
    /**
     * Six tokens, all dead, in one dimension.
     *
     * <pre>
     * place  rows                  C  P  singletons  distinct  P / C
     * 0      1 1 1 1 1 1           1  6  0           1         6
     * 1      1 1 1 1 1 1           1  6  0           1         6
     * 2      1 1 2 2 3 4           2  4  2           4         2
     * 3      1 1 2 2 3 3           3  6  0           3         2
     * 4      1 2 3 4 5 6           0  0  6           6         none
     * 5      1 1 1 4 5 6           1  3  3           4         3
     * </pre>
     */
    private static CensusSeries census() {
        return of(
                row(1, 1, 1, 1, 1, 1),
                row(1, 1, 1, 1, 1, 1),
                row(1, 1, 2, 2, 3, 4),
                row(1, 1, 2, 2, 3, 3),
                row(1, 2, 3, 4, 5, 6),
                row(1, 1, 1, 4, 5, 6));
    }

    private static CensusSeries of(float[]... states) {
        Matrix[] matrices = new Matrix[states.length];
        for (int t = 0; t < states.length; t++) {
            float[][] rows = new float[states[t].length][];
            for (int i = 0; i < rows.length; i++) {
                rows[i] = row(states[t][i]);
            }
            matrices[t] = Matrices.bf16(rows);
        }
        int tokens = states[0].length;
        return Evolution.of(
                        History.of(matrices),
                        LiveDeadSplit.ofDead(Tokens.all(tokens), tokens),
                        new ScalarAnalysisKernels())
                .census()
                .dead();
    }

    @Test
    void theMeanSizeOfABlackHoleIsPOverC() {
        CensusSeries census = census();
        assertArrayEquals(
                new double[] {6, 6, 2, 2, Double.NaN, 3}, census.meanSize().toArray());
        for (int place = 0; place < 6; place++) {
            int holes = census.blackHoles().at(place);
            if (holes > 0) {
                assertEquals(
                        census.tokensInBlackHoles().at(place),
                        holes * census.meanSize().at(place),
                        1e-12);
            }
        }
    }

    @Test
    void meansOverTimeWeighEveryRecordedStateAlike() {
        CensusSeries census = census();
        assertEquals((1 + 1 + 2 + 3 + 0 + 1) / 6.0, census.blackHoles().mean());
        assertEquals((6 + 6 + 4 + 6 + 0 + 3) / 6.0, census.tokensInBlackHoles().mean());
        assertEquals((1 + 1 + 4 + 3 + 6 + 4) / 6.0, census.distinct().mean());
        assertEquals(0, census.blackHoles().min());
        assertEquals(3, census.blackHoles().max());
        assertEquals(6, census.tokensInBlackHoles().mean() + census.singletons().mean(), 1e-12);
        assertEquals(
                new FigureSeries.Means((6 + 6 + 2 + 2 + 3) / 5.0, 2, 6),
                census.meanSize().means(),
                "where there is no black hole there is no size");
        FigureSeries.Means none = of(row(1, 2), row(3, 4)).meanSize().means();
        assertTrue(Double.isNaN(none.mean()) && Double.isNaN(none.min()) && Double.isNaN(none.max()));
        assertEquals(1, of(row(1, 1), row(2, 2)).blackHoles().mean(), "a count that never changes");
        assertEquals(2.5, new CountSeries(new int[] {1, 4}).mean());
    }

    @Test
    void risesAndFallsCountSteps() {
        RisesAndFalls holes = census().blackHoles().risesAndFalls();
        assertEquals(new RisesAndFalls(1, 1, 3, 3, 1, 3), holes);
        assertEquals(holes.last(), holes.first() + holes.risen() - holes.fallen());
        assertEquals(
                new RisesAndFalls(6, 3, 2, 5, 2, 8),
                census().tokensInBlackHoles().risesAndFalls());
        assertEquals(
                new RisesAndFalls(1, 3, 1, 2, 0, 0),
                of(row(1, 1, 1, 1, 1, 1), row(1, 1, 2, 2, 3, 3)).blackHoles().risesAndFalls(),
                "from 1 to 3 in one step is one rise");
        assertEquals(
                new RisesAndFalls(1, 1, 0, 0, 0, 0),
                of(row(1, 1, 2, 3), row(1, 2, 3, 3)).blackHoles().risesAndFalls(),
                "tokens changed places, C did not");
    }

    @ParameterizedTest
    @CsvSource({
        // rows before, rows after, kind, change of C, change of P
        "1 1 1 2, 1 1 3 2, EVAPORATION, 0, -1",
        "1 1 2 2, 1 1 2 3, EVAPORATION, -1, -2",
        "1 1 3 2, 1 1 1 2, CONDENSATION, 0, 1",
        "1 2 3 4, 1 1 3 3, CONDENSATION, 2, 4",
        "1 1 2 2, 1 1 1 1, COALESCENCE, -1, 0",
        "1 1 2 2 3, 1 1 1 1 1, COALESCENCE, -1, 1",
        "1 1 1 1, 1 1 2 2, FRAGMENTATION, 1, 0",
        "1 1 1 1 1 1 1, 1 1 2 2 3 3 4, FRAGMENTATION, 2, -1",
    })
    void aTransitionHasOneKindByTheChangesOfCAndP(
            String before, String after, Transition.Kind kind, int holes, int tokens) {
        assertEquals(
                List.of(new Transition(1, kind, holes, tokens)),
                of(rows(before), rows(after)).transitions());
    }

    private static float[] rows(String values) {
        String[] each = values.split(" ");
        float[] rows = new float[each.length];
        for (int i = 0; i < rows.length; i++) {
            rows[i] = Float.parseFloat(each[i]);
        }
        return rows;
    }
}
