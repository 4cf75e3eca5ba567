package org.lilgatsby.experiment.analyses.mechanism;

import java.io.IOException;
import java.util.Optional;
import java.util.stream.IntStream;
import org.lilgatsby.analysis.HiddenSeries;
import org.lilgatsby.analysis.History;
import org.lilgatsby.analysis.Places;
import org.lilgatsby.experiment.analyses.Analysis;
import org.lilgatsby.experiment.analyses.AnalysisContext;
import org.lilgatsby.experiment.analyses.AnalysisTable;
import org.lilgatsby.experiment.analyses.Selection;
import org.lilgatsby.recording.Observables;

/** The analysis {@code mean-hidden}. */
public final class MeanHiddenAnalysis implements Analysis {
    @Override
    public String name() {
        return "mean-hidden";
    }

    @Override
    public String asks() {
        return "Where does the mean hidden state point, and are the tokens pushed away from it?";
    }

    @Override
    public Scope scope() {
        return Scope.OVER_TIME;
    }

    @Override
    public Optional<String> missing(AnalysisContext run) {
        return run.missing()
                .updatesOf(Observables.MEAN_HIDDEN, "mean hidden states")
                .or(run.missing()::motion);
    }

    @Override
    public AnalysisTable table(AnalysisContext run, Selection selection) throws IOException {
        History states = run.history(Observables.MEAN_HIDDEN).orElseThrow();
        Places places = Places.of(run.places(selection));
        HiddenSeries hidden = HiddenSeries.of(states, run.embeddings(), run.tokens(selection), places);
        int[] updates =
                IntStream.of(run.places(selection)).filter(place -> place > 0).toArray();
        return new AnalysisTable.OverTime(updates, states::step)
                .add("norm", "", "L2 norm of the mean hidden state", hidden.norm())
                .add("turn", "", "cosine of the angle between it and that of the recorded update before", hidden.turn())
                .add(
                        "since_first",
                        "",
                        "cosine of the angle between it and that of the first recorded update",
                        hidden.sinceFirst())
                .add(
                        "alignment",
                        "",
                        "cosine of the angle between it and the step of the tokens' centroid: -1 if they are pushed "
                                + "straight away from it",
                        hidden.alignment())
                .table();
    }
}
