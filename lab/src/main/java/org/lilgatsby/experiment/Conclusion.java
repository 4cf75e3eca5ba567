package org.lilgatsby.experiment;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
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

    /** The conclusion of a configuration that asks for figures only. */
    static Conclusion none() {
        return new Conclusion(
                Optional.empty(),
                Verdict.none("none", List.of(), "this configuration asks for figures, not for a conclusion"),
                List.of(),
                List.of());
    }

    /**
     * A conclusion whose figures are there, and whose words are put together when they are asked for: a sweep of
     * thousands of runs reads figures alone.
     */
    public record Draft(
            ExperimentFindings particulars,
            Supplier<Verdict> verdict,
            Supplier<List<Fact>> headlines,
            Supplier<List<Section>> sections) {
        /** One about the structure of W. */
        public Draft(ExperimentFindings particulars, Supplier<Verdict> verdict, Supplier<List<Section>> sections) {
            this(particulars, verdict, List::of, sections);
        }

        /** All of it. */
        Conclusion complete() {
            return new Conclusion(Optional.of(particulars), verdict.get(), headlines.get(), sections.get());
        }
    }
}
