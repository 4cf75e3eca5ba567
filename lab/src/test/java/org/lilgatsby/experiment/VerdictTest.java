package org.lilgatsby.experiment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.lilgatsby.experiment.Verdict.Prediction;

class VerdictTest {
    private static final Prediction HOLDS = Prediction.of("one", true, "1");
    private static final Prediction FAILS = Prediction.of("two", false, "2");
    private static final Prediction OPEN = Prediction.open("three", "nothing recorded");

    @Test
    void allPredictionsMustHold() {
        assertEquals(
                Optional.of(true),
                Verdict.of("h", List.of(), List.of(HOLDS, HOLDS)).supported());
        assertEquals(
                Optional.of(false),
                Verdict.of("h", List.of(), List.of(HOLDS, FAILS)).supported());
        assertEquals(
                Optional.empty(),
                Verdict.of("h", List.of(), List.of(HOLDS, OPEN)).supported());
        assertEquals(
                Optional.of(false),
                Verdict.of("h", List.of(), List.of(OPEN, FAILS)).supported());
    }

    @Test
    void theReasonNamesEveryPredictionWithItsFigures() {
        assertEquals(
                "holds: one (1); fails: two (2); not judged: three (nothing recorded)",
                Verdict.of("h", List.of(), List.of(HOLDS, FAILS, OPEN)).because());
    }

    @Test
    void withoutAPredictionThereIsNoVerdict() {
        assertThrows(IllegalArgumentException.class, () -> Verdict.of("h", List.of(), List.of()));
    }
}
