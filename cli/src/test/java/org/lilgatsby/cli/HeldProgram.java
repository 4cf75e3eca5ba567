package org.lilgatsby.cli;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.concurrent.locks.LockSupport;

/**
 * The program in a process of its own that pauses where its log says something, until a file is there: what a test does
 * to it meanwhile does not depend on the speed of either.
 */
public final class HeldProgram {
    private HeldProgram() {}

    /** @param arguments the beginning of the line at which to pause, the file to wait for, and those of the program */
    public static void main(String[] arguments) {
        PrintWriter err = new Held(arguments[0], Path.of(arguments[1]));
        String[] rest = Arrays.copyOfRange(arguments, 2, arguments.length);
        System.exit(Program.commandLine(new PrintWriter(System.out, true), err, System.getenv())
                .execute(rest));
    }

    private static final class Held extends PrintWriter {
        private final String words;
        private final Path gate;

        Held(String words, Path gate) {
            super(new OutputStreamWriter(new FileOutputStream(FileDescriptor.err), StandardCharsets.UTF_8), true);
            this.words = words;
            this.gate = gate;
        }

        /** Others may print while the thread that printed these words waits. */
        @Override
        public void println(String line) {
            super.println(line);
            while (line.startsWith(words) && Files.notExists(gate)) {
                LockSupport.parkNanos(1_000_000);
            }
        }
    }
}
