package org.lilgatsby.torture;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** What a coverage-guided fuzzer calls; see {@link Fuzzing}. */
public final class Fuzzer {
    /** The fuzzer's own hooks in the parser's calls take memory too. */
    private static final long LEAST_BYTES = 64 << 20;

    private static HostileInput input;
    private static Path folder;

    private Fuzzer() {}

    /**
     * Parses what is kept, so that classes are loaded and instrumented before an input is timed.
     *
     * @param arguments the name of the parser, a folder for its files, and the folder of the kept inputs
     */
    public static void fuzzerInitialize(String[] arguments) throws IOException {
        input = HostileInput.valueOf(arguments[0]);
        folder = Files.createDirectories(Path.of(arguments[1]));
        try (var kept = Files.newDirectoryStream(Path.of(arguments[2]))) {
            for (Path file : kept) {
                input.parse(folder, Files.readAllBytes(file));
            }
        }
    }

    /** Tries one input. */
    public static void fuzzerTestOneInput(byte[] bytes) throws IOException {
        input.tryOut(folder, bytes, LEAST_BYTES);
    }
}
