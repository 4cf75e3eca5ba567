package org.lilgatsby.program;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.lilgatsby.cli.Execution;
import org.lilgatsby.cli.Program;
import org.lilgatsby.experiment.analyses.Analyses;
import org.lilgatsby.experiment.analyses.Analysis;
import org.lilgatsby.recording.Observable;
import org.lilgatsby.recording.Observables;
import picocli.CommandLine;

/**
 * Compares the complete help of each verb with a file: whoever changes a verb sees what users will read. Where the help
 * lists all analyses or all that can be recorded, any list of them will do, so that adding one changes no file here.
 */
class HelpTest {
    private static final Pattern LIST = listOf(Stream.concat(
            Analyses.all().stream().map(Analysis::name),
            Observables.ALL.all().stream().map(Observable::name)));

    /** Ten names or more, and how the line continues. */
    private static Pattern listOf(Stream<String> names) {
        String name = names.map(Pattern::quote).collect(Collectors.joining("|", "(?:", ")(?![\\w-])"));
        return Pattern.compile("%s(?:,\\s+%s){9,}(?:;\\s+)?".formatted(name, name));
    }

    private static String withoutLists(String help) {
        return LIST.matcher(help).replaceAll("(names) ");
    }

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
        assertEquals(withoutLists(expected(verb)), withoutLists(execution.out()));
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
