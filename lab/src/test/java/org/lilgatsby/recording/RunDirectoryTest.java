package org.lilgatsby.recording;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunDirectoryTest {
    @TempDir
    private Path root;

    @Test
    void aRunIsNeverWrittenOverAnything() throws IOException {
        RunDirectory run = RunDirectory.create(root.resolve("a/b"));
        RunDirectory.create(root.resolve("a/b"));
        Files.writeString(run.config(), "x");
        assertThrows(FileAlreadyExistsException.class, () -> RunDirectory.create(run.root()));
        assertThrows(FileAlreadyExistsException.class, () -> RunDirectory.create(run.config()));
        assertEquals("step_0005000.safetensors", RunDirectory.stepFile(5000));
    }

    @Test
    void aSecondProcessIsToldOfTheFirst() throws IOException {
        RunDirectory run = RunDirectory.create(root.resolve("run"));
        try (RunLock lock = RunLock.take(run)) {
            IOException e = assertThrows(IOException.class, () -> RunLock.take(run));
            assertTrue(e.getMessage().contains("process " + ProcessHandle.current().pid()), e.getMessage());
        }
        try (RunLock again = RunLock.take(run)) {
            assertTrue(Files.exists(run.root().resolve("run.lock")));
        }
        assertTrue(Files.notExists(run.root().resolve("run.lock")));
    }

    @Test
    void aLockFileOfADeadProcessIsNoLock() throws IOException {
        RunDirectory run = RunDirectory.create(root.resolve("run"));
        Files.writeString(run.root().resolve("run.lock"), "process 1\n");
        RunLock.take(run).close();
    }

    @Test
    void progressCountsRowsAndRefusesNonsense() throws IOException {
        RunDirectory run = RunDirectory.create(root.resolve("run"));
        assertEquals(0, Progress.read(run.progress()));
        try (Progress progress = new Progress(run.progress())) {
            assertEquals(0, Progress.read(run.progress()));
            for (int rows : new int[] {1, 9, 10, 10_001, Integer.MAX_VALUE}) {
                progress.set(rows);
                assertEquals(rows, Progress.read(run.progress()));
            }
        }
        Files.writeString(run.progress(), "12345");
        assertThrows(IOException.class, () -> Progress.read(run.progress()));
        Files.writeString(run.progress(), "12345x7890\n");
        assertThrows(IOException.class, () -> Progress.read(run.progress()));
    }
}
