package org.lilgatsby.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.lilgatsby.experiment.Block;
import org.lilgatsby.experiment.Findings;
import org.lilgatsby.experiment.Section;
import org.lilgatsby.experiment.Verdict;

/**
 * A report before layout.
 *
 * @param title the experiment, and what was changed in it
 * @param opening what ran, on which corpus
 * @param verdict on the experiment's hypothesis
 * @param sections everything else, in reading order
 */
public record Contents(String title, Block.Facts opening, Verdict verdict, List<Section> sections) {
    /** Copies the list. */
    public Contents {
        sections = List.copyOf(sections);
    }

    private static String title(Findings findings) {
        return findings.identity().title()
                + changed(findings).map(" (%s)"::formatted).orElse("");
    }

    /** What makes a run a different experiment from the one it concludes; empty for a repetition. */
    static Optional<String> changed(Findings findings) {
        List<String> changed = findings.verdict().changed();
        return changed.isEmpty() ? Optional.empty() : Optional.of("changed: " + String.join("; ", changed));
    }

    /** The contents of a run's report. */
    public static Contents of(Findings findings) {
        List<Section> sections = new ArrayList<>();
        sections.addAll(findings.conclusion().sections());
        sections.addAll(StructureSections.of(findings));
        sections.addAll(TrainingSections.of(findings));
        sections.addAll(OriginSections.of(findings));
        return new Contents(title(findings), OriginSections.opening(findings), findings.verdict(), sections);
    }
}
