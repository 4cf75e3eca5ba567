package org.lilgatsby.experiment;

import java.util.List;
import java.util.Optional;
import org.lilgatsby.experiment.Findings.Gradients;
import org.lilgatsby.experiment.Findings.Received;
import org.lilgatsby.experiment.FindingsBuilder.Outcome;
import org.lilgatsby.experiment.Verdict.Prediction;

/** Concludes 14.1a: whether dead tokens receive gradients from the loss. */
final class InstrumentedConclusion {
    private static final String HYPOTHESIS =
            "Dead tokens receive gradients: the loss pushes them away for being predicted by accident.";

    private final FindingsBuilder run;

    InstrumentedConclusion(FindingsBuilder run) {
        this.run = run;
    }

    Outcome outcome() {
        Optional<Received> dead = run.gradients().flatMap(Gradients::dead);
        double live = run.gradients()
                .flatMap(Gradients::live)
                .map(r -> r.first().mean())
                .orElse(Double.NaN);
        return Outcome.of(
                new ExperimentFindings.Instrumented(
                        run.run().config().training().weightDecay(),
                        dead.map(r -> r.first().mean()).orElse(Double.NaN) / live),
                dead.map(this::verdict).orElseGet(() -> run.noVerdict(HYPOTHESIS, whyOpen())));
    }

    private Verdict verdict(Received dead) {
        return run.verdict(
                HYPOTHESIS,
                () -> List.of(Prediction.of(
                        "some dead token has a gradient that is not zero",
                        dead.largest() > 0,
                        dead.largest() > 0
                                ? "largest L2 norm %s, token %d at step %s"
                                        .formatted(
                                                Figures.scientific(dead.largest()),
                                                dead.largestToken(),
                                                Figures.count(dead.largestStep()))
                                : "every gradient of every dead token is exactly zero at all recorded steps")));
    }

    private String whyOpen() {
        if (run.split().dead().size() == 0) {
            return "no token is dead";
        }
        return run.run().gradients().isPresent() ? "no update was recorded" : "gradients were not recorded";
    }
}
