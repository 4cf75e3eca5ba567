package org.lilgatsby.experiment.analyses.motion;

import java.io.IOException;
import java.util.Optional;
import org.lilgatsby.analysis.Regime;
import org.lilgatsby.analysis.RegimeSeries;
import org.lilgatsby.experiment.analyses.Analysis;
import org.lilgatsby.experiment.analyses.AnalysisContext;
import org.lilgatsby.experiment.analyses.AnalysisTable;
import org.lilgatsby.experiment.analyses.Selection;

/** The analysis {@code regimes}. */
public final class RegimesAnalysis implements Analysis {
    @Override
    public String name() {
        return "regimes";
    }

    @Override
    public String asks() {
        return "How many tokens stood still, hopped along one axis, or went further?";
    }

    @Override
    public Scope scope() {
        return Scope.OVER_TIME;
    }

    @Override
    public Optional<String> missing(AnalysisContext run) {
        return run.withoutMotion();
    }

    @Override
    public AnalysisTable table(AnalysisContext run, Selection selection) throws IOException {
        RegimeSeries regimes = run.evolution(selection).regimes().get(selection.group());
        return run.overTime(selection)
                .add("frozen", "", "tokens with L1 = 0 cells", regimes.tokens().get(Regime.FROZEN))
                .add(
                        "single_axis_hop",
                        "",
                        "tokens with L1 = 1 cell",
                        regimes.tokens().get(Regime.SINGLE_AXIS_HOP))
                .add(
                        "adjacent_cell",
                        "",
                        "tokens with L-infinity = 1 cell, L1 above 1",
                        regimes.tokens().get(Regime.ADJACENT_CELL))
                .add(
                        "local",
                        "",
                        "tokens further than that with L2 at most the square root of the width",
                        regimes.tokens().get(Regime.LOCAL))
                .add(
                        "multi_cell",
                        "",
                        "tokens with L2 above the square root of the width, in cells",
                        regimes.tokens().get(Regime.MULTI_CELL))
                .table();
    }
}
