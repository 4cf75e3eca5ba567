package org.lilgatsby.experiment.analyses.motion;

import java.io.IOException;
import java.util.Optional;
import org.lilgatsby.analysis.StepSizes;
import org.lilgatsby.experiment.analyses.Analysis;
import org.lilgatsby.experiment.analyses.AnalysisContext;
import org.lilgatsby.experiment.analyses.AnalysisTable;
import org.lilgatsby.experiment.analyses.Selection;

/** The analysis {@code step-sizes}. */
public final class StepSizesAnalysis implements Analysis {
    @Override
    public String name() {
        return "step-sizes";
    }

    @Override
    public String asks() {
        return "How far did the tokens move in one step, |W[t] - W[t-1]| by L2 norm?";
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
        StepSizes sizes = run.evolution(selection).stepSizes().get(selection.group());
        return SpreadColumns.added(run.overTime(selection), sizes.l2())
                .add("zero_share", "", "share of the tokens whose step is exactly zero", sizes.zeroShare())
                .add("distinct_speeds", "", "distinct L2 norms, zero included", sizes.distinctSpeeds())
                .table();
    }
}
