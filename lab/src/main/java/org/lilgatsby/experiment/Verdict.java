package org.lilgatsby.experiment;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What a run says about a hypothesis. It follows from the predictions, each judged by the figures it cites, so it
 * cannot contradict them.
 *
 * @param hypothesis in one sentence
 * @param changed how the run's configuration differs from the experiment's own, such as {@code training.optimizer is
 *     sgd, not adamw}; empty for a repetition of the experiment
 * @param supported whether all predictions hold; empty if none fails but one cannot be judged, or without a verdict
 * @param because the predictions with their figures, in one line; without a verdict, why there is none
 * @param predictions what the hypothesis predicts of the run; empty without a verdict
 */
public record Verdict(
        String hypothesis,
        List<String> changed,
        Optional<Boolean> supported,
        String because,
        List<Prediction> predictions) {
    /**
     * One thing that a hypothesis demands of a run.
     *
     * @param claim the prediction, bound included
     * @param holds whether the run meets it; empty if the run cannot tell
     * @param figures the figures it was judged by, or why it cannot be judged
     */
    public record Prediction(String claim, Optional<Boolean> holds, String figures) {
        /** A prediction that the run can decide. */
        public static Prediction of(String claim, boolean holds, String figures) {
            return new Prediction(claim, Optional.of(holds), figures);
        }

        /** A prediction that the run cannot decide. */
        public static Prediction open(String claim, String why) {
            return new Prediction(claim, Optional.empty(), why);
        }

        private String inWords() {
            String judged = holds.map(yes -> yes ? "holds" : "fails").orElse("not judged");
            return "%s: %s (%s)".formatted(judged, claim, figures);
        }
    }

    /** Copies the lists. */
    public Verdict {
        changed = List.copyOf(changed);
        predictions = List.copyOf(predictions);
    }

    /**
     * The verdict that follows from predictions.
     *
     * @throws IllegalArgumentException if there is none
     */
    static Verdict of(String hypothesis, List<String> changed, List<Prediction> predictions) {
        if (predictions.isEmpty()) {
            throw new IllegalArgumentException("a verdict needs a prediction: " + hypothesis);
        }
        String because = predictions.stream().map(Prediction::inWords).collect(Collectors.joining("; "));
        return new Verdict(hypothesis, changed, conjunction(predictions), because, predictions);
    }

    /** No verdict: the run is unfinished, or says nothing about the hypothesis. */
    static Verdict none(String hypothesis, List<String> changed, String why) {
        return new Verdict(hypothesis, changed, Optional.empty(), why, List.of());
    }

    /** Whether there is none. */
    public boolean missing() {
        return predictions.isEmpty();
    }

    private static Optional<Boolean> conjunction(List<Prediction> predictions) {
        if (predictions.stream().anyMatch(p -> p.holds().equals(Optional.of(false)))) {
            return Optional.of(false);
        }
        return predictions.stream().allMatch(p -> p.holds().isPresent()) ? Optional.of(true) : Optional.empty();
    }
}
