package org.lilgatsby.added;

import java.util.List;
import java.util.Optional;
import org.lilgatsby.experiment.Block.Fact;
import org.lilgatsby.experiment.Block.Facts;
import org.lilgatsby.experiment.ComparedFigure;
import org.lilgatsby.experiment.Conclusion;
import org.lilgatsby.experiment.Evidence;
import org.lilgatsby.experiment.Experiment;
import org.lilgatsby.experiment.ExperimentFindings;
import org.lilgatsby.experiment.Figures;
import org.lilgatsby.experiment.Hypothesis;
import org.lilgatsby.experiment.Presupposition;
import org.lilgatsby.experiment.Published;
import org.lilgatsby.experiment.PublishedRun;
import org.lilgatsby.experiment.Section;
import org.lilgatsby.experiment.Verdict.Prediction;

/** The experiment of docs/extending.md: whether rows that start far apart stay apart. */
public final class WideStart implements Experiment {
    private static final Hypothesis HYPOTHESIS = Hypothesis.of(
            "Rows that start far apart stay apart.", Presupposition.oneOf("initialization.mode", "normal"));

    @Override
    public String name() {
        return "wide-start";
    }

    @Override
    public String asks() {
        return "our own question: do rows that start far apart stay apart";
    }

    @Override
    public Conclusion conclude(Evidence evidence) {
        int lost = evidence.initial().all().distinct() - evidence.end().all().distinct();
        return Conclusion.of(
                new Lost(lost),
                evidence.verdict(
                        HYPOTHESIS,
                        () -> List.of(Prediction.of("no two rows became equal", lost == 0, Figures.of(lost, "row")))),
                List.of(Section.of("What met", Facts.of(new Fact("distinct rows lost", Figures.count(lost))))));
    }

    @Override
    public Optional<PublishedRun> published() {
        return Optional.of(new PublishedRun(
                "0.1",
                "00",
                "Nothing is random.",
                PublishedRun.loss(10, 3.5, 3.25),
                List.of(new Published.Value(ComparedFigure.FINAL_BLACK_HOLES, "0")),
                List.of()));
    }

    /**
     * What the run lost.
     *
     * @param rowsLost how many fewer distinct rows there are at the end than at the start
     */
    public record Lost(int rowsLost) implements ExperimentFindings {}
}
