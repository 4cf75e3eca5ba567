package org.lilgatsby.recording;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LatestLossTest {
    @TempDir
    private Path folder;

    @Test
    void readsStepAndLoss() throws IOException {
        RunDirectory run = new RunDirectory(folder);
        assertEquals(Optional.empty(), LatestLoss.read(run));
        Files.writeString(run.latestLoss(), "0000000017        2.3456789\n");
        assertEquals(Optional.of(new LatestLoss.OfStep(17, 2.3456789f)), LatestLoss.read(run));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\n", "17 2.5\n", "0000000017 two\n", "9999999999 2.5\n", "0000000017 2.5\n0000000018"})
    void passesOverWhatItDidNotWrite(String text) throws IOException {
        RunDirectory run = new RunDirectory(folder);
        Files.writeString(run.latestLoss(), text);
        assertEquals(Optional.empty(), LatestLoss.read(run));
    }

    @Test
    void leavesNothingBehind() throws IOException {
        RunDirectory run = new RunDirectory(folder);
        Files.writeString(run.latestLoss(), "0000000017        2.3456789\n");
        LatestLoss.in(run).close();
        assertEquals(Optional.empty(), LatestLoss.read(run));
        LatestLoss.in(new RunDirectory(folder.resolve("nowhere"))).close();
    }
}
