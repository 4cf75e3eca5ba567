package org.lilgatsby.experiment;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.util.List;
import java.util.Optional;

/**
 * What an experiment concludes from a run.
 *
 * @param particulars the figures that only this experiment asks for; empty for a configuration without a conclusion
 * @param verdict on its hypothesis
 * @param sections what it adds to text and page; {@code report.json} holds their figures as particulars
 */
public record Conclusion(
        Optional<ExperimentFindings> particulars,
        Verdict verdict,
        @JsonIgnore List<Section> sections) {
    /** Copies the list. */
    public Conclusion {
        sections = List.copyOf(sections);
    }

    /** A conclusion with its own figures. */
    public static Conclusion of(ExperimentFindings particulars, Verdict verdict, List<Section> sections) {
        return new Conclusion(Optional.of(particulars), verdict, sections);
    }

    /** The conclusion of a configuration that asks for figures only. */
    static Conclusion none() {
        return new Conclusion(
                Optional.empty(),
                Verdict.none("none", List.of(), "this configuration asks for figures, not for a conclusion"),
                List.of());
    }
}
