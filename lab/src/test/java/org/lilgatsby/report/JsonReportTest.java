package org.lilgatsby.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.lilgatsby.experiment.SmallRun.row;
import static org.lilgatsby.experiment.SmallRun.rows;

import java.util.List;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.lilgatsby.config.BuiltIn;
import org.lilgatsby.experiment.Findings;
import org.lilgatsby.experiment.SmallRun;
import org.lilgatsby.training.LossWindow;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class JsonReportTest {
    private static final float[][] START = rows(row(1, 1), row(1, 1), row(1, 1), row(1, 1));
    private static final float[][] END = rows(row(2, 1), row(1, 3), row(1.5f, 1), row(1.5078125f, 1));

    private static JsonNode json(Findings findings) {
        return JsonMapper.shared().readTree(JsonReport.text(findings));
    }

    private static List<String> keys(JsonNode node) {
        return List.copyOf(node.propertyNames());
    }

    /** The parts of the findings are groups of their own in Java, and side by side here. */
    @Test
    void allKeysInTheirOrder() {
        assertEquals(
                List.of(
                        "schema",
                        "experiment",
                        "title",
                        "conclusion",
                        "seed",
                        "steps",
                        "completed_steps",
                        "status",
                        "corpus",
                        "names",
                        "parameters",
                        "start",
                        "initial",
                        "final",
                        "topology",
                        "quantization",
                        "centroid",
                        "first_loss",
                        "last_loss",
                        "loss",
                        "gradients",
                        "throughput",
                        "recording",
                        "particulars",
                        "verdict",
                        "published",
                        "sample",
                        "provenance",
                        "configuration"),
                keys(json(SmallRun.of("instrumented", START, END).findings())));
    }

    @Test
    void theKeysThatReadersRelyOn() {
        JsonNode json = json(SmallRun.of("instrumented", START, END)
                .gradients(START, END)
                .losses(4, 3, new LossWindow(1, 3))
                .findings());

        assertTrue(keys(json)
                .containsAll(List.of(
                        "experiment",
                        "seed",
                        "steps",
                        "corpus",
                        "names",
                        "initial",
                        "final",
                        "topology",
                        "quantization",
                        "centroid",
                        "loss",
                        "gradients",
                        "throughput",
                        "verdict")));
        assertTrue(keys(json.get("corpus")).containsAll(List.of("name", "bytes", "live", "dead", "sha256")));
        for (String state : List.of("initial", "final")) {
            for (String group : List.of("all", "dead")) {
                assertTrue(keys(json.get(state).get(group))
                        .containsAll(List.of(
                                "distinct", "black_holes", "tokens_in_black_holes", "singletons", "populations")));
            }
        }
        assertTrue(keys(json.get("topology"))
                .containsAll(List.of(
                        "nodes",
                        "edges",
                        "possible_edges",
                        "density",
                        "components",
                        "centroid_norm",
                        "epsilon",
                        "threshold",
                        "linf")));
        assertEquals(List.of("min", "mean", "max"), keys(json.get("topology").get("linf")));
        assertTrue(keys(json.get("quantization")).containsAll(List.of("bf16", "distinct_components", "min", "max")));
        assertTrue(keys(json.get("centroid")).containsAll(List.of("initial_norm", "final_norm", "displacement")));
        assertEquals(List.of("step", "mean"), keys(json.get("loss").get(0)));
        assertEquals(List.of("steps_per_second", "seconds"), keys(json.get("throughput")));
        assertTrue(keys(json.get("verdict")).containsAll(List.of("hypothesis", "supported", "because")));
        assertEquals(
                "double-shift",
                json.get("configuration").get("training").get("targets").asString());
    }

    @Test
    void numbersReadBackAsTheyWere() {
        Findings findings = SmallRun.of("float32-edition", START, END)
                .losses(4.814123777482745, 0.1 + 0.2)
                .findings();
        JsonNode json = json(findings);

        assertEquals(findings.course().lastLoss(), json.get("last_loss").asDouble());
        assertEquals(
                findings.structure().centroid().displacement(),
                json.get("centroid").get("displacement").asDouble());
        assertEquals(
                findings.structure().topology().orElseThrow().epsilon(),
                json.get("topology").get("epsilon").asDouble());
    }

    @Test
    void whatIsNotDefinedIsNull() {
        JsonNode json = json(SmallRun.of("embedding-evolution", START).dead().findings());

        for (String absent : List.of("topology", "quantization", "gradients", "first_loss", "last_loss", "sample")) {
            assertTrue(json.has(absent) && json.get(absent).isNull(), absent);
        }
        assertTrue(json.get("verdict").get("supported").isNull());
        assertTrue(json.get("final").get("dead").get("norms").get("mean").isNull());
        assertTrue(json.get("particulars").get("expansion").isNull());
        assertEquals(0, json.get("loss").size());
    }

    @Test
    void onlyFiniteNumbersInEveryConclusion() {
        float[][] diverged = rows(row(Float.NaN, 1), row(1, 1), row(Float.POSITIVE_INFINITY, 1), row(Float.NaN, 1));
        for (String experiment : BuiltIn.names()) {
            JsonNode json = json(SmallRun.of(experiment, START, diverged)
                    .gradients(START, diverged)
                    .findings());
            List<JsonNode> texts = StreamSupport.stream(
                            json.get("final").get("all").spliterator(), false)
                    .toList();
            assertTrue(texts.stream().noneMatch(JsonNode::isString), experiment);
            assertTrue(json.get("final").get("all").get("norms").get("max").isNull(), experiment);
        }
    }

    @Test
    void theVerdictIsTheOneInTheText() {
        for (String experiment : BuiltIn.names()) {
            Findings findings =
                    SmallRun.of(experiment, START, END).gradients(START, END).findings();
            JsonNode supported = json(findings).get("verdict").get("supported");
            String word = supported.isNull()
                    ? findings.verdict().missing()
                            ? "none: " + findings.verdict().because()
                            : "not judged"
                    : supported.asBoolean() ? "supported" : "not supported";

            assertTrue(TextReport.text(findings).contains("verdict   " + word + "\n"), experiment);
        }
    }
}
