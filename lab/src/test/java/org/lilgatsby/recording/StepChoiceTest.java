package org.lilgatsby.recording;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.lilgatsby.settings.SettingException;

class StepChoiceTest {
    private static StepChoice of(StepChoice.Rule rule) {
        return new StepChoice(rule, OptionalInt.empty());
    }

    private static List<Integer> chosen(StepChoice choice, int last) {
        return IntStream.range(0, choice.count(last)).mapToObj(choice::step).toList();
    }

    @Test
    void publishedSeriesArePowersOfTwoAndThenEvery() {
        assertEquals(
                List.of(0, 1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 1000, 2000, 3000),
                chosen(of(new StepChoice.Geometric(1000)), 3999));
        assertEquals(List.of(0, 1, 2, 4, 8, 12), chosen(of(new StepChoice.Geometric(4)), 15));
    }

    @Test
    void theStartIsAlwaysAmongNamedSteps() {
        assertEquals(List.of(0, 3, 10), chosen(of(StepChoice.listed(List.of(3, 10))), 10));
        assertEquals(List.of(0, 3), chosen(of(StepChoice.listed(List.of(0, 3, 10))), 9));
        assertEquals(List.of(0), chosen(of(StepChoice.listed(List.of())), 9));
    }

    @Test
    void nothingIsRecordedAfterTheEnd() {
        StepChoice choice = new StepChoice(new StepChoice.Every(10), OptionalInt.of(25));
        assertEquals(List.of(0, 10, 20), chosen(choice, 1000));
        assertEquals(List.of(0), chosen(choice, 9));
        assertEquals(List.of(), chosen(choice, -1));
        assertEquals(-1, choice.row(30));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 7, 8, 9, 64})
    void rowsAndStepsBelongToEachOther(int n) {
        for (StepChoice choice : List.of(
                StepChoice.every(n),
                of(new StepChoice.Geometric(n)),
                of(StepChoice.listed(List.of(n, 2 * n, 5 * n))),
                new StepChoice(new StepChoice.Geometric(n), OptionalInt.of(3 * n)))) {
            for (int last = 0; last < 5 * n; last++) {
                List<Integer> steps = chosen(choice, last);
                assertEquals(
                        IntStream.rangeClosed(0, last)
                                .filter(step -> choice.row(step) >= 0)
                                .boxed()
                                .toList(),
                        steps);
                for (int row = 0; row < steps.size(); row++) {
                    assertEquals(row, choice.row(steps.get(row)), choice + " at step " + steps.get(row));
                }
            }
        }
    }

    @Test
    void whatCannotBeRecordedIsRefused() {
        assertEquals(
                "recording.steps must ascend, but 3 follows 3",
                assertThrows(SettingException.class, () -> StepChoice.listed(List.of(3, 3)))
                        .getMessage());
        assertEquals(
                "recording.steps names step 12, but training.steps is 10",
                assertThrows(
                                SettingException.class,
                                () -> of(StepChoice.listed(List.of(3, 12))).requireWithinRun(10))
                        .getMessage());
        assertEquals(
                "recording.until is 12, but training.steps is 10",
                assertThrows(
                                SettingException.class,
                                () -> new StepChoice(new StepChoice.Every(1), OptionalInt.of(12)).requireWithinRun(10))
                        .getMessage());
        assertThrows(SettingException.class, () -> StepChoice.every(0));
    }
}
