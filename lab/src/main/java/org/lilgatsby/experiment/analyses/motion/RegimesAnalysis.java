package org.lilgatsby.experiment.analyses.motion;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.lilgatsby.analysis.CountSeries;
import org.lilgatsby.analysis.Regime;
import org.lilgatsby.experiment.analyses.Analysis;
import org.lilgatsby.experiment.analyses.AnalysisContext;
import org.lilgatsby.experiment.analyses.AnalysisTable;
import org.lilgatsby.experiment.analyses.Selection;
import org.lilgatsby.recording.Observables;

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
        return run.missing().motionOr(Observables.REGIMES);
    }

    @Override
    public Optional<String> basis(AnalysisContext run) {
        return run.missing().basis(List.of(Observables.REGIMES), "");
    }

    @Override
    public AnalysisTable table(AnalysisContext run, Selection selection) throws IOException {
        Map<Regime, CountSeries> regimes = run.regimes(selection).get(selection.group());
        return run.overTime(selection)
                .add("frozen", "", "tokens with L1 = 0 cells", regimes.get(Regime.FROZEN))
                .add("single_axis_hop", "", "tokens with L1 = 1 cell", regimes.get(Regime.SINGLE_AXIS_HOP))
                .add(
                        "adjacent_cell",
                        "",
                        "tokens with L-infinity = 1 cell, L1 above 1",
                        regimes.get(Regime.ADJACENT_CELL))
                .add(
                        "local",
                        "",
                        "tokens further than that with L2 at most the square root of the width",
                        regimes.get(Regime.LOCAL))
                .add(
                        "multi_cell",
                        "",
                        "tokens with L2 above the square root of the width, in cells",
                        regimes.get(Regime.MULTI_CELL))
                .table();
    }
}
