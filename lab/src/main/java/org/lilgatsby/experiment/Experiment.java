package org.lilgatsby.experiment;

import java.util.List;
import java.util.Optional;
import org.lilgatsby.config.BuiltIn;
import org.lilgatsby.config.ExperimentConfig;
import org.lilgatsby.config.NamedExperiment;
import org.lilgatsby.recording.Observable;

/**
 * An experiment: a configuration, and what is concluded from a run of it. To add one, write {@code NAME.yaml} and a
 * class beside it, and list the class in {@code META-INF/services/org.lilgatsby.config.NamedExperiment}.
 */
public interface Experiment extends NamedExperiment {
    /** What a run of it found, and what that says about its hypothesis. */
    Conclusion.Draft conclude(Evidence evidence);

    /** What {@link #conclude} reads beside the embeddings and the losses, where a run can record it. */
    default List<Observable> reads() {
        return List.of();
    }

    /**
     * Bytes of heap that {@link #conclude} takes for rows of W at every recorded step, beside what every report takes.
     *
     * @param states recorded
     * @param rows of W
     * @param columns their components
     */
    default long bytes(int states, int rows, int columns) {
        return 0;
    }

    /**
     * The charts that answer its question, with which its page begins: {@code zeros} or another of every run, or the
     * names of analyses that have one. Empty for a question about black holes.
     */
    default List<String> charts() {
        return List.of();
    }

    /** What its authors published; empty if there is nothing to compare with. */
    default Optional<PublishedRun> published() {
        return Optional.empty();
    }

    /**
     * The experiment whose conclusion a configuration asks for; empty for a configuration that asks for figures only.
     *
     * @throws IllegalStateException if its class has a configuration but draws no conclusion
     */
    static Optional<Experiment> concluding(ExperimentConfig config) {
        return BuiltIn.find(config.conclusion()).map(Experiment::withConclusion);
    }

    private static Experiment withConclusion(NamedExperiment named) {
        if (named instanceof Experiment experiment) {
            return experiment;
        }
        throw new IllegalStateException("%s, the experiment %s, must be an %s"
                .formatted(named.getClass().getName(), named.name(), Experiment.class.getName()));
    }
}
