package org.lilgatsby.explorer.view;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import org.junit.jupiter.api.Test;

class EveryStateTest {
    @Test
    void ofUsualRunsFits() {
        assertDoesNotThrow(() -> EveryState.require(10_001, 128));
        assertDoesNotThrow(() -> EveryState.require(50_001, 128));
    }

    @Test
    void ofAMillionStatesDoesNot() {
        IOException failure = assertThrows(IOException.class, () -> EveryState.require(1_000_001, 128));
        assertTrue(failure.getMessage().contains("--csv"), failure.getMessage());
    }
}
