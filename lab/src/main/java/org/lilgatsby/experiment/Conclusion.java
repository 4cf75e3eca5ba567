package org.lilgatsby.experiment;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.util.List;
import java.util.Optional;
import org.lilgatsby.experiment.Block.Fact;

/**
 * What an experiment concludes from a run.
 *
 * @param particulars the figures that only this experiment asks for; empty for a configuration without a conclusion
 * @param verdict on its hypothesis
 * @param headlines the few figures that answer its question, for the page's first screen; empty for those of the
 *     structure of W
 * @param sections what it adds to text and page; {@code report.json} holds their figures as particulars
 */
public record Conclusion(
        Optional<ExperimentFindings> particulars,
        Verdict verdict,
        @JsonIgnore List<Fact> headlines,
        @JsonIgnore List<Section> sections) {
    /** Copies the lists. */
    public Conclusion {
        headlines = List.copyOf(headlines);
        sections = List.copyOf(sections);
    }

    /** A conclusion with its own figures, about the structure of W. */
    public static Conclusion of(ExperimentFindings particulars, Verdict verdict, List<Section> sections) {
        return of(particulars, verdict, List.of(), sections);
    }

    /** A conclusion with its own figures, of which some are headlines. */
    public static Conclusion of(
            ExperimentFindings particulars, Verdict verdict, List<Fact> headlines, List<Section> sections) {
        return new Conclusion(Optional.of(particulars), verdict, headlines, sections);
    }

    /** The conclusion of a configuration that asks for figures only. */
    static Conclusion none() {
        return new Conclusion(
                Optional.empty(),
                Verdict.none("none", List.of(), "this configuration asks for figures, not for a conclusion"),
                List.of(),
                List.of());
    }
}
