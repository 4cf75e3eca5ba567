package org.lilgatsby.experiment.analyses.freezing;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.lilgatsby.analysis.Freezing;
import org.lilgatsby.analysis.FrozenSeries;
import org.lilgatsby.analysis.History;
import org.lilgatsby.experiment.analyses.Analysis;
import org.lilgatsby.experiment.analyses.AnalysisContext;
import org.lilgatsby.experiment.analyses.AnalysisTable;
import org.lilgatsby.experiment.analyses.Chart;
import org.lilgatsby.experiment.analyses.Selection;

/** The analysis {@code frozen-components}. */
public final class FrozenComponentsAnalysis implements Analysis {
    @Override
    public String name() {
        return "frozen-components";
    }

    @Override
    public String asks() {
        return "How much of a group still moves, and along how many axes?";
    }

    @Override
    public Scope scope() {
        return Scope.OVER_TIME;
    }

    @Override
    public Optional<String> missing(AnalysisContext run) {
        return run.missing().motion();
    }

    @Override
    public Optional<Chart> chart() {
        return Optional.of(new Chart(
                "Frozen components",
                "Share of the components that did not move in the step, and share that never moves again. No step is "
                        + "known after the last, so the second is 1 there.",
                "share of the components",
                List.of("still_share", "frozen_share"),
                false));
    }

    @Override
    public AnalysisTable table(AnalysisContext run, Selection selection) throws IOException {
        Freezing freezing = run.freezing(selection);
        FrozenSeries frozen = freezing.frozen().get(selection.group());
        History w = run.embeddings();
        int tokens = run.tokens(selection).size();
        double components = (double) tokens * w.columns();
        return run.overTime(selection)
                .add("movers", "", "tokens that moved", frozen.movers())
                .add(
                        "still_share",
                        "",
                        "share of the components that did not move",
                        place -> place == 0 ? Double.NaN : 1 - frozen.moving().at(place) / components)
                .add(
                        "frozen_share",
                        "",
                        "share of the components that do not move again",
                        place -> freezing.frozenForGood(selection.group(), w.step(place)) / components)
                .add("axes", "", "components that moved in a token that moved, mean", frozen.axes())
                .add("axes_max", "", "largest", place -> (int) frozen.axesMax().at(place))
                .add(
                        "participation",
                        "",
                        "(sum d^2)^2 / sum d^4 over the components d of its step, mean: 1 along one axis",
                        frozen.participation())
                .add("participation_cells", "", "the same with d in cells", frozen.participationInCells())
                .table();
    }
}
