package org.lilgatsby.experiment.analyses.freezing;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.lilgatsby.analysis.HiddenFrames;
import org.lilgatsby.analysis.History;
import org.lilgatsby.experiment.analyses.Analysis;
import org.lilgatsby.experiment.analyses.AnalysisContext;
import org.lilgatsby.experiment.analyses.AnalysisTable;
import org.lilgatsby.experiment.analyses.Chart;
import org.lilgatsby.experiment.analyses.Selection;
import org.lilgatsby.recording.Observables;

/** The analysis {@code hidden-frame}. */
public final class HiddenFrameAnalysis implements Analysis {
    @Override
    public String name() {
        return "hidden-frame";
    }

    @Override
    public String asks() {
        return "Where is the mean hidden state, seen from the centroid of the dead tokens?";
    }

    @Override
    public Scope scope() {
        return Scope.OVER_TIME;
    }

    @Override
    public Optional<String> missing(AnalysisContext run) {
        return run.missing()
                .updatesOf(Observables.MEAN_HIDDEN, "mean hidden states")
                .or(run.missing()::motion)
                .or(run.missing()::dead);
    }

    @Override
    public Optional<Chart> chart() {
        return Optional.of(new Chart(
                "The mean hidden state beside the dead centroid",
                "Its projection on the direction of the dead tokens' centroid, and the norm of what is left; a "
                        + "negative projection pushes them outwards.",
                "L2, in the unit of the hidden state",
                List.of("along", "across"),
                false));
    }

    @Override
    public AnalysisTable table(AnalysisContext run, Selection selection) throws IOException {
        History states = run.history(Observables.MEAN_HIDDEN).orElseThrow();
        HiddenFrames hidden = run.hiddenFrames();
        int[] updates =
                IntStream.of(run.places(selection)).filter(place -> place > 0).toArray();
        return new AnalysisTable.OverTime(updates, states::step)
                .add("norm", "", "L2 norm of the mean hidden state", hidden.norm())
                .add("cosine", "", "cosine of the angle between it and that of the update before", hidden.cosine())
                .add("angle", "°", "angle between it and the dead centroid", hidden.angle())
                .add("along", "", "its projection on the dead centroid's direction", hidden.along())
                .add("across", "", "L2 norm of what is left of it", hidden.across())
                .table();
    }
}
