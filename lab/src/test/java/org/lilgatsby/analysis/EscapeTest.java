package org.lilgatsby.analysis;

import static org.junit.jupiter.api.Assertions.*;
import static org.lilgatsby.analysis.Matrices.row;

import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.lilgatsby.analysis.Escape.Departure;
import org.lilgatsby.kernel.ScalarAnalysisKernels;

class EscapeTest {
    private static final Departure NEVER = new Departure(Departure.NEVER, Departure.NEVER);

    private static List<Escape> escapes(Tokens dead, double near, Matrix... matrices) {
        return Escape.of(
                History.of(matrices),
                LiveDeadSplit.ofDead(dead, matrices[0].rows()),
                new Threshold.Absolute(near),
                new ScalarAnalysisKernels());
    }

    /** Token 0 leaves, comes back and leaves again; 1 lags behind by one; 2 and 3 are dead and stay. */
    @Test
    void theFirstTimeAndForGoodAreTwoThings() {
        List<Escape> escapes = escapes(
                Tokens.of(2, 3),
                1,
                Matrices.bf16(row(0), row(0), row(0), row(0)),
                Matrices.bf16(row(1), row(0), row(0), row(0)),
                Matrices.bf16(row(0), row(0), row(0), row(0)),
                Matrices.bf16(row(2), row(1), row(0), row(0)),
                Matrices.bf16(row(4), row(1), row(0), row(0)));
        Escape first = escapes.get(0);
        assertEquals(new Departure(1, 3), first.byRows());
        assertEquals(new Departure(1, 1), first.byStepSize(), "it moved in every update, and they never");
        assertEquals(new Departure(4, 4), first.byComponent(), "2 is within 1 of 1, which is within 1 of 0");
        Escape second = escapes.get(1);
        assertEquals(new Departure(3, 3), second.byRows());
        assertEquals(new Departure(3, Departure.NEVER), second.byStepSize(), "it stands still again at the end");
        assertEquals(NEVER, second.byComponent());
        assertEquals(new Escape(2, NEVER, NEVER, NEVER), escapes.get(2));
    }

    @Test
    void aDeadTokenLeavesTheOthersByItsRowAndNeverByItsStep() {
        List<Escape> escapes = escapes(
                Tokens.of(1, 2, 3),
                0.5,
                Matrices.bf16(row(5), row(0), row(0), row(0)),
                Matrices.bf16(row(5), row(0), row(0), row(9)));
        assertEquals(new Departure(0, 0), escapes.get(0).byRows(), "out from the start");
        assertEquals(new Departure(1, 1), escapes.get(3).byRows());
        assertEquals(NEVER, escapes.get(3).byStepSize());
        assertEquals(new Departure(1, 1), escapes.get(3).byComponent());
        assertEquals(NEVER, escapes.get(1).byRows());
    }

    @Test
    void theOnlyDeadTokenIsOutUnlessALiveOneIsAtItsSide() {
        List<Escape> escapes = escapes(Tokens.of(1), 0, Matrices.bf16(row(1), row(1)), Matrices.bf16(row(2), row(1)));
        assertEquals(new Departure(1, 1), escapes.get(0).byRows());
        assertEquals(new Departure(0, 0), escapes.get(1).byRows(), "there is no other dead token");
    }

    @Test
    void chunksDoNotShow() {
        SplittableRandom random = new SplittableRandom(9);
        Matrix[] matrices = new Matrix[700];
        for (int t = 0; t < matrices.length; t++) {
            float left = t < 300 || t > 400 && t < 520 ? 0 : 3; // out from 300, in from 401, out from 520
            matrices[t] = Matrices.bf16(row(left), row(random.nextInt(2)), row(0), row(0));
        }
        Escape escape = escapes(Tokens.of(2, 3), 1, matrices).get(0);
        assertEquals(new Departure(300, 520), escape.byRows());
        assertEquals(new Departure(300, 520), escape.byComponent());
        assertEquals(new Departure(300, Departure.NEVER), escape.byStepSize());
    }

    @Test
    void withoutADeadTokenThereIsNothingToEscapeFrom() {
        assertThrows(IllegalArgumentException.class, () -> escapes(Tokens.of(), 1, Matrices.bf16(row(1), row(2))));
    }
}
