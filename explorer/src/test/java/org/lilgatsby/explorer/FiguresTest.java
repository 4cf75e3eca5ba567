package org.lilgatsby.explorer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.lilgatsby.cli.Execution;
import tools.jackson.databind.JsonNode;

/** The explorer's figures are those of the command line, to the last digit. */
class FiguresTest {
    private static final int STEPS = 24;
    private static final int[] LOOKED_AT = {0, 1, 2, 3, 5, 8, 13, 17, 21, 24};

    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "embedding-evolution",
                "primordial-snowball",
                "supermassive-black-hole",
                "instrumented",
                "float32-edition"
            })
    void areThoseOfAnalyze(String experiment) throws Exception {
        Path run = SmallRuns.run(folder.resolve("run"), experiment, STEPS);
        try (Explorer explorer = Explorer.start(List.of(folder), 0)) {
            Client client = new Client(explorer);
            String id = client.json("/api/items").get("items").get(0).get("id").asString();
            JsonNode described = client.json("/api/runs/" + id);
            Map<String, List<JsonNode>> byAnalysis = described
                    .get("curves")
                    .valueStream()
                    .filter(curve -> curve.get("analysis").isString()
                            && curve.get("group").asString().equals("dead"))
                    .collect(Collectors.groupingBy(
                            curve -> curve.get("analysis").asString(), LinkedHashMap::new, Collectors.toList()));
            assertTrue(byAnalysis.size() >= 14, byAnalysis.keySet().toString());
            for (String analysis : byAnalysis.keySet()) {
                JsonNode printed = printed(run, analysis);
                List<JsonNode> curves = byAnalysis.get(analysis);
                JsonNode found = found(client, id, curves);
                for (JsonNode curve : curves) {
                    assertSame(curve, found.get(curve.get("name").asString()), printed);
                }
            }
            assertSameCensus(client, id, printed(run, "census"));
        }
    }

    private static JsonNode printed(Path run, String analysis) {
        Execution execution = Execution.of("analyze", run.toString(), "--analysis", analysis, "--json");
        assertEquals(0, execution.code(), execution.err());
        return Client.parse(execution.out()).get("analyses").get(0);
    }

    /** Several curves at a time, once the last is computed. */
    private static JsonNode found(Client client, String id, List<JsonNode> curves) {
        String names =
                curves.stream().map(curve -> curve.get("name").asString()).collect(Collectors.joining(","));
        JsonNode found;
        do {
            found = client.json("/api/runs/%s/curves?names=%s".formatted(id, names))
                    .get("curves");
        } while (found.valueStream().anyMatch(curve -> curve.has("waiting")));
        return found;
    }

    private static void assertSame(JsonNode curve, JsonNode found, JsonNode printed) {
        String name = curve.get("name").asString();
        List<String> expected = figures(printed, column(curve));
        assertEquals(
                steps(printed),
                found.get("steps").valueStream().map(JsonNode::asInt).toList(),
                name);
        List<String> values = found.get("values")
                .valueStream()
                .map(value -> value.isNull() ? "null" : Double.toString(value.asDouble()))
                .toList();
        assertEquals(expected, values, name);
        JsonNode meaning = printed.get("columns")
                .valueStream()
                .filter(each -> each.get("name").asString().equals(column(curve)))
                .findFirst()
                .orElseThrow();
        assertEquals(meaning.get("meaning"), curve.get("definition"));
        assertEquals(meaning.get("unit"), curve.get("unit"));
    }

    private static String column(JsonNode curve) {
        return curve.get("name").asString().split("\\.")[1];
    }

    private static List<Integer> steps(JsonNode printed) {
        return printed.get("figures")
                .get("step")
                .valueStream()
                .map(JsonNode::asInt)
                .toList();
    }

    private static List<String> figures(JsonNode printed, String column) {
        List<String> figures = new ArrayList<>();
        printed.get("figures")
                .get(column)
                .forEach(value -> figures.add(
                        value.isNumber()
                                ? Double.toString(value.asDouble())
                                : value.isBoolean() ? value.asBoolean() ? "1.0" : "0.0" : "null"));
        return figures;
    }

    private static void assertSameCensus(Client client, String id, JsonNode printed) {
        for (int step : LOOKED_AT) {
            int row = steps(printed).indexOf(step);
            JsonNode figures = client.json("/api/runs/%s/census?step=%d".formatted(id, step))
                    .get("figures");
            assertEquals(7, figures.size());
            figures.propertyNames().forEach(name -> {
                JsonNode expected = printed.get("figures").get(name).get(row);
                assertEquals(expected.toString(), figures.get(name).toString(), name + " at " + step);
            });
        }
    }
}
