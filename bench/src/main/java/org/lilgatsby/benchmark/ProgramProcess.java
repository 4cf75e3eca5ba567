package org.lilgatsby.benchmark;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;

/** The program in a process of its own, with the flags of this one. */
public final class ProgramProcess {
    private ProgramProcess() {}

    /** A command, not started yet; the flags come after those of this process. */
    static ProcessBuilder builder(List<String> flags, List<String> arguments) {
        List<String> command = new ArrayList<>();
        command.add(ProcessHandle.current().info().command().orElse("java"));
        command.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments());
        command.addAll(flags);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), "org.lilgatsby.cli.Main"));
        command.addAll(arguments);
        return new ProcessBuilder(command);
    }

    /** Ends a process, and waits until it has ended. */
    static void end(Process process) {
        process.destroy();
        try {
            process.waitFor();
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }

    /**
     * Executes a command.
     *
     * @return wall-clock seconds from its start to its end
     * @throws IOException if it cannot be started, or ends with another exit code than 0
     */
    public static double seconds(List<String> arguments) throws IOException {
        long began = System.nanoTime();
        Process process = builder(List.of(), arguments)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        try {
            int code = process.waitFor();
            if (code != 0) {
                throw new IOException(
                        "lilgatsby %s ended with exit code %d".formatted(String.join(" ", arguments), code));
            }
        } catch (InterruptedException e) {
            process.destroy();
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
        return (System.nanoTime() - began) / 1e9;
    }
}
