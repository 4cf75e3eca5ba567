package org.lilgatsby.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Which charts a run's page has, and where: those that answer the experiment's question first, all others in the part
 * of their subject.
 */
final class PageCharts {
    private static final String ANALYSIS = "analysis-";

    private static final List<String> STRUCTURE = List.of("census", "rank");
    private static final List<String> MOTION = List.of("steps", "zeros", "regimes", "lattice", "norms", "centroid");
    private static final List<String> FORCES = List.of("gradients", "graph");

    /** Those of every run that a page may begin with. */
    static final Set<String> OF_EVERY_RUN = Set.copyOf(
            Stream.of(STRUCTURE, MOTION, FORCES).flatMap(List::stream).toList());

    private final List<String> asked;
    private final List<String> analyses;

    /**
     * The charts of a page.
     *
     * @param asked those that answer the experiment's question; without any, it is one about black holes
     * @param analyses those that the run can answer
     */
    PageCharts(List<String> asked, List<AnalysisChart> analyses) {
        this.analyses = analyses.stream().map(chart -> ANALYSIS + chart.name()).toList();
        this.asked = asked.stream()
                .map(name -> OF_EVERY_RUN.contains(name) ? name : ANALYSIS + name)
                .filter(id -> OF_EVERY_RUN.contains(id) || this.analyses.contains(id))
                .toList();
    }

    /** Whether the page begins with charts that are not about black holes. */
    boolean areAsked() {
        return !asked.isEmpty();
    }

    List<String> first() {
        List<String> first = new ArrayList<>(asked);
        first.add("loss");
        if (asked.isEmpty()) {
            first.add("demographics");
        }
        return first;
    }

    List<String> structure() {
        List<String> structure = new ArrayList<>(others(STRUCTURE));
        if (!asked.isEmpty()) {
            structure.addFirst("demographics");
        }
        return structure;
    }

    List<String> motion() {
        return others(MOTION);
    }

    List<String> forces() {
        return others(FORCES);
    }

    List<String> analyses() {
        return others(analyses);
    }

    private List<String> others(List<String> ids) {
        return ids.stream().filter(id -> !asked.contains(id)).toList();
    }
}
