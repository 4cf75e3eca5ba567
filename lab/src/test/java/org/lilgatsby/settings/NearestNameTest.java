package org.lilgatsby.settings;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NearestNameTest {
    private static final List<String> KNOWN = List.of("model.heads", "model.width", "training.steps", "training.batch");

    @ParameterizedTest
    @CsvSource({
        "model.haeds, model.heads",
        "model.head, model.heads",
        "width, model.width",
        "model.batch, training.batch",
        "trainingsteps, training.steps",
        "'', model.heads"
    })
    void findsTheFewestEdits(String name, String expected) {
        assertEquals(expected, NearestName.to(name, KNOWN));
    }
}
