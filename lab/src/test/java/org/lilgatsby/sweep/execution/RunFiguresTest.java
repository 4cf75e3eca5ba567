package org.lilgatsby.sweep.execution;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.lilgatsby.config.ExperimentConfig;
import org.lilgatsby.corpus.CorpusCache;
import org.lilgatsby.corpus.CorpusLoader;
import org.lilgatsby.experiment.FigureRecording;
import org.lilgatsby.experiment.Findings;
import org.lilgatsby.experiment.ShortRuns;
import org.lilgatsby.kernel.ScalarKernels;
import org.lilgatsby.report.JsonReport;
import org.lilgatsby.run.MemoryRun;
import org.lilgatsby.run.PlannedRun;
import org.lilgatsby.run.RunObserver;
import tools.jackson.databind.JsonNode;

class RunFiguresTest {
    /** Of the document's numbers, those that are no figures. */
    private static final Set<String> OTHER = Set.of(
            "schema",
            "seed",
            "steps",
            "completed_steps",
            "corpus",
            "throughput",
            "recording",
            "published",
            "provenance",
            "configuration");

    @ParameterizedTest
    @CsvSource({"float32-edition, 0", "float32-edition, 2", "instrumented, 2"})
    void areTheNumbersOfTheReportInItsOrder(String experiment, int steps) {
        ExperimentConfig config = ShortRuns.config(experiment, "model.context=8", "training.steps=" + steps);
        PlannedRun plan = PlannedRun.inMemory(
                FigureRecording.only(config),
                new CorpusLoader(new CorpusCache(Path.of("no-cache"))),
                ShortRuns.options(new ScalarKernels(), 1));
        try (MemoryRun run = MemoryRun.carryOut(plan, RunObserver.SILENT).orElseThrow()) {
            Findings findings = Findings.of(run.data());
            Map<String, Double> expected = new LinkedHashMap<>();
            JsonReport.tree(findings).forEachEntry((name, part) -> {
                if (!OTHER.contains(name)) {
                    add(name, part, expected);
                }
            });
            assertEquals(
                    expected.toString(),
                    RunFigures.of(Findings.figures(run.data())).toString());
        }
    }

    private static void add(String name, JsonNode node, Map<String, Double> figures) {
        if (node.isNumber()) {
            figures.put(name, node.doubleValue());
        } else if (node.isObject()) {
            node.forEachEntry((part, value) -> add(name + "." + part, value, figures));
        }
    }
}
