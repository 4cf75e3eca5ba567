package org.lilgatsby.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.lilgatsby.cli.Execution;
import org.lilgatsby.cli.ExitCodes;

class BenchSweepVerbTest {
    @Test
    void asksForMoreRunsThanWorkers() {
        Execution refused = Execution.of("bench", "sweep", "--runs", "1");
        assertEquals(ExitCodes.WRONG_USE, refused.code());
        assertTrue(refused.err().contains("--runs is 1; allowed are whole numbers from "), refused.err());
    }
}
