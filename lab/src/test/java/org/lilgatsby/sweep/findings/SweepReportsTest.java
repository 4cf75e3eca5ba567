package org.lilgatsby.sweep.findings;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lilgatsby.safetensors.FiniteJson;
import org.lilgatsby.sweep.Sweep;
import tools.jackson.databind.JsonNode;

class SweepReportsTest {
    private static final List<String> COLUMNS =
            List.of("dead.distinct", "dead.black_holes", "dead.tokens_in_black_holes", "dead.singletons", "dead.moved");

    /**
     * Distinct rows, black holes, tokens in them and loss at the end, by point; the fifth failed, the last is missing.
     */
    private static final double[][] ENDS = {
        {5, 2, 5, 3.25},
        {4, 3, 7, 3.5},
        {6, 2, 4, 3.125},
        {1, 1, 8, 3.375},
        {},
        {2, 1, 7, 3.0},
        {1, 1, 8, Double.NaN},
        {}
    };

    @TempDir
    private Path folder;

    private MadeUpSweep sweep;

    @BeforeEach
    void makeUp() throws IOException {
        Path file = Files.writeString(folder.resolve("two-starts.yaml"), """
                name: two-starts
                experiment: float32-edition
                vary:
                  initialization.mode: [unit-noise, bf16-native]
                  training.batch: [8, 16]
                  seed: [42, 43]
                compare: [initialization.mode]
                """);
        sweep = new MadeUpSweep(Sweep.read(file), folder);
        for (int i = 0; i < ENDS.length; i++) {
            if (ENDS[i].length > 0) {
                sweep.done(i, figures(ENDS[i]), series(ENDS[i]));
            }
        }
        sweep.failed(4, "step 7: the gradient of wte.weight is NaN");
    }

    private static Map<String, Double> figures(double[] end) {
        Map<String, Double> figures = new LinkedHashMap<>();
        figures.put("parameters", 116480.0);
        figures.put("final.dead.distinct", end[0]);
        figures.put("final.dead.black_holes", end[1]);
        figures.put("final.dead.tokens_in_black_holes", end[2]);
        figures.put("final.dead.radius", end[0] / 1024);
        figures.put("topology.linf.min", Double.NaN);
        figures.put("last_loss", end[3]);
        return figures;
    }

    /** Eight dead tokens, single at first. */
    private static MadeUpSweep.Rows series(double[] end) {
        List<double[]> rows = new ArrayList<>();
        rows.add(new double[] {0, 8, 0, 0, 8, Double.NaN});
        for (int step = 10; step <= 40; step += 10) {
            double inside = Math.rint(end[2] * step / 40);
            rows.add(new double[] {
                step,
                8 - inside + Math.min(1, inside),
                Math.rint(end[1] * step / 40),
                inside,
                8 - inside,
                step < 30 ? 8 : 0
            });
        }
        return new MadeUpSweep.Rows(COLUMNS, rows);
    }

    private JsonNode json() throws IOException {
        return FiniteJson.strictMapper().build().readTree(Files.readString(folder.resolve("report.json")));
    }

    @Test
    void theWholeText() throws IOException {
        try (InputStream expected = SweepReportsTest.class.getResourceAsStream("two-starts.txt")) {
            assertEquals(
                    new String(expected.readAllBytes(), StandardCharsets.UTF_8), SweepReports.text(sweep.findings()));
        }
    }

    /** The first group has none of the first figure, and no run has a loss. */
    @Test
    void theAbstractOfManyGroupsLeavesNothingOutSilently() throws IOException {
        Path file = Files.writeString(folder.resolve("many.yaml"), """
                experiment: float32-edition
                vary: {training.batch: [8, 16, 24, 32, 40]}
                """);
        SweepFindings findings = new MadeUpSweep(Sweep.read(file), folder.resolve("many"))
                .allDone((_, i) -> {
                    Map<String, Double> figures = new LinkedHashMap<>();
                    figures.put("final.dead.distinct", i == 0 ? Double.NaN : 7.0);
                    figures.put("final.dead.black_holes", 3.0);
                    figures.put("final.dead.largest", (double) i);
                    figures.put("last_loss", Double.NaN);
                    return figures;
                })
                .findings();
        String text = SweepReports.text(findings).replace('\n', ' ');
        assertTrue(
                text.contains("Distinct rows of dead tokens at the end: 7 in each of 4 runs, undefined in 1 other."),
                text);
        assertTrue(text.contains("Black holes of dead tokens at the end: 3 in each of 5 runs."), text);
        assertTrue(
                text.contains("Largest black hole of dead tokens at the end (tokens). Along training.batch, "
                        + "it is 0 at 8 and 4 at 40."),
                text);
        assertTrue(text.contains("Undefined in every run: loss of the last step (nats)."), text);
    }

    /** Sixteen dead tokens stay apart but for the middle values; the groups are the values of the setting. */
    @Test
    void figuresAlongASettingThatMakesTheGroupsAreShownOnce() throws IOException {
        double[] distinct = {16, 9, 5, 12, 16};
        SweepFindings findings = MadeUpSweep.of(folder.resolve("along"), List.of("training.batch=8,16,24,32,40"), null)
                .allDone((_, i) -> Map.of("final.dead.distinct", distinct[i], "last_loss", 3.5))
                .findings();
        String text = SweepReports.text(findings);
        assertTrue(
                text.replace('\n', ' ')
                        .contains("Distinct rows of dead tokens at the end. Along training.batch, it is 16 at 8 and "
                                + "16 at 40; in between it is smallest at 24 (5)."),
                text);
        assertTrue(text.contains("batch 24  1     5"), text);
        assertFalse(text.contains("training.batch  n"), text);
        assertFalse(text.contains("difference of the means"), text);
        assertFalse(text.contains("Mann-Whitney"), text);
        assertTrue(text.contains("Loss of the last step (nats): 3.5 in each of 5 runs."), text);
        assertTrue(text.contains("----\n3.5 in each of 5 runs.\n"), text);
    }

    @Test
    void aSingleGroupHasNoName() throws IOException {
        SweepFindings findings = MadeUpSweep.of(folder.resolve("one"), List.of(), "1..3")
                .allDone((_, i) -> Map.of("final.dead.distinct", i + 1.0))
                .findings();
        String text = SweepReports.text(findings).replace('\n', ' ');
        assertTrue(
                text.contains("Distinct rows of dead tokens at the end: 2 (mean of 3 runs, deviation 1, from 1 to 3)."),
                text);
    }

    @Test
    void manyGroupsWithTheSameMeanAreCounted() throws IOException {
        SweepFindings findings = MadeUpSweep.of(
                        folder.resolve("equal"),
                        List.of("initialization.mode=unit-noise,bf16-native", "precision.update=fused,per-op,kahan"),
                        "1..2")
                .allDone((_, i) -> Map.of("final.dead.distinct", i < 2 ? 7.0 : 9.0))
                .findings();
        String text = SweepReports.text(findings).replace('\n', ' ');
        assertTrue(
                text.contains("the means of the groups range from 7 (mode unit-noise, update fused) to 9 "
                        + "(mode unit-noise, update per-op and 4 others)."),
                text);
    }

    @Test
    void groupsWithUndefinedFiguresAreCountedWhereTheyAreMany() throws IOException {
        Path file = Files.writeString(folder.resolve("many.yaml"), """
                experiment: float32-edition
                vary: {training.batch: 1..10, seed: [1, 2]}
                """);
        SweepFindings findings = new MadeUpSweep(Sweep.read(file), folder.resolve("many"))
                .allDone((_, i) ->
                        Map.of("final.dead.distinct", i < 2 ? 7 : Double.NaN, "last_loss", i < 18 ? 3 : Double.NaN))
                .findings();
        String text = SweepReports.text(findings);
        assertTrue(text.contains("Left out, since it is undefined there: 18 runs of 9 groups."), text);
        assertTrue(text.contains("Left out, since it is undefined there: 2 runs of batch 10."), text);
    }

    @Test
    void noLineIsLongerThanAHundredColumns() throws IOException {
        Path file = Files.writeString(folder.resolve("long.yaml"), """
                experiment: float32-edition
                vary:
                  training.learning_rate: [0.001, 0.0003]
                  training.weight_decay: [0.01, 0.1]
                  training.batch: [8, 16]
                  seed: [1, 2]
                """);
        SweepFindings findings = new MadeUpSweep(Sweep.read(file), folder.resolve("long"))
                .allDone((_, i) -> Map.of("last_loss", Math.sin(i) * 1e-9, "final.dead.norms.max", Math.cos(i) / 3))
                .findings();
        String text = SweepReports.text(findings);
        text.lines().forEach(line -> assertTrue(line.length() <= 100, line));
        assertTrue(
                text.contains("group 1  2     2         2      learning_rate 0.001, weight_decay 0.01, batch 8"), text);
        assertTrue(text.contains("group 2 minus group 1\n"), text);
    }

    @Test
    void theDocumentHasTheNumbersOfTheRecords() throws IOException {
        SweepFindings findings = sweep.findings();
        SweepReports.write(findings, folder);
        JsonNode json = json();
        assertEquals(SweepFindings.SCHEMA, json.get("schema").intValue());
        assertEquals("two-starts", json.get("name").stringValue());
        assertFalse(json.get("counts").get("complete").booleanValue());
        JsonNode distinct = json.get("headlines").get(0);
        assertEquals("final.dead.distinct", distinct.get("figure").get("name").stringValue());
        assertEquals(
                findings.headlines()
                        .getFirst()
                        .groups()
                        .getFirst()
                        .distribution()
                        .orElseThrow()
                        .meanInterval()
                        .low(),
                distinct.get("groups")
                        .get(0)
                        .get("distribution")
                        .get("mean_interval")
                        .get("low")
                        .doubleValue());
        JsonNode comparison = distinct.get("differences").get(0).get("comparison");
        assertTrue(comparison.has("cohens_d") && comparison.has("cohens_d_population"), comparison.toString());
        JsonNode over = json.get("series").get("figures").get(0).get("groups").get(0);
        assertEquals(5, over.get("mean_low").size());
        assertTrue(Files.readString(folder.resolve("report.json")).endsWith("}\n"));
    }

    @Test
    void everyKeyIsDocumented() throws IOException {
        SweepReports.write(sweep.findings(), folder);
        Set<String> keys = new TreeSet<>();
        collect(json(), keys);
        keys.removeIf(key -> key.contains(".") || key.equals("seed"));
        String document = Files.readString(Path.of("../docs/sweeps.md"));
        String section = document.substring(document.indexOf("## The report"));
        Set<String> unknown = keys.stream()
                .filter(key -> !section.contains("`" + key + "`"))
                .collect(Collectors.toCollection(TreeSet::new));
        assertEquals(Set.of(), unknown);
        Criterion.ALL.forEach(
                criterion -> assertTrue(section.contains("`" + criterion.name() + "`"), criterion.name()));
    }

    private static void collect(JsonNode node, Set<String> keys) {
        node.properties().forEach(property -> {
            keys.add(property.getKey());
            collect(property.getValue(), keys);
        });
        if (node.isArray()) {
            node.forEach(item -> collect(item, keys));
        }
    }
}
