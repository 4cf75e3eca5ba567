package org.lilgatsby.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunVerbTest {
    @TempDir
    private Path folder;

    private Execution run(String... more) {
        String[] all = new String[more.length + 14];
        System.arraycopy(
                new String[] {
                    "run",
                    "float32-edition",
                    "--out",
                    folder.resolve("run").toString(),
                    "--steps",
                    "1",
                    "--set",
                    "training.batch=1",
                    "--set",
                    "model.layers=1",
                    "--set",
                    "model.context=8",
                    "--kernels",
                    "scalar"
                },
                0,
                all,
                0,
                14);
        System.arraycopy(more, 0, all, 14, more.length);
        return Execution.of(all);
    }

    @Test
    void anExistingRunIsNotMistakenForAnother() {
        assertEquals(0, run().code());
        Execution again = run();
        assertEquals(2, again.code());
        assertTrue(again.err().contains("already holds this run, complete; its results are in "), again.err());
        Execution other = run("--seed", "7");
        assertEquals(2, other.code());
        assertTrue(
                other.err()
                        .contains("already holds another run: its seed is 42, not 7; write elsewhere with --out DIR"),
                other.err());
    }
}
