package org.lilgatsby.cli;

import static org.junit.jupiter.api.Assertions.*;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class AnalyzeVerbTest {
    @TempDir
    private static Path root;

    private static String run;

    @BeforeAll
    static void record() {
        run = root.resolve("run").toString();
        Execution execution = Execution.of(
                "run",
                "float32-edition",
                "--steps",
                "12",
                "--out",
                run,
                "--observe",
                "grads,mean_hidden",
                "--kernels",
                "scalar",
                "--set",
                "training.batch=1",
                "--set",
                "model.context=8",
                "--set",
                "training.log_every=4");
        assertEquals(0, execution.code(), execution.err());
    }

    private static JsonNode json(String... arguments) {
        Execution execution = Execution.of(arguments);
        assertEquals(0, execution.code(), execution.err());
        return JsonMapper.shared().readTree(execution.out());
    }

    @Test
    void theWholePictureSaysWhatItIsOfAndWhatIsMissing() {
        Execution execution = Execution.of("analyze", run);
        assertEquals(0, execution.code(), execution.err());
        assertTrue(
                execution.out().contains("corpus    synthetic (built-in synthetic text, not a book)\n"),
                execution.out());
        assertTrue(execution.out().contains("tokens    dead (51), out of 77 live and 51 dead\n"));
        assertTrue(execution.out().contains("recorded  13 states, every step up to 12 of 12\n"));
        assertTrue(execution.out().contains("\ncensus\n------\n"));
        assertTrue(execution.out().contains("Unknown: no logits were recorded; run it again with --observe logits.\n"));
        execution.out().lines().forEach(line -> assertTrue(line.length() <= 100, line));
    }

    /** What is bf16 already looks the same; what is no view is refused. */
    @Test
    void theViewIsOneOfTwo() {
        List<String> census = List.of("analyze", run, "--analysis", "census", "--csv");
        String stored = Execution.of(census.toArray(String[]::new)).out();
        for (String view : List.of("stored", "bf16")) {
            Execution execution = Execution.of("analyze", run, "--analysis", "census", "--csv", "--view", view);
            assertEquals(0, execution.code(), execution.err());
            assertEquals(stored, execution.out(), view);
        }
        assertEquals(2, Execution.of("analyze", run, "--view", "f32").code());
    }

    @Test
    void oneAnalysisExplainsItsColumns() {
        Execution execution = Execution.of("analyze", run, "--analysis", "step-sizes", "--tokens", "live");
        assertTrue(execution.out().contains("tokens    live (77), out of"), execution.out());
        assertTrue(execution.out().contains("\nmedian [W]       median over the tokens\n"), execution.out());
        assertTrue(
                execution.out().contains("8 of 13 recorded states shown; --csv and --json give all of them."),
                execution.out());
    }

    @Test
    void csvAndJsonHoldTheSameFigures() {
        List<String> lines = Execution.of("analyze", run, "--analysis", "step-sizes", "--csv")
                .out()
                .lines()
                .toList();
        assertEquals("step,mean [W],median [W],p90 [W],max [W],zero_share,distinct_speeds", lines.getFirst());
        assertEquals(14, lines.size());
        assertEquals("0,NaN,NaN,NaN,NaN,NaN,0", lines.get(1), "no step precedes the first state");
        JsonNode figures =
                json("analyze", run, "--analysis", "step-sizes", "--json").at("/analyses/0/figures");
        assertTrue(figures.get("mean").get(0).isNull());
        for (int i = 1; i <= 12; i++) {
            String[] cells = lines.get(i + 1).split(",");
            assertEquals(i, figures.get("step").get(i).asInt());
            assertEquals(
                    Double.parseDouble(cells[1]), figures.get("mean").get(i).asDouble());
            assertEquals(Double.parseDouble(cells[4]), figures.get("max").get(i).asDouble());
        }
    }

    @Test
    void listsOfTokensAreOneFieldOfCsv() {
        String csv = Execution.of("analyze", run, "--analysis", "components", "--csv", "--step", "0")
                .out();
        assertTrue(csv.startsWith("component,nodes,tokens\n1,"), csv);
        for (String line : csv.lines().toList()) {
            assertTrue(line.matches("[^\"]*|[0-9]+,[0-9]+,\"[^\"]*\""), line);
        }
    }

    @Test
    void jsonNamesUnitsAndWhatIsMissing() {
        JsonNode document = json("analyze", run, "--json", "--tokens", "all");
        assertEquals("float32-edition", document.get("experiment").asString());
        assertTrue(document.at("/corpus/synthetic").asBoolean());
        assertEquals("all", document.get("tokens").asString());
        assertEquals(12, document.get("last_step").asInt());
        JsonNode optimizer = document.get("analyses")
                .valueStream()
                .filter(a -> a.get("name").asString().equals("optimizer"))
                .findFirst()
                .orElseThrow();
        assertTrue(optimizer.get("missing").asString().contains("; run it again with --observe "));
        JsonNode centroid = document.get("analyses")
                .valueStream()
                .filter(a -> a.get("name").asString().equals("centroid"))
                .findFirst()
                .orElseThrow();
        assertEquals("W", centroid.at("/columns/1/unit").asString());
    }

    @Test
    void aSingleStepIsASingleRow() {
        JsonNode figures = json("analyze", run, "--analysis", "mean-hidden", "--json", "--step", "7")
                .at("/analyses/0/figures");
        assertEquals(1, figures.get("step").size());
        assertEquals(7, figures.get("step").get(0).asInt());
        double alignment = figures.get("alignment").get(0).asDouble();
        assertTrue(alignment >= -1 && alignment <= 1, "alignment " + alignment);
    }

    @Test
    void theThresholdIsTheLimit() {
        for (String metric : List.of("l2", "linf")) {
            JsonNode analysis = json(
                            "analyze",
                            run,
                            "--analysis",
                            "adjacency",
                            "--json",
                            "--step",
                            "12",
                            "--threshold",
                            "0.015625",
                            "--metric",
                            metric)
                    .at("/analyses/0");
            assertEquals(0x1p-6, analysis.at("/figures/limit/0").asDouble());
            assertTrue(
                    analysis.at("/columns/1/meaning").asString().contains(metric.equals("l2") ? "L2" : "L-infinity"));
        }
        assertEquals(
                10,
                json("analyze", run, "--analysis", "distance-entropy", "--json", "--step", "12", "--bins", "10")
                        .at("/analyses/0/figures/bins/0")
                        .asInt());
        String never = Execution.of("analyze", run, "--analysis", "step-escape", "--csv", "--threshold", "1000")
                .out();
        assertTrue(never.contains("\ndead,51,1000.0,0,,0,,\n"), never);
    }

    @Test
    void wrongUseIsTold() {
        assertWrong("unknown analysis 'cenus'; did you mean 'census'?", "analyze", run, "--analysis", "cenus");
        assertWrong(
                "step 13 was not recorded; the recording holds every step up to 12", "analyze", run, "--step", "13");
        assertWrong("--csv prints one table; choose it with --analysis NAME", "analyze", run, "--csv");
        assertWrong("--csv and --json cannot be combined", "analyze", run, "--csv", "--json", "--analysis", "census");
        assertWrong("invalid value for option '--tokens'", "analyze", run, "--tokens", "undead");
        assertWrong("invalid value for option '--metric'", "analyze", run, "--metric", "l3");
        assertWrong(
                "--threshold, --metric and --bins are for one analysis; choose it with --analysis NAME",
                "analyze",
                run,
                "--bins",
                "9");
        assertWrong(
                "the analysis 'census' takes no --threshold; it is for adjacency, components, step-escape, "
                        + "token-step-escape, hop-boundary, hops, token-hops",
                "analyze",
                run,
                "--analysis",
                "census",
                "--threshold",
                "1");
        assertWrong(
                "--threshold must be a finite number from 0 on, not -1.0",
                "analyze",
                run,
                "--analysis",
                "components",
                "--threshold=-1");
    }

    private static void assertWrong(String message, String... arguments) {
        Execution execution = Execution.of(arguments);
        assertTrue(execution.err().startsWith("lilgatsby: " + message), execution.err());
        assertEquals("", execution.out());
        assertEquals(2, execution.code());
    }

    @Test
    void whatCannotBeAnsweredIsAFailure() {
        Execution execution = Execution.of("analyze", run, "--analysis", "logits");
        assertEquals(
                "lilgatsby: " + run + ": no logits were recorded; run it again with --observe logits\n",
                execution.err());
        assertEquals(1, execution.code());
        assertEquals(
                2, Execution.of("analyze", root.resolve("nothing").toString()).code());
    }
}
