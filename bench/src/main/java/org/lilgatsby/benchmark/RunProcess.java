package org.lilgatsby.benchmark;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.lilgatsby.recording.Recording;
import org.lilgatsby.recording.RunDirectory;

/** A run that trains in a process of its own until it is closed. */
public final class RunProcess implements AutoCloseable {
    private static final int STEPS = 200_000;
    private static final long LOOK_MILLIS = 200;

    private final Process process;

    private RunProcess(Process process) {
        this.process = process;
    }

    /**
     * Starts one, and waits until it has recorded its first state.
     *
     * @throws IOException if it ends before that
     */
    public static RunProcess of(String experiment, Path directory) throws IOException {
        Process process = ProgramProcess.builder(
                        List.of(), List.of("run", experiment, "--steps", "" + STEPS, "--out", directory.toString()))
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        RunProcess run = new RunProcess(process);
        try {
            RunDirectory files = new RunDirectory(directory);
            while (!Files.exists(files.progress()) || Recording.completeRows(files) == 0) {
                if (!process.isAlive()) {
                    throw new IOException("the run ended with exit code " + process.exitValue());
                }
                Thread.sleep(LOOK_MILLIS);
            }
            return run;
        } catch (InterruptedException e) {
            run.close();
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    @Override
    public void close() {
        ProgramProcess.end(process);
    }
}
