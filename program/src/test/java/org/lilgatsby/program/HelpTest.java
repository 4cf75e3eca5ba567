package org.lilgatsby.program;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.lilgatsby.cli.Execution;
import org.lilgatsby.cli.Program;
import picocli.CommandLine;

/** Compares the complete help of each verb with a file: whoever changes a verb sees what users will read. */
class HelpTest {
    static Stream<String> verbs() {
        return within(
                "",
                Program.commandLine(
                        new PrintWriter(Writer.nullWriter()), new PrintWriter(Writer.nullWriter()), Map.of()));
    }

    private static Stream<String> within(String path, CommandLine command) {
        Stream<String> below = command.getSubcommands().entrySet().stream()
                .flatMap(verb -> within((path + " " + verb.getKey()).strip(), verb.getValue()));
        return Stream.concat(Stream.of(path), below);
    }

    @ParameterizedTest
    @MethodSource("verbs")
    void isAsWritten(String verb) throws IOException {
        String[] arguments = Stream.concat(
                        Arrays.stream(verb.split(" ")).filter(word -> !word.isEmpty()), Stream.of("--help"))
                .toArray(String[]::new);
        Execution execution = Execution.of(arguments);
        assertEquals(expected(verb), execution.out());
        assertEquals("", execution.err());
        assertEquals(0, execution.code());
    }

    private static String expected(String verb) throws IOException {
        String file = "/help/" + (verb.isEmpty() ? "lilgatsby" : verb.replace(' ', '-')) + ".txt";
        try (InputStream in = HelpTest.class.getResourceAsStream(file)) {
            return in == null ? "no " + file : new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
