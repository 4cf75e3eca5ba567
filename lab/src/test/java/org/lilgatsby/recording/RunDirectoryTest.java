package org.lilgatsby.recording;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class RunDirectoryTest {
    @TempDir
    private Path root;

    @Test
    void aRunIsNeverWrittenOverAnything() throws IOException {
        RunDirectory run = RunDirectory.create(root.resolve("a/b"));
        RunDirectory.create(root.resolve("a/b"));
        Files.writeString(run.lock(), "process 1\n");
        Files.writeString(root.resolve("a/b/config.yaml.partial"), "half");
        RunDirectory.create(root.resolve("a/b"));
        Files.writeString(run.config(), "x");
        assertThrows(FileAlreadyExistsException.class, () -> RunDirectory.create(run.root()));
        assertThrows(FileAlreadyExistsException.class, () -> RunDirectory.create(run.config()));
        assertEquals("step_0005000.safetensors", RunDirectory.stepFile(5000));
    }

    @Test
    void aSecondProcessIsToldOfTheFirst() throws IOException {
        RunDirectory run = RunDirectory.create(root.resolve("run"));
        try (RunLock _ = RunLock.take(run)) {
            IOException e = assertThrows(IOException.class, () -> RunLock.take(run));
            assertTrue(
                    e.getMessage().contains("process " + ProcessHandle.current().pid()), e.getMessage());
        }
        assertEquals("", Files.readString(run.lock()));
        try (RunLock _ = RunLock.take(run)) {
            assertEquals(Optional.of("process " + ProcessHandle.current().pid()), RunLock.holder(run));
        }
        assertEquals(Optional.empty(), RunLock.holder(run));
    }

    @Test
    void aLockFileOfADeadProcessIsNoLock() throws IOException {
        RunDirectory run = RunDirectory.create(root.resolve("run"));
        Files.writeString(run.lock(), "process 1\n");
        assertEquals(Optional.empty(), RunLock.holder(run));
        RunLock.take(run).close();
    }

    @Test
    @DisabledOnOs(value = OS.WINDOWS, disabledReason = "links need a privilege")
    void linksAreRefused() throws IOException {
        RunDirectory run = RunDirectory.create(root.resolve("run"));
        Files.createDirectory(run.checkpoint());
        run.requireNoLinks();
        Path outside = Files.writeString(root.resolve("outside"), "precious");
        Files.createSymbolicLink(run.checkpoint().resolve("state.safetensors.partial"), outside);
        IOException e = assertThrows(IOException.class, run::requireNoLinks);
        assertTrue(e.getMessage().contains("state.safetensors.partial: is a symbolic link"), e.getMessage());
    }

    @Test
    void filesThatComeAndGoAreNotMissed() throws Exception {
        lookWhileOneComesAndGoes(500);
    }

    @Test
    @Tag("long")
    void filesThatComeAndGoForLongAreNotMissed() throws Exception {
        lookWhileOneComesAndGoes(5_000);
    }

    /** Between the listing of a directory and the look at one of its files a run at work may have renamed it. */
    private void lookWhileOneComesAndGoes(int times) throws Exception {
        RunDirectory run = RunDirectory.create(root.resolve("run"));
        Files.createDirectory(run.checkpoint());
        Path partial = run.checkpoint().resolve("state.safetensors.partial");
        AtomicBoolean done = new AtomicBoolean();
        AtomicInteger renamed = new AtomicInteger();
        FutureTask<Void> atWork = new FutureTask<>(() -> {
            while (!done.get()) {
                Files.writeString(partial, "x");
                Files.move(partial, run.checkpoint().resolve("state.safetensors"), StandardCopyOption.ATOMIC_MOVE);
                renamed.incrementAndGet();
            }
            return null;
        });
        Thread worker = Thread.ofPlatform().start(atWork);
        try {
            while (renamed.get() < times && !atWork.isDone()) {
                run.requireNoLinks();
            }
        } finally {
            done.set(true);
            worker.join();
        }
        atWork.get();
    }

    @Test
    void progressCountsRowsAndRefusesNonsense() throws IOException {
        RunDirectory run = RunDirectory.create(root.resolve("run"));
        assertEquals(0, ProgressFile.read(run.progress()));
        try (ProgressFile progress = new ProgressFile(run.progress())) {
            assertEquals(0, ProgressFile.read(run.progress()));
            for (int rows : new int[] {1, 9, 10, 10_001, Integer.MAX_VALUE}) {
                progress.set(rows);
                assertEquals(rows, ProgressFile.read(run.progress()));
            }
        }
        Files.writeString(run.progress(), "12345");
        assertThrows(IOException.class, () -> ProgressFile.read(run.progress()));
        for (String nonsense : List.of("12345x7890\n", "-000000001\n", "9999999999\n", "+000000001\n", "12345678901")) {
            Files.writeString(run.progress(), nonsense);
            assertThrows(IOException.class, () -> ProgressFile.read(run.progress()), nonsense);
        }
    }
}
