package org.lilgatsby.analysis;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.lilgatsby.analysis.Matrices.row;

import java.util.List;
import org.junit.jupiter.api.Test;

/** Distances between two recordings of three tokens, with the expected results in the table. */
class DivergenceTest {
    /** Token 0 never moves. */
    private static final History A = History.of(
            new int[] {0, 1, 2, 4},
            place -> List.of(
                            Matrices.bf16(row(1, 2), row(1, 2), row(3, 4)),
                            Matrices.bf16(row(1, 2), row(1, 3), row(3, 4)),
                            Matrices.bf16(row(1, 2), row(1, 4), row(3, 4)),
                            Matrices.bf16(row(1, 2), row(1, 2), row(3, 4)))
                    .get(place));

    /** Token 1 is apart at step 2 by 3 and 4; token 2 from step 1 on, at the end by one cell, 2^-6. */
    private static final History B = History.of(
            new int[] {0, 2, 3, 4},
            place -> List.of(
                            Matrices.bf16(row(1, 2), row(1, 2), row(3, 4)),
                            Matrices.bf16(row(1, 2), row(4, 8), row(3.5f, 4)),
                            Matrices.bf16(row(9, 9), row(9, 9), row(9, 9)),
                            Matrices.bf16(row(1, 2), row(1, 2), row(3.015625f, 4)))
                    .get(place));

    @Test
    void stepsInBothAreCompared() {
        Divergence divergence = Divergence.of(A, B, Tokens.all(3));
        double mean = Math.sqrt((3.5 / 3) * (3.5 / 3) + (4.0 / 3) * (4.0 / 3));
        List<Divergence.State> states = divergence.states();
        assertEquals(
                List.of(0, 2, 4), states.stream().map(Divergence.State::step).toList());
        assertEquals(new Divergence.State(0, 3, new Summary(3, 0, 0, 0, 0), 0, 0, 0), states.get(0));
        assertEquals(1, states.get(1).identical());
        assertEquals(new Summary(3, 0, 5.5 / 3, 0.5, 5), states.get(1).l2());
        assertEquals(4, states.get(1).lInfinity());
        assertEquals(256, states.get(1).cells(), "from 1 to 4");
        assertEquals(mean, states.get(1).centroids(), 1e-12);
        assertEquals(2, states.get(2).identical());
        assertEquals(0x1p-6, states.get(2).lInfinity());
        assertEquals(1, states.get(2).cells());
    }

    @Test
    void tokensAreIdenticalInSomeOfTheStates() {
        List<Divergence.Token> tokens = Divergence.of(A, B, Tokens.all(3)).tokens();
        assertEquals(new Divergence.Token(0, 3, Divergence.NEVER, 0, 0, 0, 0, 0), tokens.get(0));
        assertEquals(new Divergence.Token(1, 2, 2, 0, 0, 0, 5, 2), tokens.get(1), "it came back");
        assertEquals(new Divergence.Token(2, 1, 2, 0x1p-6, 0x1p-6, 1, 0.5, 2), tokens.get(2));
        assertEquals(List.of(tokens.get(1)), Divergence.of(A, B, Tokens.of(1)).tokens());
    }

    @Test
    void signsOfZeroAreDifferentRowsAtNoDistance() {
        History plus = History.of(Matrices.bf16(row(0f)));
        History minus = History.of(Matrices.bf16(row(-0f)));
        assertEquals(
                new Divergence.Token(0, 0, 0, 0, 0, 0, 0, 0),
                Divergence.of(plus, minus, Tokens.all(1)).tokens().getFirst());
    }

    @Test
    void whatCannotBeComparedIsRefused() {
        History f32 = History.of(Matrices.f32(row(1, 2), row(1, 2), row(3, 4)));
        assertThrows(IllegalArgumentException.class, () -> Divergence.of(A, f32, Tokens.all(3)));
        History later = History.of(new int[] {7}, _ -> A.first());
        assertThrows(IllegalArgumentException.class, () -> Divergence.of(A, later, Tokens.all(3)));
        assertThrows(IllegalArgumentException.class, () -> Divergence.of(A, A, Tokens.of(3)));
    }
}
