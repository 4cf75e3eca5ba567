package org.lilgatsby.experiment.analyses.motion;

import java.io.IOException;
import java.util.Optional;
import org.lilgatsby.experiment.analyses.Analysis;
import org.lilgatsby.experiment.analyses.AnalysisContext;
import org.lilgatsby.experiment.analyses.AnalysisTable;
import org.lilgatsby.experiment.analyses.Selection;

/** The analysis {@code step-sizes-linf}. */
public final class StepSizesLinfAnalysis implements Analysis {
    @Override
    public String name() {
        return "step-sizes-linf";
    }

    @Override
    public String asks() {
        return "How far did the tokens move in one step by L-infinity norm?";
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
    public AnalysisTable table(AnalysisContext run, Selection selection) throws IOException {
        return SpreadColumns.added(
                        run.overTime(selection),
                        run.evolution(selection)
                                .stepSizes()
                                .get(selection.group())
                                .lInfinity())
                .table();
    }
}
