package org.lilgatsby.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.PrintWriter;
import java.io.Writer;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.lilgatsby.config.BuiltIn;
import org.lilgatsby.config.ConfigYaml;
import picocli.CommandLine;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class ProgramTest {
    @ParameterizedTest
    @ValueSource(strings = {"run", "sweep", "census", "corpus"})
    void makesOnlyTheVerbThatArgumentsBeginWith(String verb) {
        CommandLine alone = commandLine(verb, "--help");
        assertEquals(Set.of(verb), alone.getSubcommands().keySet());
        assertEquals(
                commandLine().getSubcommands().get(verb).getUsageMessage(),
                alone.getSubcommands().get(verb).getUsageMessage());
    }

    @Test
    void makesAllVerbsForOtherArguments() {
        assertEquals(
                commandLine().getSubcommands().keySet(),
                commandLine("rum", "run").getSubcommands().keySet());
    }

    private static CommandLine commandLine(String... arguments) {
        PrintWriter nowhere = new PrintWriter(Writer.nullWriter());
        return Program.commandLine(nowhere, nowhere, Map.of(), arguments);
    }

    @Test
    void listsExperiments() {
        Execution execution = Execution.of("experiments");
        assertEquals(
                BuiltIn.names().stream()
                        .map(name -> "%-23s  %s\n"
                                .formatted(name, BuiltIn.load(name, List.of()).title()))
                        .collect(Collectors.joining()),
                execution.out());
        assertTrue(execution.out().startsWith("""
                embedding-evolution      08.2a Embedding evolution: from one vector, how far does the cloud expand, \
                and where do dead tokens end?
                """), execution.out());
        assertEquals("", execution.err());
        assertEquals(0, execution.code());
    }

    @Test
    void listsExperimentsAsJson() {
        JsonNode list = JsonMapper.shared()
                .readTree(Execution.of("experiments", "--json").out());
        assertEquals(
                BuiltIn.names(),
                list.valueStream().map(each -> each.get("name").asString()).toList());
    }

    @Test
    void printsAnExperimentThatReadsBack() {
        String yaml = Execution.of("experiments", "instrumented").out();
        assertEquals(BuiltIn.load("instrumented", List.of()), ConfigYaml.parse(yaml, "printed", List.of()));
    }

    @Test
    void printsAnExperimentAsJsonWithTypes() {
        JsonNode config = JsonMapper.shared()
                .readTree(
                        Execution.of("experiments", "float32-edition", "--json").out());
        assertEquals(1000, config.at("/training/steps").asInt());
        assertTrue(config.at("/initialization/sigma").isNumber());
        assertEquals(1e-5, config.at("/initialization/sigma").asDouble());
        assertTrue(config.at("/model/tied").isBoolean());
        assertTrue(config.at("/corpus/source").isNull());
        assertEquals(
                "embeddings",
                config.at("/recording/tensors/embedding_history/observe").asString());
    }

    @Test
    void anUnknownExperimentIsWrongUse() {
        Execution execution = Execution.of("experiments", "instrumnted");
        assertEquals(
                "lilgatsby: unknown experiment 'instrumnted'; did you mean 'instrumented'? The experiments are "
                        + String.join(", ", BuiltIn.names())
                        + "\n",
                execution.err());
        assertEquals("", execution.out());
        assertEquals(2, execution.code());
    }

    @Test
    void anUnknownVerbIsWrongUse() {
        Execution execution = Execution.of("experimnts");
        assertEquals("""
                lilgatsby: unknown command 'experimnts'; did you mean 'experiments'?
                Try lilgatsby --help
                """, execution.err());
        assertEquals(2, execution.code());
    }

    @Test
    void anUnknownOptionIsWrongUse() {
        Execution execution = Execution.of("experiments", "--jsn");
        assertEquals("""
                lilgatsby: unknown option: '--jsn'
                Possible solutions: --json
                Try lilgatsby experiments --help
                """, execution.err());
        assertEquals(2, execution.code());
    }

    @Test
    void noVerbIsWrongUse() {
        Execution execution = Execution.of();
        assertEquals("lilgatsby: no command given\nTry lilgatsby --help\n", execution.err());
        assertEquals(2, execution.code());
    }

    @Test
    void whatIsNoNumberIsToldWithoutNamesOfTypes() {
        Execution execution = Execution.of("run", "float32-edition", "--steps", "many");
        assertEquals(
                "lilgatsby: invalid value for option '--steps': 'many' is not a whole number\nTry lilgatsby "
                        + "run --help\n",
                execution.err());
        assertEquals(2, execution.code());
    }

    @Test
    void anArgumentTooManyIsWrongUse() {
        Execution execution = Execution.of("compare", "a", "b", "c");
        assertEquals("lilgatsby: unexpected argument 'c'\nTry lilgatsby compare --help\n", execution.err());
        assertEquals(2, execution.code());
    }

    @Test
    void aVectorWidthThatThereIsNotIsWrongUse() {
        Execution execution = Execution.of("run", "float32-edition", "--steps", "1", "--vector-bits", "100");
        assertEquals("lilgatsby: --vector-bits is 100; allowed are 128, 256 and 512\n", execution.err());
        assertEquals(2, execution.code());
    }

    @ParameterizedTest
    @ValueSource(strings = {"compare %s %s", "verify %s", "report %s", "export %s --hf model"})
    void aDirectoryWithoutARunIsWrongUse(String line, @TempDir Path empty) {
        Execution none = Execution.of(
                line.replace("%s", empty.resolve("none").toString()).split(" "));
        assertEquals(
                "lilgatsby: " + empty.resolve("none")
                        + ": there is no such directory; name the directory that a run wrote, such as "
                        + "runs/NAME-seed-SEED\n",
                none.err());
        assertEquals(2, none.code());

        Execution other = Execution.of(line.replace("%s", empty.toString()).split(" "));
        assertEquals(
                "lilgatsby: " + empty + ": is not the directory of a run: it has no manifest.json; "
                        + "name the directory that a run wrote, such as runs/NAME-seed-SEED\n",
                other.err());
        assertEquals(2, other.code());
    }

    /** It measures for some seconds how fast the run would be. */
    @Test
    @Tag("long")
    void aDryRunIsOneDocument() {
        JsonNode plan = JsonMapper.shared()
                .readTree(Execution.of(
                                "run",
                                "float32-edition",
                                "--steps",
                                "3",
                                "--kernels",
                                "scalar",
                                "--set",
                                "training.batch=1",
                                "--set",
                                "model.context=8",
                                "--dry-run",
                                "--json")
                        .out());
        assertEquals(3, plan.at("/configuration/training/steps").asInt());
        assertEquals(4, plan.at("/recording/rows").asInt());
        assertEquals(
                plan.at("/disk_bytes/total").asLong(),
                plan.get("disk_bytes").valueStream().mapToLong(JsonNode::asLong).sum() / 2);
        assertTrue(plan.at("/time/steps_per_second").asDouble() > 0);
    }

    @Test
    void stacktraceIsForAllVerbs() {
        Execution execution = Execution.of("experiments", "nonesuch", "--stacktrace");
        assertTrue(execution.err().contains("\tat org.lilgatsby.config.BuiltIn.load"), execution.err());
        assertEquals(2, execution.code());
    }

    @Test
    void statesItsVersion() {
        Execution execution = Execution.of("--version");
        assertEquals("lilgatsby development\nJava " + Runtime.version() + "\n", execution.out());
        assertEquals(0, execution.code());
    }
}
