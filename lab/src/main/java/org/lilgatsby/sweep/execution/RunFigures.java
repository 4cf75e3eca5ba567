package org.lilgatsby.sweep.execution;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.lilgatsby.experiment.Findings;
import org.lilgatsby.report.JsonReport;
import tools.jackson.databind.JsonNode;

/**
 * The figures of a run: the numbers of {@code report.json} under their names there, with dots between the levels. Lists
 * are left out, and so is what does not follow from the run's results: its seed and settings, how fast it was, where
 * its files are, and what others published. An undefined figure has no entry.
 */
final class RunFigures {
    private static final Set<String> OTHER = Set.of("throughput", "recording");

    private RunFigures() {}

    static Map<String, Double> of(Findings.OnlyFigures parts) {
        Map<String, Double> figures = new LinkedHashMap<>();
        for (Map.Entry<String, JsonNode> part :
                JsonReport.treeWithoutLists(parts).properties()) {
            if (!OTHER.contains(part.getKey())) {
                add(part.getKey(), part.getValue(), figures);
            }
        }
        return figures;
    }

    private static void add(String name, JsonNode node, Map<String, Double> figures) {
        if (node.isNumber()) {
            figures.put(name, node.doubleValue());
        } else if (node.isObject()) {
            node.properties().forEach(part -> add(name + "." + part.getKey(), part.getValue(), figures));
        }
    }
}
