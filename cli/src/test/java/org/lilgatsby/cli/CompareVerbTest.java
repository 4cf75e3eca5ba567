package org.lilgatsby.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Distances between two runs that differ in their learning rates. */
class CompareVerbTest {
    @TempDir
    private static Path root;

    private static String one;
    private static String other;

    @BeforeAll
    static void record() {
        one = run("one", "1e-3");
        other = run("other", "2e-3");
    }

    private static String run(String name, String rate) {
        String run = root.resolve(name).toString();
        Execution execution = Execution.of(
                "run",
                "float32-edition",
                "--steps",
                "3",
                "--out",
                run,
                "--kernels",
                "scalar",
                "--set",
                "training.batch=1",
                "--set",
                "model.context=8",
                "--set",
                "training.learning_rate=" + rate);
        assertEquals(0, execution.code(), execution.err());
        return run;
    }

    private static Execution compare(int code, String... arguments) {
        List<String> all = new ArrayList<>(List.of("compare"));
        all.addAll(List.of(arguments));
        Execution execution = Execution.of(all.toArray(String[]::new));
        assertEquals(code, execution.code(), execution.err());
        return execution;
    }

    @Test
    void aTableByStepShowsHowTheyDiverge() {
        String text = compare(1, one, other, "--by", "step").out();
        assertTrue(text.contains("rows of 51 dead tokens in 4 shared states\n"), text);
        assertTrue(text.contains("  0 of 51 tokens\n"), text);
        text.lines().forEach(line -> assertTrue(line.length() <= 100, line));
        JsonNode json = JsonMapper.shared()
                .readTree(compare(1, one, other, "--by", "step", "--json").out());
        assertEquals(4, json.get("shared_states").asInt());
        assertEquals(51, json.get("figures").get("identical").get(0).asInt());
        assertEquals(0.0, json.get("figures").get("l2_max").get(0).asDouble());
        assertTrue(json.get("figures").get("l2_max").get(3).asDouble() > 0);
    }

    @Test
    void aTableByTokenSaysHowOftenEachIsIdentical() {
        List<String> lines = compare(1, one, other, "--by", "token", "--tokens", "all", "--csv")
                .out()
                .lines()
                .toList();
        assertEquals(
                "token,identical,states,first_different,l2 [W],linf [W],cells,l2_max [W],l2_max_step",
                lines.getFirst());
        assertEquals(129, lines.size());
        assertTrue(lines.get(1).startsWith("0,1,4,1,"), lines.get(1));
    }

    @Test
    void aRunIsIdenticalToItself() {
        String text = compare(0, one, one, "--by", "token").out();
        assertTrue(text.contains("51 of 51 tokens"), text);
        assertTrue(text.contains("never"), text);
    }

    @Test
    void whatIsForTablesNeedsOne() {
        assertEquals(
                "lilgatsby: --tokens, --view and --csv are for a table; choose one with --by\n",
                compare(2, one, other, "--csv").err());
        assertEquals(
                "lilgatsby: --csv and --json cannot be combined\n",
                compare(2, one, other, "--by", "step", "--csv", "--json").err());
    }
}
